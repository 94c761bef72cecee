import type { IncomingMessage, ServerResponse } from 'node:http'
import { Readable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import type { Config } from '../config/config.ts'
import type { TryAgain } from '../data/failures.ts'
import { MOST_MESSAGE } from '../limits/limits.ts'
import type { KeyRefusal } from './callers.ts'

/**
 * Guards: nothing is read without bounds, and whoever is refused hears the answer: no body grows past a megabyte, and a
 * forwarded address counts only from a proxy that is said to be there.
 */

/** The origin by which the browser knows this server. Without one set, on loopback, it is what the request says. */
export const originOf = (config: Config, request: Pick<IncomingMessage, 'headers'>): string =>
  config.origin ?? `http://${/^[\w.:[\]-]+$/.exec(request.headers.host ?? '')?.[0] ?? 'localhost'}`

/** Whether the request comes from a page of our own, or from no page at all. */
export const isOwnOrigin = (config: Config, request: Pick<IncomingMessage, 'headers'>): boolean => {
  const { origin } = request.headers
  return origin === undefined || origin === originOf(config, request)
}

/** The address of whoever asks: the proxy's word for it only when a proxy is said to be in front. */
export const addressOf = (config: Config, request: IncomingMessage): string => {
  const forwarded = request.headers['x-forwarded-for']
  const nearest = (Array.isArray(forwarded) ? forwarded.join(',') : forwarded)?.split(',').at(-1)?.trim()
  return (config.trustProxy && nearest) || request.socket.remoteAddress || 'unknown'
}

/** The key in an Authorization header; undefined where none is shown. Other schemes are a proxy's business. */
export const bearerOf = (header: string | undefined): string | undefined =>
  header !== undefined && /^Bearer\b/i.test(header) ? header.slice('Bearer'.length).trim() : undefined

export class BodyTooLarge extends Error {}

/** The whole body as text, at most a megabyte. Beyond that the request stays open, so that it can still be answered. */
export const readBody = async (request: IncomingMessage, most = MOST_MESSAGE): Promise<string> => {
  const chunks: Buffer[] = []
  let size = 0
  for await (const chunk of request.iterator({ destroyOnReturn: false }) as AsyncIterable<Buffer>) {
    size += chunk.length
    if (size > most) throw new BodyTooLarge()
    chunks.push(chunk)
  }
  return Buffer.concat(chunks).toString('utf8')
}

const LINGER_MS = 2_000

/**
 * For a request that is answered though its body was not read to its end. Whoever is still sending hears the answer only if we go on
 * reading, and throw away what comes, for a moment: a socket closed with unread bytes in it takes our answer with it.
 */
export const linger = (request: IncomingMessage): void => {
  // All has come: the connection is the next request's, which nobody must cut.
  if (request.complete) return
  const cut = setTimeout(() => request.socket.destroy(), LINGER_MS)
  request.once('end', () => clearTimeout(cut)).once('close', () => clearTimeout(cut))
  request.resume()
}

export const refuseBody = (request: IncomingMessage, response: ServerResponse): void => {
  response.writeHead(413, { 'content-type': 'text/plain' }).end('Too large')
  linger(request)
}

/** Whoever may not come, whatever they send. */
export const forbid = (request: IncomingMessage, response: ServerResponse): void => {
  response.writeHead(403).end('Forbidden')
  linger(request)
}

/** Says which kind of wrong it is, in GraphQL's form: a key that does not hold, or one that is not for the named collaboration. */
export const refuseKey = (request: IncomingMessage, response: ServerResponse, code: KeyRefusal): void => {
  const [status, message] =
    code === 'INVALID_KEY' ? [401, 'The key does not hold'] : [403, 'The key is for another collaboration']
  response
    .writeHead(status, {
      'content-type': 'application/json; charset=utf-8',
      'cache-control': 'no-store',
      ...(status === 401 && { 'www-authenticate': 'Bearer realm="samsyn", error="invalid_token"' }),
    })
    .end(JSON.stringify({ errors: [{ message, extensions: { code } }] }))
  linger(request)
}

/** In GraphQL's form, for what could not be asked at all just now. */
export const refuseForNow = ({ message, retryAfter }: TryAgain): Response =>
  Response.json(
    { errors: [{ message, extensions: { code: 'TRY_AGAIN', retryAfter } }] },
    { status: 503, headers: { 'retry-after': String(Math.ceil(retryAfter / 1_000)) } },
  )

/** Node's request as the web's, its body read within bounds first. */
export const toRequest = async (request: IncomingMessage, origin: string): Promise<Request> => {
  const { method = 'GET' } = request
  const headers = new Headers()
  for (const [name, value] of Object.entries(request.headers)) {
    for (const item of Array.isArray(value) ? value : [value]) if (item !== undefined) headers.append(name, item)
  }
  const body = method === 'GET' || method === 'HEAD' ? null : await readBody(request)
  return new Request(new URL(request.url ?? '/', origin), { method, headers, body })
}

/** The web's response through Node's: as fast as the reader takes it, and ended when the reader leaves. */
export const sendResponse = async (response: ServerResponse, answer: Response): Promise<void> => {
  response.writeHead(answer.status, Object.fromEntries(answer.headers))
  if (!answer.body) return void response.end()
  // A reader who leaves midway is no fault of ours.
  await pipeline(Readable.fromWeb(answer.body as import('node:stream/web').ReadableStream), response).catch(() => undefined)
}

const BODY_MS = 30_000

/** Ends a request whose body does not come. */
export const hurry = (request: IncomingMessage): void => {
  const late = setTimeout(() => request.complete || request.destroy(), BODY_MS)
  request.once('end', () => clearTimeout(late)).once('close', () => clearTimeout(late))
}
