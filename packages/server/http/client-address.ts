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
