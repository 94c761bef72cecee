import { lookup as resolveName, type LookupAddress } from 'node:dns'
import type { LookupFunction } from 'node:net'
import ipaddr from 'ipaddr.js'
import { addressIn, isPublic } from '../http/publicAddress.ts'

/**
 * Guards: what a party tells the hub to send goes out into the world, and never to what stands beside the hub.
 *
 * A name is resolved once, when it is connected to; every address that it leads to must be one that anybody in the world could reach
 * (`http/publicAddress.ts`), and the connection goes to that address and to no other. The operator may name networks
 * of their own that may be reached too; those also without encryption, and at any port.
 */
export type Network = ReturnType<typeof ipaddr.parseCIDR>

export type Resolve = (
  name: string,
  options: { all: true; verbatim?: boolean },
  found: (error: NodeJS.ErrnoException | null, addresses: LookupAddress[]) => void,
) => void

export class ForbiddenAddress extends Error {
  constructor(what: string) {
    super(`Not reached from here: ${what}`)
    this.name = 'ForbiddenAddress'
  }
}

/** A public address is reached where web servers are, and not where something else of somebody's may be. */
const PORTS = new Set(['', '443', '8443'])
const MOST_LENGTH = 2_000

export const parseNetworks = (text: string): Network[] =>
  text
    .split(',')
    .map((one) => one.trim())
    .filter((one) => one !== '')
    .map((one) => ipaddr.parseCIDR(one))

export class Addresses {
  readonly #networks: readonly Network[]
  readonly #resolve: Resolve

  constructor(networks: readonly Network[], resolve: Resolve = resolveName) {
    this.#networks = networks
    this.#resolve = resolve
  }

  /** Whether what was typed could be sent to; what a name leads to is seen each time. */
  allows(text: string): boolean {
    if (text.length > MOST_LENGTH || !URL.canParse(text)) return false
    const url = new URL(text)
    if ((url.protocol !== 'https:' && url.protocol !== 'http:') || url.username || url.password || url.hash) return false
    const literal = addressIn(url.hostname)
    if (literal) return this.#isOwn(literal.toString()) || (isPublic(literal.toString()) && isUsual(url))
    // A name may lead into the operator's networks, where there are any.
    return this.#networks.length > 0 || (isUsual(url) && url.hostname.includes('.'))
  }

  /** Throws unless this address may be reached under that URL. */
  check(address: string, url: URL): void {
    if (this.#isOwn(address)) return
    if (!isPublic(address)) throw new ForbiddenAddress(`${url.hostname} is ${address}`)
    if (!isUsual(url)) throw new ForbiddenAddress(`${url.protocol}//${url.host}`)
  }

  /** For a connection to that URL: all that the name leads to, if all of it may be reached. */
  lookupFor(url: URL): LookupFunction {
    return (name, options, done) => {
      this.#resolve(name, { all: true }, (error, addresses) => {
        if (error) return done(error, '', 0)
        try {
          for (const { address } of addresses) this.check(address, url)
        } catch (refusal) {
          return done(refusal as Error, '', 0)
        }
        const [first] = addresses
        if (!first) return done(new Error(`${name} leads nowhere`), '', 0)
        if (options.all) return done(null, addresses)
        done(null, first.address, first.family)
      })
    }
  }

  /** The address that stands in the URL itself is looked at here: no name is resolved for it. */
  checkLiteral(url: URL): void {
    const literal = addressIn(url.hostname)
    if (literal) this.check(literal.toString(), url)
  }

  #isOwn(address: string): boolean {
    const parsed = addressIn(address)
    return (
      parsed !== undefined &&
      this.#networks.some(([network, bits]) => network.kind() === parsed.kind() && parsed.match(network as never, bits))
    )
  }
}

const isUsual = ({ protocol, port }: URL): boolean => protocol === 'https:' && PORTS.has(port)
