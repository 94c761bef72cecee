import ipaddr from 'ipaddr.js'

/**
 * Guards: which addresses anybody in the world could reach, and so may be sent to because somebody named them; the one answer that
 * webhooks and push are both given.
 */

/** Of IPv6 only what is given out to be reached from everywhere, without what carries an IPv4 address, documents, or tunnels. */
const GLOBAL = ipaddr.parseCIDR('2000::/3') as [ipaddr.IPv6, number]
const CARRIERS = ['2001::/23', '2001:db8::/32', '2002::/16', '3fff::/20'].map(
  (network) => ipaddr.parseCIDR(network) as [ipaddr.IPv6, number],
)

/** As people write it: without brackets, and an IPv4 address inside an IPv6 one as itself. Undefined for what is no address. */
export const addressIn = (host: string) => {
  const bare = host.replace(/^\[|\]$/g, '')
  return ipaddr.isValid(bare) ? ipaddr.process(bare) : undefined
}

export const isPublic = (address: string): boolean => {
  const parsed = addressIn(address)
  if (parsed?.range() !== 'unicast') return false
  if (parsed.kind() === 'ipv4') return true
  const six = parsed as ipaddr.IPv6
  return six.match(GLOBAL) && !CARRIERS.some((network) => six.match(network))
}
