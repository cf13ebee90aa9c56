import { lookup } from 'node:dns/promises'
import { isIP } from 'node:net'
import { refuseField } from '@parlor/core/errors'
import { isPublicAddress } from './public-address.ts'

export interface Address {
  address: string
  family: number
}

/** All addresses of a name. @throws when there is none. */
export type Resolve = (host: string) => Promise<readonly Address[]>

export const resolveName: Resolve = (host) => lookup(host, { all: true, verbatim: true })

export interface Checked {
  /** As the addresses were when they were checked; nothing else may be connected to. */
  addresses: readonly Address[]
}

/**
 * Resolves where a URL leads, once, and refuses anything that is not the open internet. One forbidden address among many
 * is enough to refuse: which one is taken is not ours to choose.
 * @throws ParlorError `validation_failed` for `field`.
 */
export async function checkAddress(
  url: URL,
  { resolve, allowedHosts, field }: { resolve: Resolve; allowedHosts: ReadonlySet<string>; field: readonly string[] },
): Promise<Checked> {
  const refuse = (type: string, message: string) => refuseField([...field], type, message)
  if (url.protocol !== 'http:' && url.protocol !== 'https:') {
    throw refuse('not_allowed', 'it must be an http or https address.')
  }
  if (url.username || url.password) throw refuse('not_allowed', 'it must not hold a user name or password.')
  const host = url.hostname.replace(/^\[|\]$/g, '')
  const family = isIP(host)
  const addresses = family ? [{ address: host, family }] : await resolve(host).catch(() => [])
  if (addresses.length === 0) {
    throw refuse('unreachable', `${shown(host)} is not known: no address was found for it. Check the spelling.`)
  }
  if (!allowedHosts.has(placeOf(url)) && !addresses.every(({ address }) => isPublicAddress(address))) {
    throw refuse(
      'address_refused',
      `${shown(host)} is not on the open internet, and Parlor opens nothing inside the network it runs in. The operator can allow ${shown(placeOf(url))} with PARLOR_ALLOW_PRIVATE_HOSTS.`,
    )
  }
  return { addresses }
}

/** `host:port`, as exceptions are written. */
function placeOf(url: URL): string {
  return `${url.hostname}:${url.port || (url.protocol === 'https:' ? 443 : 80)}`
}

function shown(host: string): string {
  return host.slice(0, 100)
}
