import { createHash } from 'node:crypto'
import type { IncomingMessage, ServerResponse } from 'node:http'
import type { GraphQLSchema } from 'graphql'
import type { Actor } from '../access/viewer.ts'
import { type BaseContext, inSnapshot } from '../graph/execution.ts'
import { wordsOf } from '../language/language.ts'
import { calendarOf, TooManyDays } from './feed.ts'
import type { CalendarLinks } from './links.ts'

/**
 * Guards: whoever has a link reads its calendar and nothing more, for exactly as long as it holds.
 *
 * `GET /calendar.ics?token=…` is fetched by programs that can show nothing but an address, so that is where the secret stands: in the
 * query, which our log never holds. No cookie is looked at. What opens nothing is not found, whatever the reason. A calendar that has what
 * it would be given is told so (304), after it has been found out that it may have it.
 */
const PATH = '/calendar.ics'

export interface CalendarDoor {
  readonly links: CalendarLinks
  readonly schema: GraphQLSchema
  readonly contextOf: (request: IncomingMessage, slug: string, viewer: Actor) => BaseContext
  readonly most: number
}

/** Answers what is asked for at this door; false for every other address. */
export const answerCalendar = async (
  request: IncomingMessage,
  response: ServerResponse,
  { links, schema, contextOf, most }: CalendarDoor,
): Promise<boolean> => {
  const [path, query = ''] = (request.url ?? '').split('?', 2)
  if (path !== PATH) return false
  const asked = new URLSearchParams(query)
  const plain = { 'content-type': 'text/plain; charset=utf-8', 'cache-control': 'private, no-store' }
  if (request.method !== 'GET' && request.method !== 'HEAD') {
    response.writeHead(405, { allow: 'GET, HEAD' }).end('Method not allowed')
    return true
  }
  const opened = await links.open(asked.get('token') ?? '')
  const words = wordsOf(asked.get('language'))
  if (!opened || !words) {
    response.writeHead(404, plain).end('Not found')
    return true
  }
  const base = contextOf(request, opened.slug, opened.viewer)
  const calendar = { opened, words, home: `${base.origin}/c/${opened.slug}`, most }
  const body = await inSnapshot(schema, base, (ask) => calendarOf(ask, calendar)).catch((error: unknown) => {
    if (error instanceof TooManyDays) return undefined
    throw error
  })
  if (body === undefined) {
    response.writeHead(413, plain).end(words.tooMany(most))
    return true
  }
  // Weak: on its way it may be packed.
  const etag = `W/"${createHash('sha256').update(body).digest('base64url')}"`
  const headers = { etag, 'cache-control': 'private, no-cache' }
  if (known(request.headers['if-none-match'], etag)) {
    response.writeHead(304, headers).end()
    return true
  }
  response.writeHead(200, {
    ...headers,
    'content-type': 'text/calendar; charset=utf-8',
    'content-disposition': 'attachment; filename="samsyn.ics"',
    'content-security-policy': "sandbox; default-src 'none'",
    'cross-origin-resource-policy': 'same-origin',
  })
  response.end(request.method === 'HEAD' ? undefined : body)
  return true
}

/** Whether one of the marks that the reader has is this one; compared weakly (RFC 9110, 13.1.2). */
const known = (marks: string | undefined, etag: string): boolean =>
  marks !== undefined &&
  (marks.trim() === '*' || marks.split(',').some((mark) => mark.trim().replace(/^W\//, '') === etag.slice(2)))
