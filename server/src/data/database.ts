import { createHash } from 'node:crypto'
import { type Prisma, PrismaClient } from '@samsyn/prisma/client'
import { PrismaPg } from '@prisma/adapter-pg'
import { setTimeout as delay } from 'node:timers/promises'
import type { Actor } from '../access/viewer.ts'
import type { Connections } from '../metrics/metrics.ts'
import { traced } from '../traces/traces.ts'
import { isCollision, isLost, isOverload, TryAgain } from './failures.ts'
import { oneAtATime } from './oneAtATime.ts'
import { type Scope, ScopedPool, tracedStatement, withScope } from './scope.ts'

/**
 * Guards: every statement runs in a transaction that knows its viewer, and no caller waits for a connection without end.
 *
 * The queue for connections is bounded; past it the answer is a typed "try again". PostgreSQL's own time-outs are shorter
 * than Prisma's, so that the database always ends a statement first and says why.
 */

/** For a connection. */
const MOST_WAIT_MS = 5_000

const connect = (url: string, { connections, onError, ring }: Options) => {
  const pool = new ScopedPool({
    connectionString: ring ? ringingOurselves(url) : url,
    max: connections,
    statement_timeout: 5_000,
    lock_timeout: 3_000,
    idle_in_transaction_session_timeout: 10_000,
    connectionTimeoutMillis: MOST_WAIT_MS,
    application_name: 'samsyn',
  })
  pool.on('error', onError)
  // Also while somebody holds it and asks nothing: a connection that is lost then, with nobody listening, would end the process.
  pool.on('connect', (client) => client.on('error', onError))
  // Sealing says so at COMMIT; it has committed when the connection has nothing more to do.
  if (ring) pool.on('connect', (client) => client.on('notice', ({ message }) => message === SEALED && client.once('drain', ring)))
  const prisma = new PrismaClient({
    adapter: new PrismaPg(pool, { statementNameGenerator: ({ sql }) => statementName(sql) }),
    transactionOptions: { maxWait: MOST_WAIT_MS, timeout: 30_000 },
  }).$extends(oneAtATime()) as unknown as PrismaClient
  return { pool, prisma }
}

interface Options {
  readonly connections: number
  readonly onError: (error: Error) => void
  /** Rings after each COMMIT that sealed something; without it PostgreSQL does. */
  readonly ring?: (() => void) | undefined
}

/** What `journal_seal` says to a connection that is to ring by itself, and how it knows one. */
const SEALED = 'journal'
const ringingOurselves = (url: string): string => {
  const changed = new URL(url)
  const given = changed.searchParams.get('options') ?? ''
  changed.searchParams.set('options', `${given} -c app.doorbell=redis`.trim())
  return changed.href
}

/**
 * A short name per statement text, the same on every connection, so that PostgreSQL plans a statement once per connection.
 * The first thousand are named; lists of many lengths make ever new texts, and those come nameless: a named statement
 * stays in PostgreSQL's memory for as long as its connection.
 */
const names = new Map<string, string>()
const statementName = (sql: string): string => {
  const known = names.get(sql)
  if (known !== undefined) return known
  if (names.size >= 1_000) return ''
  const name = createHash('sha256').update(sql).digest('base64url').slice(0, 20)
  names.set(sql, name)
  return name
}

/**
 * A transaction's client: what services write with and resolvers read with. The plain client's type: ours only says when statements
 * are sent, and an extended client's types are more than the compiler can compare once the data has grown.
 */
export type Transaction = Prisma.TransactionClient

const scopeOf = (viewer: Actor | undefined, read: boolean): Scope => ({
  party: viewer?.partyId,
  member: viewer?.memberId,
  slices: viewer?.slices ?? [],
  read,
})

export class Database {
  readonly #prisma: PrismaClient
  readonly #pool: ScopedPool
  readonly #queueLimit: number
  #waiting = 0

  constructor(url: string, options: Options) {
    const { pool, prisma } = connect(url, options)
    this.#pool = pool
    this.#prisma = prisma
    this.#queueLimit = options.connections * 50
  }

  /** One snapshot for all that `work` reads, as the viewer. */
  read<T>(viewer: Actor | undefined, work: (transaction: Transaction) => Promise<T>): Promise<T> {
    return this.#run(scopeOf(viewer, true), work)
  }

  /** One unit of work, as the viewer. Runs again when two met; nothing leaves before it has committed. */
  async write<T>(viewer: Actor | undefined, work: (transaction: Transaction) => Promise<T>): Promise<T> {
    for (let attempt = 1; ; attempt += 1) {
      try {
        return await this.#run(scopeOf(viewer, false), work)
      } catch (error) {
        if (!isCollision(error)) throw error
        if (attempt === 5) throw new TryAgain(1_000)
        await delay(attempt * 10 * Math.random())
      }
    }
  }

  /**
   * One question of the server's own, in one round trip: a call of a function that computes for itself what it may tell.
   * Without a viewer and without a transaction, so row-level security shows it no row of any table.
   */
  async ask<Row>(sql: string, values: readonly unknown[] = []): Promise<Row[]> {
    return this.#inQueue(async () => {
      const asked = { text: sql, values: [...values], name: statementName(sql) }
      const { rows } = await tracedStatement(sql, () => this.#pool.query(asked))
      return rows as Row[]
    })
  }

  /** Answers when PostgreSQL does. */
  async ping(): Promise<void> {
    await this.ask('select 1')
  }

  /** How its connections are used now. */
  standing(): Connections {
    return { open: this.#pool.totalCount, idle: this.#pool.idleCount, waiting: this.#pool.waitingCount }
  }

  /** Whether PostgreSQL answers. */
  answers(): Promise<boolean> {
    return this.ping().then(
      () => true,
      () => false,
    )
  }

  async close(): Promise<void> {
    await this.#prisma.$disconnect()
    if (!this.#pool.ended) await this.#pool.end()
  }

  #run<T>(scope: Scope, work: (transaction: Transaction) => Promise<T>): Promise<T> {
    let committing = false
    const all = async (transaction: Transaction) => {
      const result = await work(transaction)
      committing = !scope.read
      return result
    }
    const transact = () => withScope(scope, () => this.#prisma.$transaction(all))
    return this.#inQueue(
      () => traced(scope.read ? 'snapshot' : 'unit of work', {}, transact),
      () => committing,
    )
  }

  /** Who loses the connection may come again, unless it was asked to commit: then nobody knows whether it has. */
  async #inQueue<T>(work: () => Promise<T>, committing = () => false): Promise<T> {
    if (this.#waiting >= this.#queueLimit) throw new TryAgain(1_000)
    this.#waiting += 1
    try {
      return await work()
    } catch (error) {
      if (isOverload(error) || (isLost(error) && !committing())) throw new TryAgain(1_000)
      throw error
    } finally {
      this.#waiting -= 1
    }
  }
}
