import { JOBS_SCHEMA } from '@samsyn/prisma/engine/jobs'
import { fromPrisma, type Job, type JobResult, PgBoss } from 'pg-boss'
import type { Logger } from 'pino'
import type { Transaction } from '../data/database.ts'
import { traced } from '../traces/traces.ts'

/**
 * Guards: what is to be done outside the database is done at least once, whichever server dies with it in hand.
 *
 * pg-boss, as the application's role, in tables that the owner has made for it (`prisma/engine/jobs.ts`). A job is put in with the
 * transaction that gives rise to it and is there exactly if that committed. Each job is one server's at a time; a server that falls
 * silent with it loses it, and what fails is tried again, ever more seldom.
 */
const BATCH = 10
const POLL_SECONDS = 2
/** How often one looks for jobs whose server has fallen silent. */
const SUPERVISE_SECONDS = 5

export interface NewJob<Data extends object> {
  readonly id: string
  readonly data: Data
  readonly startAfter: Date
  /** In a queue that has one job for each thing at a time: which thing. */
  readonly singletonKey?: string
}

export class Jobs {
  readonly #boss: PgBoss
  readonly #log: Logger
  readonly #workers = new Map<string, string>()
  #started: Promise<unknown> | undefined
  #stopped: Promise<void> | undefined

  constructor(databaseUrl: string, log: Logger) {
    this.#log = log
    this.#boss = new PgBoss({
      connectionString: databaseUrl,
      schema: JOBS_SCHEMA,
      max: 2,
      application_name: 'samsyn jobs',
      migrate: false,
      createSchema: false,
      schedule: false,
      // Both want the owner.
      reindex: false,
      monitorVacuum: false,
      registerInstance: false,
      superviseIntervalSeconds: SUPERVISE_SECONDS,
      monitorIntervalSeconds: SUPERVISE_SECONDS,
    })
    // It goes on by itself; the database may be away for a while.
    this.#boss.on('error', (error) => log.warn({ err: error }, 'jobs could not be looked after'))
  }

  /** By whoever has work to be done; the first begins. */
  async start(): Promise<void> {
    await (this.#started ??= this.#boss.start())
  }

  /** Lets what is in hand be finished. */
  async stop(): Promise<void> {
    if (this.#started) await (this.#stopped ??= this.#boss.stop({ graceful: true, timeout: 10_000 }))
  }

  /** Puts jobs in with the caller's transaction. A second one with the same id is none. */
  async put<Data extends object>(transaction: Transaction, queue: string, jobs: readonly NewJob<Data>[]): Promise<void> {
    if (jobs.length === 0) return
    const inserted = jobs.map(({ startAfter, ...job }) => ({ ...job, startAfter: startAfter.toISOString() }))
    await this.#boss.insert(queue, inserted, { db: fromPrisma(transaction) })
  }

  /**
   * Does the queue's jobs, several at once, each settled by itself. Those of a batch are waited for together; where one may take long,
   * so many `hands` take one each.
   */
  async work<Data extends object>(queue: string, handle: (job: Job<Data>) => Promise<void>, hands?: number): Promise<void> {
    const settle = async (job: Job<Data>): Promise<JobResult> => {
      try {
        await traced(`job ${queue}`, { root: true }, () => handle(job))
        return { id: job.id, status: 'completed' }
      } catch (error) {
        this.#log.warn({ err: error, queue, job: job.id }, 'a job failed and is tried again')
        return { id: job.id, status: 'failed', output: { message: error instanceof Error ? error.message : 'unknown' } }
      }
    }
    const worker = await this.#boss.work<Data>(
      queue,
      {
        ...(hands === undefined ? { batchSize: BATCH } : { batchSize: 1, localConcurrency: hands }),
        pollingIntervalSeconds: POLL_SECONDS,
        burstWhenBatchFull: true,
        perJobResults: true,
      },
      (jobs) => Promise.all(jobs.map(settle)),
    )
    this.#workers.set(queue, worker)
  }

  /** There is something in the queue: the others find it when they look, this server at once. */
  wake(queue: string): void {
    const worker = this.#workers.get(queue)
    if (worker !== undefined) this.#boss.notifyWorker(worker)
  }
}
