import type { WebhookProblem } from '@samsyn/prisma/client'
import { request as requestPlain } from 'node:http'
import { request as requestSecure } from 'node:https'
import { type Addresses, ForbiddenAddress } from './address.ts'

/**
 * Guards: whoever is sent to costs the hub a bounded time and a bounded memory, and leads it nowhere else.
 *
 * One request on a connection of its own, to an address that was looked at; no redirect is followed; of what is answered the first is
 * kept and the rest not waited for.
 */
export interface Outgoing {
  readonly url: string
  readonly body: string
  readonly headers: Readonly<Record<string, string>>
}

export interface Outcome {
  /** Why it was not taken; undefined when it was. */
  readonly problem: WebhookProblem | undefined
  readonly status: number | undefined
  readonly durationMs: number
  /** The first of what was answered, or what went wrong. */
  readonly answer: string
}

const TIME_OUT_MS = 12_000
const MOST_BODY = 1_000_000
/** Kept for whoever looks what was wrong: an answer says it in its first lines, or not at all. */
const MOST_KEPT = 500

export const send = async ({ url: text, body, headers }: Outgoing, addresses: Addresses): Promise<Outcome> => {
  const began = performance.now()
  const settle = (problem: WebhookProblem | undefined, status: number | undefined, answer: string): Outcome => ({
    problem,
    status,
    durationMs: Math.round(performance.now() - began),
    answer: printable(answer),
  })
  const bytes = Buffer.from(body)
  if (bytes.length > MOST_BODY) return settle('TOO_LARGE', undefined, `${bytes.length} bytes, at most ${MOST_BODY}`)
  try {
    const url = new URL(text)
    addresses.checkLiteral(url)
    const { status, answer } = await post(url, bytes, headers, addresses)
    return settle(status >= 200 && status < 300 ? undefined : 'STATUS', status, answer)
  } catch (error) {
    const what = error instanceof Error ? error.message : String(error)
    if (error instanceof ForbiddenAddress) return settle('FORBIDDEN_ADDRESS', undefined, what)
    const late = error instanceof Error && error.name === 'TimeoutError'
    return settle(late ? 'TIMEOUT' : 'UNREACHABLE', undefined, what)
  }
}

const post = (
  url: URL,
  body: Buffer,
  headers: Outgoing['headers'],
  addresses: Addresses,
): Promise<{ status: number; answer: string }> =>
  new Promise((resolve, reject) => {
    const late = () => Object.assign(new Error(`no answer in ${TIME_OUT_MS / 1000} s`), { name: 'TimeoutError' })
    const request = (url.protocol === 'https:' ? requestSecure : requestPlain)(url, {
      method: 'POST',
      // A connection of its own: one that was kept open was looked at some other time.
      agent: false,
      lookup: addresses.lookupFor(url),
      headers: { ...headers, 'content-length': body.length },
      maxHeaderSize: 16_384,
    })
    // From the first to the last, however slowly something comes.
    const timer = setTimeout(() => request.destroy(late()), TIME_OUT_MS)
    request.once('close', () => clearTimeout(timer))
    request.once('error', reject)
    request.once('response', (response) => {
      const status = response.statusCode ?? 0
      const kept: Buffer[] = []
      let size = 0
      const end = () => {
        clearTimeout(timer)
        request.destroy()
        resolve({ status, answer: Buffer.concat(kept).toString('utf8').slice(0, MOST_KEPT) })
      }
      response.on('data', (chunk: Buffer) => {
        kept.push(chunk.subarray(0, 4 * MOST_KEPT - size))
        size += chunk.length
        if (size >= 4 * MOST_KEPT) end()
      })
      response.once('end', end)
      response.once('error', reject)
      response.once('aborted', () => reject(late()))
    })
    request.end(body)
  })

/** What PostgreSQL keeps and a page shows; nothing that turns or hides what follows. */
const printable = (text: string): string =>
  text
    .toWellFormed()
    // oxlint-disable-next-line no-control-regex -- they are what is taken away
    .replaceAll(/[\u0000-\u0008\u000b-\u001f\u007f-\u009f\u202a-\u202e\u2066-\u2069]/g, ' ')
    .slice(0, MOST_KEPT)
