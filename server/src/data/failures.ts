import { Prisma } from '@samsyn/prisma/client'

/** Guards: what the same request would mend by coming again is told from what it would not. */

/** The database is too busy, or two transactions stood in each other's way too often: the same request may succeed soon. */
export class TryAgain extends Error {
  readonly retryAfter: number
  constructor(retryAfter: number) {
    super(`Too much is going on; try again in ${retryAfter} ms`)
    this.name = 'TryAgain'
    this.retryAfter = retryAfter
  }
}

/** PostgreSQL's code behind an error of Prisma or pg, wherever it is kept. */
export const sqlState = (error: unknown): string | undefined => {
  if (!(error instanceof Error)) return undefined
  const cause: unknown = error.cause
  if (error instanceof Prisma.PrismaClientKnownRequestError) {
    const adapter = error.meta?.['driverAdapterError']
    if (
      adapter instanceof Error &&
      typeof adapter.cause === 'object' &&
      adapter.cause !== null &&
      'originalCode' in adapter.cause
    )
      return String(adapter.cause.originalCode)
  }
  if (typeof cause === 'object' && cause !== null && 'originalCode' in cause) return String(cause.originalCode)
  if ('code' in error && typeof error.code === 'string' && /^[0-9A-Z]{5}$/.test(error.code)) return error.code
  return undefined
}

/** Two transactions met: the loser may simply run again. */
export const isCollision = (error: unknown): boolean =>
  ['40001', '40P01'].includes(sqlState(error) ?? '') ||
  (error instanceof Prisma.PrismaClientKnownRequestError && error.code === 'P2034')

/** As pg says it, without a code. */
const NO_CONNECTION = 'timeout exceeded when trying to connect'

/** No connection came free in time, or a lock or statement took too long. */
export const isOverload = (error: unknown): boolean =>
  ['55P03', '57014', '53300', '25P03'].includes(sqlState(error) ?? '') ||
  (error instanceof Error && error.message === NO_CONNECTION) ||
  (error instanceof Prisma.PrismaClientKnownRequestError && error.code === 'P2028')

/** As pg says it, without a code, of a connection that ended under a question or before it. */
const ENDED = /^(Connection terminated|Client has encountered a connection error|Client was closed)/
const UNREACHABLE = new Set(['ECONNREFUSED', 'ECONNRESET', 'EPIPE', 'ETIMEDOUT', 'ENOTFOUND'])
/** PostgreSQL was told to end the connection, has crashed, or is starting; Prisma's for the same. */
const SHUT = new Set(['57P01', '57P02', '57P03', '08000', '08003', '08006', 'P1001', 'P1002', 'P1017'])

/** The connection is gone, or there was none: PostgreSQL has ended or starts anew. What was asked may have been done if it was a COMMIT. */
export const isLost = (error: unknown): boolean =>
  error instanceof Error &&
  (ENDED.test(error.message) ||
    SHUT.has(sqlState(error) ?? '') ||
    ('code' in error && (SHUT.has(String(error.code)) || UNREACHABLE.has(String(error.code)))))

/** The table's unique constraint that was violated, if that is what happened. */
export const isUniqueViolation = (error: unknown): boolean =>
  sqlState(error) === '23505' || (error instanceof Prisma.PrismaClientKnownRequestError && error.code === 'P2002')
