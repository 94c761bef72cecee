import type { IncomingMessage, ServerResponse } from 'node:http'
import { TryAgain } from '../data/failures.ts'
import type { BaseContext } from '../graph/execution.ts'
import type { Yoga } from '../graph/yoga.ts'
import { type Allowance, rateHeaders } from '../limits/allowance.ts'
import type { Callers, Identified } from './callers.ts'
import { bearerOf, forbid, linger, originOf, refuseForNow, refuseKey, sendResponse, toRequest } from './request.ts'
import type { Config } from '../config/config.ts'

/**
 * Guards: who asks over HTTP is found out anew for each request, and told with the answer what may still be asked.
 */
export interface GraphqlDoor {
  readonly config: Config
  readonly yoga: Yoga
  readonly callers: Callers
  readonly allowance: Allowance
  readonly contextOf: (request: IncomingMessage, slug: string | undefined, caller: Identified, end: () => void) => BaseContext
}

declare module 'node:http' {
  interface IncomingMessage {
    /** How pages that are rendered here reach the API: in process, as whoever asks for the page. */
    graphql?: (request: Request) => Promise<Response>
  }
}

/** The collaboration that a request names. */
const slugOf = (header: string | string[] | null | undefined): string | undefined =>
  (Array.isArray(header) ? header[0] : header)?.slice(0, 100)

const nothing = () => undefined

/** Who asks is found out before GraphQL has begun, and who can't be found out just now is told as GraphQL tells it. */
const found = <Caller>(looked: Promise<Caller>): Promise<Caller | TryAgain> =>
  looked.catch((error: unknown) => {
    if (error instanceof TryAgain) return error
    throw error
  })

/** The door itself. */
export const answerGraphql = async (request: IncomingMessage, response: ServerResponse, door: GraphqlDoor): Promise<void> => {
  const { config, yoga, callers, allowance, contextOf } = door
  const key = bearerOf(request.headers.authorization)
  if (!callers.mayCome(request, key !== undefined)) return forbid(request, response)
  const slug = slugOf(request.headers['samsyn-collaboration'])
  const caller = await found(key === undefined ? callers.byCookie(request.headers.cookie, slug) : callers.byKey(key, slug))
  if (caller instanceof TryAgain) {
    await sendResponse(response, refuseForNow(caller))
    return linger(request)
  }
  if (typeof caller === 'string') return refuseKey(request, response, caller)
  const context = contextOf(request, slug, caller, nothing)
  const answer = await yoga.fetch(await toRequest(request, originOf(config, request)), context)
  response.setHeader('cache-control', 'no-store')
  for (const [name, value] of Object.entries(rateHeaders(allowance.standing(context.counted)))) response.setHeader(name, value)
  await sendResponse(response, answer)
}

/** The same for a page that is rendered here. A page is asked for by a person, whatever else the request carries. */
export const withGraphql = (request: IncomingMessage, { yoga, callers, contextOf }: GraphqlDoor): IncomingMessage => {
  request.graphql = async (inside) => {
    const slug = slugOf(inside.headers.get('samsyn-collaboration'))
    const caller = await found(callers.byCookie(inside.headers.get('cookie'), slug))
    if (caller instanceof TryAgain) return refuseForNow(caller)
    return yoga.fetch(inside, contextOf(request, slug, caller, nothing))
  }
  return request
}
