import type { Clock } from '@parlor/core/time'
import type { Access, Statement } from './access.ts'

/** How far the clock may run ahead of what is written of it, in milliseconds. */
const markEveryMs = 1000

/** How far a node's clock may run ahead of the store's and still be written down, in milliseconds: one that is wrong must not hold up all others. */
const toleranceMs = 2000

/**
 * The high-water mark of time in the store: a clock set back while a node was down revives nothing. Every node writes it, none
 * beyond what the store's own clock shows.
 */
const moveMark: Statement = {
  name: 'move-time-mark',
  text: `
    UPDATE time_mark SET at = greatest(at, least($1, (extract(epoch FROM clock_timestamp()) * 1000)::bigint + ${toleranceMs}))
    RETURNING at`,
}

export interface TimeMark {
  /** The node's clock, but never below the mark as it stood when the store was opened, nor below what it has shown before. */
  clock: Clock
  /** The latest time that is written down, as far as this node knows. */
  highWater(): number
  /** Writes the time down now. */
  force(): Promise<void>
  /** Writes the time down where that is due; whoever writes calls it and waits for nothing. */
  tick(): void
}

export async function readTimeMark({ ask, tell }: Pick<Access, 'ask' | 'tell'>, wall: Clock): Promise<TimeMark> {
  const [row] = await ask<{ at: number }>({ name: '', text: 'SELECT at FROM time_mark' }, [])
  let marked = row?.at ?? 0
  let asked = marked
  const clock = steadyClock(wall, marked)
  const force = async (): Promise<void> => {
    asked = clock.now()
    const [moved] = await tell<{ at: number }>(moveMark, [asked])
    marked = Math.max(marked, moved?.at ?? 0)
  }
  return {
    clock,
    highWater: () => marked,
    force,
    tick: () => {
      // A store that cannot write says so to those who wait for it.
      if (clock.now() - asked >= markEveryMs) force().catch(() => {})
    },
  }
}

/** A clock that never shows less than `floor`, nor less than it has shown before. */
export function steadyClock(clock: Clock, floor: number): Clock {
  let highest = floor
  return {
    now: () => {
      const now = clock.now()
      if (now > highest) highest = now
      return highest
    },
  }
}
