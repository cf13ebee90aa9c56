import type { RoomGuest } from '@parlor/core/session'
import { longestTimerMs } from './rooms-timing.ts'

/** Who is in a room beside the avatar and those who speak through it. */
export interface Presence {
  /** The avatar sees the room (again): these are there. */
  reset(people: readonly RoomGuest[]): void
  joined(guest: RoomGuest): void
  left(identity: string): void
  count(): number
  stop(): void
}

export interface PresenceRules {
  /** Whether somebody counts as a person the avatar is there for. */
  counts(guest: RoomGuest): boolean
  /** How long the room may be empty before somebody came, and after everybody left; milliseconds. */
  emptyMs: number
  leftMs: number
  /** Somebody came, once or again. */
  came(): void
  /** Nobody is there, and nobody has been for so long. */
  deserted(): void
}

/** Watches people come and go; `hasMet` tells whether somebody came before. */
export function watchPresence(rules: PresenceRules, hasMet: boolean): Presence {
  const here = new Set<string>()
  let met = hasMet
  let timer: NodeJS.Timeout | undefined

  function look(): void {
    clearTimeout(timer)
    if (here.size > 0) return
    timer = setTimeout(rules.deserted, Math.min(met ? rules.leftMs : rules.emptyMs, longestTimerMs))
    timer.unref()
  }

  function joined(guest: RoomGuest): void {
    if (!rules.counts(guest) || here.has(guest.identity)) return
    here.add(guest.identity)
    met = true
    clearTimeout(timer)
    rules.came()
  }

  return {
    reset(people) {
      here.clear()
      for (const guest of people) joined(guest)
      look()
    },
    joined,
    left(identity) {
      if (here.delete(identity)) look()
    },
    count: () => here.size,
    stop: () => clearTimeout(timer),
  }
}
