import { lookup, type LookupAddress, type LookupAllOptions } from 'node:dns'
import { type Agent as PlainAgent, request as plain } from 'node:http'
import { type Agent, request as secure } from 'node:https'
import { BlockList, isIP, type LookupFunction } from 'node:net'

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

const PRIVATE = new BlockList()
for (const [net, bits] of [
  ['0.0.0.0', 8],
  ['10.0.0.0', 8],
  ['100.64.0.0', 10],
  ['127.0.0.0', 8],
  ['169.254.0.0', 16],
  ['172.16.0.0', 12],
  ['192.0.0.0', 24],
  ['192.0.2.0', 24],
  ['192.88.99.0', 24],
  ['192.168.0.0', 16],
  ['198.18.0.0', 15],
  ['198.51.100.0', 24],
  ['203.0.113.0', 24],
  ['224.0.0.0', 3],
] as const)
  PRIVATE.addSubnet(net, bits, 'ipv4')

/** Of IPv6 only what is given out to be reached from everywhere, without what carries an IPv4 address, documents, or tunnels. */
const GLOBAL = new BlockList()
GLOBAL.addSubnet('2000::', 3, 'ipv6')
const CARRIERS = new BlockList()
for (const [net, bits] of [
  ['2001::', 23],
  ['2001:db8::', 32],
  ['2002::', 16],
  ['3fff::', 20],
] as const)
  CARRIERS.addSubnet(net, bits, 'ipv6')

export const isPublic = (address: string): boolean =>
  isIP(address) === 4
    ? !PRIVATE.check(address, 'ipv4')
    : isIP(address) === 6 && GLOBAL.check(address, 'ipv6') && !CARRIERS.check(address, 'ipv6')

const bare = (host: string): string => host.replace(/^\[(.*)\]$/, '$1')

/** What can be seen of it before anything is looked up. */
export const mayBeReached = (address: string, inside: readonly string[]): boolean => {
  if (!URL.canParse(address)) return false
  const { protocol, hostname, origin, username, password, hash, port } = new URL(address)
  if (username || password || hash) return false
  if (inside.includes(origin)) return true
  const host = bare(hostname)
  return protocol === 'https:' && port === '' && (isIP(host) === 0 ? host.includes('.') : isPublic(host))
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
