import { isIP } from 'node:net'
import ipaddr from 'ipaddr.js'

/** Public by their range, and yet the inside of somebody's cloud. */
const metadata = new Set(['168.63.129.16'])
const globalIPv6 = ipaddr.parseCIDR('2000::/3') as [ipaddr.IPv6, number]

/**
 * Whether an address is one of the open internet: not private, loopback, link-local, shared, mapped, translated, multicast,
 * reserved, or a cloud's own. What cannot be read as an address is not.
 */
export function isPublicAddress(address: string): boolean {
  if (isIP(address) === 0) return false
  const parsed = ipaddr.parse(address)
  if (parsed.range() !== 'unicast' || metadata.has(parsed.toString())) return false
  // Only this part of IPv6 is given out; elsewhere old forms hold an IPv4 address within.
  return parsed instanceof ipaddr.IPv4 || parsed.match(globalIPv6)
}
