import { AsyncLocalStorage } from 'node:async_hooks'
import pg from 'pg'
import type { Actor } from '../access/viewer.ts'
import { traced } from '../traces/traces.ts'

/**
 * Guards: a transaction knows its viewer from its very first statement, or does not begin.
 *
 * The viewer is set by replacing the BEGIN that Prisma sends with BEGIN and set_config in one message: no round trip of
 * its own. Any other first statement fails closed. The viewer is never given to a client outside a transaction: Prisma
 * batches findUnique across requests there, and one party would get another's rows (both shown in database.test.ts).
 */
export interface Scope {
  /** The viewer's party and own seat; undefined for the server's own questions, which read no party's rows. */
  readonly party: string | undefined
  readonly member: string | undefined
  /** What of the party's rows is read. */
  readonly slices: Actor['slices']
  /** True: REPEATABLE READ READ ONLY. False: READ COMMITTED. */
  readonly read: boolean
}

const storage = new AsyncLocalStorage<Scope>()

/** Runs `work`; the transaction that it opens has this viewer. */
export const withScope = <T>(scope: Scope, work: () => Promise<T>): Promise<T> => storage.run(scope, work)

const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/

const begin = (scope: Scope): string => {
  const settings = [['app.party', scope.party] as const, ['app.member', scope.member] as const].map(([name, id]) => {
    if (id !== undefined && !UUID.test(id)) throw new Error(`not an id: ${name}`)
    return `set_config('${name}', '${id ?? ''}', true)`
  })
  settings.push(`set_config('app.slices', '${scope.slices.join(',')}', true)`)
  return `BEGIN ${scope.read ? 'ISOLATION LEVEL REPEATABLE READ READ ONLY' : 'ISOLATION LEVEL READ COMMITTED'}; SELECT ${settings.join(', ')}`
}

/** A statement with places for what it is asked with, and never that. */
export const tracedStatement = <T>(text: string, send: () => Promise<T>): Promise<T> =>
  traced('statement', { 'db.system.name': 'postgresql', 'db.query.text': text }, send)

type Connected = (error: Error | undefined, client: pg.PoolClient | undefined, release: (error?: boolean) => void) => void

/** A pool whose connections, taken inside `withScope`, must begin a transaction and begin it as the viewer. */
export class ScopedPool extends pg.Pool {
  override connect(): Promise<pg.PoolClient>
  override connect(callback: Connected): void
  override connect(callback?: Connected): Promise<pg.PoolClient> | void {
    const scope = storage.getStore()
    if (callback) return super.connect(callback)
    if (!scope) return super.connect()
    return super.connect().then((client) => guard(client, scope))
  }
}

/** Until its transaction ends, the connection begins as the viewer and admits a COMMIT that did not commit. */
const guard = (client: pg.PoolClient, scope: Scope): pg.PoolClient => {
  const original = client.query
  const plain = original as (...parameters: unknown[]) => Promise<pg.QueryResult>
  let begun = false
  // Prisma sends the statements of one operation at once; a connection takes one at a time.
  let tail: Promise<unknown> = Promise.resolve()
  const inTurn = (text: string, parameters: unknown[]): Promise<pg.QueryResult> => {
    const mine = tail.then(() => tracedStatement(text, () => plain.apply(client, parameters)))
    tail = mine.catch(() => undefined)
    return mine
  }
  const guarded = async (...parameters: [string | pg.QueryConfig, ...unknown[]]): Promise<pg.QueryResult> => {
    const text = typeof parameters[0] === 'string' ? parameters[0] : parameters[0].text
    if (!begun) {
      if (text !== 'BEGIN') throw new Error(`expected BEGIN, got ${text.slice(0, 40)}`)
      begun = true
      await tracedStatement('BEGIN', () => plain.call(client, begin(scope)))
      return { command: 'BEGIN', fields: [], rows: [], rowCount: 0, oid: 0 }
    }
    if (text !== 'COMMIT' && text !== 'ROLLBACK') return inTurn(text, parameters)
    const result = await inTurn(text, parameters)
    client.query = original
    // After a swallowed SQL error PostgreSQL answers COMMIT with ROLLBACK, and Prisma would resolve as if it had committed.
    if (text === 'COMMIT' && result.command !== 'COMMIT')
      throw new Error('the transaction was rolled back by an error that was swallowed inside it')
    return result
  }
  client.query = guarded as typeof client.query
  return client
}
