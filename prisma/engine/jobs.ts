import pg from 'pg'
import { PgBoss, type Queue } from 'pg-boss'
import { withClient } from './databases.ts'
import { APPLICATION } from './roles.ts'

// The tables of pg-boss, in a schema beside ours: made and brought along by pg-boss itself, as the owner, when we migrate. The
// application may put jobs in and take them out, and makes nothing there. A job names what is to be done by ids and says nothing of
// it, so there is nothing in the schema that one party might not know of another.

export const JOBS_SCHEMA = 'jobs'

/** What waits to be sent: retried for three days, ever more seldom; whoever was sending and died is known by its silence. */
export const LETTERS = 'letters'
/** Whom there is something to send to: one job for each at a time, queued or in hand, so that all is sent in order. */
export const WEBHOOKS = 'webhooks'
const QUEUES: Readonly<Record<string, Omit<Queue, 'name'>>> = {
  [LETTERS]: {
    retryLimit: 100,
    retryDelay: 2,
    retryBackoff: true,
    retryDelayMax: 3_600,
    expireInSeconds: 120,
    heartbeatSeconds: 10,
    deleteAfterSeconds: 7 * 86_400,
  },
  // When something is sent again stands in the webhook: what pg-boss tries again is what a server died with, or could not read.
  [WEBHOOKS]: {
    policy: 'exclusive',
    retryLimit: 100,
    retryDelay: 2,
    retryBackoff: true,
    retryDelayMax: 300,
    expireInSeconds: 180,
    heartbeatSeconds: 10,
    deleteAfterSeconds: 3_600,
  },
}

/** Makes what is missing, and leaves what is there as this release wants it. Runs under the lock of `migrate`. */
export const prepareJobs = async (ownerUrl: string): Promise<void> => {
  const boss = new PgBoss({
    connectionString: ownerUrl,
    schema: JOBS_SCHEMA,
    max: 1,
    supervise: false,
    schedule: false,
    registerInstance: false,
  })
  let failure: unknown
  boss.on('error', (error) => (failure ??= error))
  await boss.start()
  try {
    for (const [name, options] of Object.entries(QUEUES)) {
      // How a queue admits jobs is settled when it is made.
      const { policy: _policy, ...changeable } = options
      if (await boss.getQueue(name)) await boss.updateQueue(name, changeable)
      else await boss.createQueue(name, options)
    }
  } finally {
    await boss.stop({ graceful: false })
  }
  if (failure) throw failure
  const [schema, role] = [pg.escapeIdentifier(JOBS_SCHEMA), pg.escapeIdentifier(APPLICATION)]
  await withClient(ownerUrl, (client) =>
    client.query(
      `grant usage on schema ${schema} to ${role};
       grant select, insert, update, delete on all tables in schema ${schema} to ${role};
       grant usage on all sequences in schema ${schema} to ${role}`,
    ),
  )
}
