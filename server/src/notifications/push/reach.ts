import { lookup, type LookupAddress, type LookupAllOptions } from 'node:dns'
import { type Agent as PlainAgent, request as plain } from 'node:http'
import { type Agent, request as secure } from 'node:https'
import type { LookupFunction } from 'node:net'
import { addressIn, isPublic } from '../../http/publicAddress.ts'

/**
 * Guards: an address that somebody names leads out of here, never into the own network.
 *
 * Where a message goes is said by a browser, that is by anybody. Only https to public addresses is spoken; the name is looked up once, as the
 * connection is made, and the connection goes to the very address that was looked at, so that a name that changes its mind in between gains
 * nothing. Redirections are not followed. Exempt are origins that the operator names.
 */
export class NotReachable extends Error {
  constructor(host: string) {
    super(`${host} is not a public address`)
    this.name = 'NotReachable'
  }
}

/** What can be seen of it before anything is looked up. */
export const mayBeReached = (address: string, inside: readonly string[]): boolean => {
  if (!URL.canParse(address)) return false
  const { protocol, hostname, origin, username, password, hash, port } = new URL(address)
  if (username || password || hash) return false
  if (inside.includes(origin)) return true
  const literal = addressIn(hostname)?.toString()
  return protocol === 'https:' && port === '' && (literal === undefined ? hostname.includes('.') : isPublic(literal))
}

/** Looks a name up, and knows of public addresses only: one that leads inside makes the whole name suspect. */
const publicOnly =
  (lookUp: LookUp): LookupFunction =>
  (host, options, done) => {
    lookUp(host, { ...options, all: true }, (error, found) => {
      if (error) return done(error, '', 0)
      const [first] = found
      if (!first || !found.every(({ address }) => isPublic(address))) return done(new NotReachable(host), '', 0)
      if (options.all) done(null, found)
      else done(null, first.address, first.family)
    })
  }

export type LookUp = (
  host: string,
  options: LookupAllOptions,
  done: (error: NodeJS.ErrnoException | null, found: LookupAddress[]) => void,
) => void

interface Posted {
  readonly headers: Readonly<Record<string, string | number>>
  readonly body: Uint8Array
}

const PATIENCE_MS = 15_000

/** Posts and answers with the status; what is said beside it is not read. Throws `NotReachable` for what leads inside. */
export const post = (
  address: string,
  { headers, body }: Posted,
  inside: readonly string[],
  agents: { readonly plain: PlainAgent; readonly secure: Agent },
  lookUp: LookUp = lookup,
): Promise<number> =>
  new Promise((answered, failed) => {
    const url = new URL(address)
    if (!mayBeReached(address, inside)) return failed(new NotReachable(url.hostname))
    const own = inside.includes(url.origin)
    const options = {
      method: 'POST',
      headers: { ...headers, 'content-length': body.byteLength },
      signal: AbortSignal.timeout(PATIENCE_MS),
      ...(!own && { lookup: publicOnly(lookUp) }),
    }
    const sent =
      url.protocol === 'https:'
        ? secure(url, { ...options, agent: agents.secure })
        : plain(url, { ...options, agent: agents.plain })
    sent.on('error', failed)
    sent.on('response', (response) => {
      response.on('error', failed)
      response.resume()
      answered(response.statusCode ?? 0)
    })
    sent.end(body)
  })
