import { GraphQLError } from 'graphql'
import type { Standing } from './allowance.ts'

/**
 * Guards: what one may ask is bounded by the same figures whichever door it is asked at, and each refusal says by which.
 *
 * They are applied in `useLimits.ts`, where HTTP and WebSocket both pass: the document's shape as soon as it is parsed, its cost and
 * the caller's allowance once it is valid, all before anything is executed. What a page holds at most is in `graph/builder.ts`.
 */
export interface OperationLimits {
  /** Words and signs of a document, as GraphQL counts them. */
  readonly tokens: number
  /** Fields within fields. */
  readonly depth: number
  readonly aliases: number
  readonly directives: number
  /** What one operation may cost, in units of `cost.ts`. */
  readonly cost: number
  /** What one person, or one key, may spend in a minute, in the same units. */
  readonly costPerMinute: number
}

/** A request's body, and a frame of a socket, in bytes. */
export const MOST_MESSAGE = 1_000_000

/** The codes of these refusals: `extensions.code` of the error. */
export type LimitCode =
  'TOO_MANY_TOKENS' | 'TOO_DEEP' | 'TOO_MANY_ALIASES' | 'TOO_MANY_DIRECTIVES' | 'TOO_EXPENSIVE' | 'RATE_LIMITED'

export interface Figures {
  /** What was asked for, and what may be. */
  readonly requested: number
  readonly limit: number
}

/** Nothing was executed. `http` is Yoga's, and no part of the answer. */
export const refuse = (code: LimitCode, what: string, { requested, limit }: Figures): GraphQLError =>
  new GraphQLError(`${what}: ${requested}, at most ${limit}`, {
    extensions: { code, requested, limit, http: { spec: true, status: 400 } },
  })

/** The same operation will be let in later: when, is said in milliseconds, and over HTTP in seconds too. */
export const refuseForNow = (figures: Figures & Standing, retryAfter: number): GraphQLError => {
  const code: LimitCode = 'RATE_LIMITED'
  const http = { status: 429, headers: { 'retry-after': String(Math.ceil(retryAfter / 1_000)) } }
  return new GraphQLError(`Too much in a minute; try again in ${retryAfter} ms`, {
    extensions: { code, ...figures, retryAfter, http },
  })
}
