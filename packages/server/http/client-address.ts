import type { IncomingMessage } from 'node:http'
import proxyaddr from '@fastify/proxy-addr'

/** Whether the address at this many hops from us is a proxy that is believed; false believes none. */
export type TrustedProxies = false | ((address: string, hop: number) => boolean)

/** Reads PARLOR_TRUST_PROXY: a number of hops, or addresses and networks with commas between them. @throws Error for neither. */
export function trustedProxies(setting: string | null): TrustedProxies {
  if (setting === null) return false
  const hops = Number(setting)
  if (Number.isInteger(hops)) return (_address, hop) => hop < hops
  return proxyaddr.compile(setting.split(',').map((part) => part.trim()))
}

/** The client's address, seen through the proxies one trusts. */
export function clientAddress(request: IncomingMessage, trusted: TrustedProxies): string | undefined {
  if (trusted === false) return request.socket.remoteAddress
  return proxyaddr(request, trusted)
}
