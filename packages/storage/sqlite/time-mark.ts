import type { DatabaseSync } from 'node:sqlite'
import type { Clock } from '@parlor/core/time'
import { prepareWrite } from './prepare-write.ts'

/** How far the clock may run ahead of what is written of it, in milliseconds. */
const markEveryMs = 1000

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

/** The high-water mark of time in the store: a clock set back while the server was down revives nothing. */
export interface TimeMark {
  clock: Clock
  /** The latest time that is written down. */
  highWater(): number
  /** Writes the time down, where the last mark is older than a second; to be called inside a write. */
  keep(): void
  /** Writes it down in any case. */
  force(): void
}

export function readTimeMark(db: DatabaseSync, wall: Clock): TimeMark {
  const row = db.prepare('SELECT at FROM time_mark').get()
  let marked = Number(row?.at ?? 0)
  const clock = steadyClock(wall, marked)
  const update = prepareWrite(db, 'UPDATE time_mark SET at = ?')
  const force = (): void => {
    const now = clock.now()
    update.run(now)
    marked = now
  }
  return {
    clock,
    highWater: () => marked,
    force,
    keep: () => {
      if (clock.now() - marked >= markEveryMs) force()
    },
  }
}
