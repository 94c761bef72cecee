import pg from 'pg'
import { answering } from './asking.ts'

// Put into each process that is measured, beside what it runs: says what it has used, and what it has asked the database.

export interface Usage {
  /** Of processors, in microseconds, all threads together. */
  readonly cpu: number
  /** Everything that was sent to the database. */
  readonly statements: number
  /** Of these, beginnings of a snapshot as a party and nobody of it: readings that are shared. */
  readonly readings: number
}

export interface Memory {
  readonly rss: number
  readonly heapUsed: number
  /** Of V8's pages, also those that hold nothing now: it keeps what a rush has made it take. */
  readonly heapTotal: number
  /** Beside the heap, and held by what is in it. */
  readonly external: number
}

/** What was sent, as it can be sent again. */
export interface Statement {
  readonly text: string
  readonly values: readonly unknown[]
  /** Over which connection, by a number of its own. */
  readonly connection?: number
}

let recorded: Statement[] | undefined
const plain = (value: unknown): unknown => {
  if (value instanceof Uint8Array) return `\\x${Buffer.from(value).toString('hex')}`
  return value
}
const connections = new WeakMap<pg.Client, number>()
let connected = 0
const record = (client: pg.Client, asked: unknown, values: unknown): void => {
  if (!recorded) return
  const config = typeof asked === 'string' ? { text: asked, values } : (asked as Partial<Record<'text' | 'values', unknown>>)
  const given = config.values ?? values
  const connection = connections.get(client) ?? ++connected
  connections.set(client, connection)
  recorded.push({ text: String(config.text), values: Array.isArray(given) ? given.map(plain) : [], connection })
}

let statements = 0
let readings = 0
const query = pg.Client.prototype.query as (this: pg.Client, ...parameters: unknown[]) => unknown
const SHARED = /^BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY; .*set_config\('app\.member', '', true\)/
const counted = function (this: pg.Client, ...parameters: unknown[]): unknown {
  statements += 1
  record(this, parameters[0], parameters[1])
  if (typeof parameters[0] === 'string' && SHARED.test(parameters[0])) readings += 1
  return query.apply(this, parameters)
}
pg.Client.prototype.query = counted as typeof pg.Client.prototype.query

answering({
  usage: (): Usage => {
    const { user, system } = process.cpuUsage()
    return { cpu: user + system, statements, readings }
  },
  record: () => {
    recorded = []
  },
  recorded: (): readonly Statement[] => {
    const found = recorded ?? []
    recorded = undefined
    return found
  },
  memory: (): Memory => {
    // Twice: what the first lets go of may have held something.
    globalThis.gc?.()
    globalThis.gc?.()
    const { rss, heapUsed, heapTotal, external } = process.memoryUsage()
    return { rss, heapUsed, heapTotal, external }
  },
})
