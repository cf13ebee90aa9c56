import type { RoomListener } from '@parlor/conversation/room'

export interface SeatGate {
  /** The listener as the parts of a seat know it: never throws into the client, hears nothing too early or too late. */
  listener: RoomListener
  /** Tells what was held back, and from then on everything at once. */
  open(): void
  close(): void
}

/** Messages that came while the seat was being taken. */
const mostHeld = 100

/**
 * Somebody who waits in the room writes as soon as the avatar appears, which is before whoever sent it in holds its seat: until
 * then words wait. Who came and went meanwhile is in `people()`, and what was spoken then is lost.
 */
export function openSeatGate(listener: RoomListener): SeatGate {
  let state: 'held' | 'open' | 'closed' = 'held'
  const held: (() => void)[] = []
  const safely = (work: () => void) => {
    try {
      work()
    } catch {
      // By its contract it may not; in the client's event loop this would be a rejection that ends the process.
    }
  }
  const now = (work: () => void) => {
    if (state === 'open') safely(work)
  }
  const orLater = (work: () => void) => {
    if (state === 'held' && held.length < mostHeld) held.push(work)
    now(work)
  }

  return {
    listener: {
      joined: (guest) => now(() => listener.joined(guest)),
      left: (identity) => now(() => listener.left(identity)),
      wrote: (identity, text) => orLater(() => listener.wrote(identity, text)),
      remarked: (identity, content) => orLater(() => listener.remarked(identity, content)),
      interrupted: (identity) => now(() => listener.interrupted(identity)),
      heard: (identity, sound) => now(() => listener.heard(identity, sound)),
      fellSilent: (identity) => now(() => listener.fellSilent(identity)),
      lent: (identity, sound) => orLater(() => listener.lent(identity, sound)),
      lentInterrupted: (identity) => orLater(() => listener.lentInterrupted(identity)),
      lost: (reason) => now(() => listener.lost(reason)),
    },
    open() {
      if (state !== 'held') return
      state = 'open'
      for (const work of held.splice(0)) safely(work)
    },
    close() {
      state = 'closed'
      held.length = 0
    },
  }
}
