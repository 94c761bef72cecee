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
}

let statements = 0
let readings = 0
const query = pg.Client.prototype.query as (this: pg.Client, ...parameters: unknown[]) => unknown
const SHARED = /^BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY; .*set_config\('app\.member', '', true\)/
const counted = function (this: pg.Client, ...parameters: unknown[]): unknown {
  statements += 1
  if (typeof parameters[0] === 'string' && SHARED.test(parameters[0])) readings += 1
  return query.apply(this, parameters)
}
pg.Client.prototype.query = counted as typeof pg.Client.prototype.query

answering({
  usage: (): Usage => {
    const { user, system } = process.cpuUsage()
    return { cpu: user + system, statements, readings }
  },
  memory: (): Memory => {
    // Twice: what the first lets go of may have held something.
    globalThis.gc?.()
    globalThis.gc?.()
    const { rss, heapUsed } = process.memoryUsage()
    return { rss, heapUsed }
  },
})
