import { migrate, lacking } from '@samsyn/prisma/engine/migrate'
import { startEmbedded } from '@samsyn/prisma/engine/embedded'
import { ensureRoles } from '@samsyn/prisma/engine/roles'
import { pino } from 'pino'
import { CommentService } from '../comments/comments.service.ts'
import type { Config } from '../config/config.ts'
import { Database } from '../data/database.ts'
import { openDoorbell } from '../journal/doorbell.ts'
import { UnitOfWork } from '../journal/work.ts'
import { KeyService } from '../keys/keys.service.ts'
import { MemberService } from '../members/members.service.ts'
import { Failure } from './command.ts'

/**
 * The installation that a command works on: the same settings as the server's, so the same database.
 *
 * What a member could do is done as the application, through the same service and under the same policies, with the party's
 * eyes. What no application may do (open a collaboration, admit a party) is done as the owner, and recorded by the same unit of
 * work: nothing that has a place in the journal comes about beside it.
 */
export interface Installation {
  readonly config: Config
  /** The database's address, as its owner. */
  readonly ownerUrl: string
  /** As the owner: sees everything. */
  readonly owner: Database
  readonly ownersWork: UnitOfWork
  readonly members: MemberService
  readonly comments: CommentService
  readonly keys: KeyService
  /** Applies what is missing, and names it. */
  readonly migrate: () => Promise<string[]>
  readonly close: () => Promise<void>
}

export const openInstallation = async (config: Config, { unmigrated }: { unmigrated: boolean }): Promise<Installation> => {
  const embedded = config.databaseUrl === undefined ? await startEmbedded({ dataDir: config.dataDir }) : undefined
  const ownerUrl = config.databaseUrl ?? embedded?.url ?? ''
  try {
    const missing = unmigrated ? [] : await lacking(ownerUrl)
    if (missing.length > 0)
      throw new Failure(`The database lacks ${missing.length} of this release's migrations: run "samsyn migrate" first.`)
    const applicationUrl = unmigrated
      ? undefined
      : (await ensureRoles(ownerUrl, { applicationUrl: config.databaseAppUrl })).applicationUrl
    // A bell that is out of order is the servers' to complain of; what was done is seen a little later.
    const doorbell = await openDoorbell(config, applicationUrl ?? ownerUrl, pino({ enabled: false }))
    const connect = (url: string) => new Database(url, { connections: 2, onError: () => undefined, ring: doorbell.ring })
    const owner = connect(ownerUrl)
    const application = connect(applicationUrl ?? ownerUrl)
    return {
      config,
      ownerUrl,
      owner,
      ownersWork: new UnitOfWork(owner),
      members: new MemberService(new UnitOfWork(application), application),
      comments: new CommentService(new UnitOfWork(owner)),
      keys: new KeyService(new UnitOfWork(application)),
      migrate: async () => (await migrate(ownerUrl, { applicationUrl: config.databaseAppUrl })).applied,
      close: async () => {
        await owner.close()
        await application.close()
        await doorbell.stop()
        await embedded?.stop()
      },
    }
  } catch (error) {
    await embedded?.stop()
    throw error
  }
}
