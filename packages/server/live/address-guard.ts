import { type Bucket, drawFrom, fullBucket } from '@parlor/core/limits'

/** Keeps one address from wearing the server out before it has shown a token. */
export interface AddressGuard {
  /** Whether another socket of this address may begin its handshake; counts it if so. */
  enter(address: string): boolean
  /** A handshake is over: a visitor was let in, or the socket was refused or fell silent. */
  leave(address: string, outcome: 'admitted' | 'refused'): void
}

export interface AddressLimits {
  /** Sockets of one address that have not said a good `hello` yet. */
  greeting: number
  /** Refused handshakes of one address in a minute. */
  refusedPerMinute: number
}

export const defaultAddressLimits: AddressLimits = { greeting: 100, refusedPerMinute: 60 }

interface Guest {
  greeting: number
  refusals: Bucket
}

const mostAddresses = 50_000

/**
 * This machine's own addresses are not limited: where a proxy in front is not named in PARLOR_TRUST_PROXY, every visitor has
 * one of them. @param monotonicMs a clock that never goes back.
 */
export function guardAddresses(limits: AddressLimits, monotonicMs: () => number): AddressGuard {
  const rate = { limit: limits.refusedPerMinute, windowSeconds: 60 }
  const guests = new Map<string, Guest>()
  const guestOf = (address: string): Guest => {
    const guest = guests.get(address) ?? { greeting: 0, refusals: fullBucket(rate, monotonicMs()) }
    // Re-inserting keeps the map in order of use; the one forgotten is the one longest unseen.
    guests.delete(address)
    guests.set(address, guest)
    if (guests.size > mostAddresses) guests.delete(guests.keys().next().value ?? '')
    return guest
  }
  return {
    enter: (address) => {
      if (isThisMachine(address)) return true
      const guest = guestOf(address)
      if (guest.greeting >= limits.greeting || !hasPatience(guest, rate, monotonicMs())) return false
      guest.greeting += 1
      return true
    },
    leave: (address, outcome) => {
      if (isThisMachine(address)) return
      const guest = guestOf(address)
      guest.greeting = Math.max(0, guest.greeting - 1)
      if (outcome === 'refused') drawFrom(guest.refusals, rate, monotonicMs())
    },
  }
}

/** Looks without taking: only a refusal costs something. */
function hasPatience(guest: Guest, rate: { limit: number; windowSeconds: number }, now: number): boolean {
  return drawFrom({ ...guest.refusals }, rate, now).allowed
}

function isThisMachine(address: string): boolean {
  return address === '::1' || address.startsWith('127.') || address.startsWith('::ffff:127.')
}
