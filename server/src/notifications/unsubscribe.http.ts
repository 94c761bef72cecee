import type { IncomingMessage, ServerResponse } from 'node:http'
import type { Database } from '../data/database.ts'
import { readBody } from '../http/request.ts'
import { findReceiver } from './receivers.ts'
import type { SettingsService } from './settings.service.ts'
import { readToken } from './unsubscribe.ts'

interface Doors {
  readonly database: Database
  readonly settings: SettingsService
}

const MOST_FORM = 1_000

/**
 * Where mail programs say that somebody wants no more of it (RFC 8058), and where the page behind the link in a mail says so: a POST that
 * needs no cookie, for the link is what it stands on. Looking at the link stops nothing: programs look at links that nobody pressed.
 * Answers what is posted to /unsubscribe; false for anything else.
 */
export const answerUnsubscribe = async (
  request: IncomingMessage,
  response: ServerResponse,
  { database, settings }: Doors,
): Promise<boolean> => {
  const { pathname, searchParams } = new URL(request.url ?? '/', 'http://localhost')
  if (pathname !== '/unsubscribe' || request.method !== 'POST') return false
  // Programs send it in one of two forms, and must not be led on to a page; only ours says that it is one.
  const page = new URLSearchParams(await readBody(request, MOST_FORM)).has('page')
  const answer = (status: 200 | 404, words: string, came: Record<string, string>) => {
    const head = { 'cache-control': 'no-store' }
    if (!page) response.writeHead(status, { ...head, 'content-type': 'text/plain; charset=utf-8' }).end(words)
    else response.writeHead(303, { ...head, location: `/unsubscribe?${new URLSearchParams(came)}` }).end()
    return true
  }
  const stop = readToken(searchParams.get('token') ?? '')
  const seated = stop && (await findReceiver(database, stop.memberId))
  if (!stop || !seated || !stop.holds(seated.key)) return answer(404, 'The link does not hold', { error: 'link' })
  const { channel, what } = stop
  const act = { name: 'unsubscribe', key: undefined, input: { channel, what } }
  await settings.stop(seated.receiver.viewer, act, channel, what)
  return answer(200, 'Stopped', { done: what, room: seated.receiver.collaboration.slug })
}
