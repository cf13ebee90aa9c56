import type { IncomingMessage } from 'node:http'
import proxyaddr from '@fastify/proxy-addr'
import { ConfigError } from '../config/parse-value.ts'

/** Whether the address at this many hops from us is a proxy that is believed; false believes none. */
export type TrustedProxies = false | ((address: string, hop: number) => boolean)

/**
 * Reads PARLOR_TRUST_PROXY: a number of hops, or addresses and networks with commas between them.
 * @throws ConfigError for neither.
 */
export function trustedProxies(setting: string | null): TrustedProxies {
  if (setting === null) return false
  if (/^\d{1,2}$/.test(setting)) return (_address, hop) => hop < Number(setting)
  try {
    return proxyaddr.compile(setting.split(',').map((part) => part.trim()))
  } catch {
    throw new ConfigError(
      `PARLOR_TRUST_PROXY is "${setting}": write a number of hops, or addresses and networks such as loopback, 10.0.0.0/8.`,
    )
  }
}

/** The client's address, seen through the proxies one trusts. */
export function clientAddress(request: IncomingMessage, trusted: TrustedProxies): string | undefined {
  if (trusted === false) return request.socket.remoteAddress
  return proxyaddr(request, trusted)
}

/** Whom an address stands for: itself, or, of IPv6, the /64 its holder picks addresses from at will. */
export function networkOf(address: string): string {
  if (!address.includes(':') || address.includes('.')) return address
  const [head = '', tail] = (address.split('%', 1)[0] ?? '').split('::')
  const [before, after] = [head, tail ?? ''].map((side) => side.split(':').filter((group) => group !== ''))
  const missing = tail === undefined ? 0 : 8 - (before?.length ?? 0) - (after?.length ?? 0)
  const groups = [...(before ?? []), ...Array<string>(Math.max(0, missing)).fill('0'), ...(after ?? [])]
  return `${groups.slice(0, 4).join(':')}::/64`
}
