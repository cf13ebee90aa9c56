import type { DatabaseSync } from 'node:sqlite'
import type { Clock } from '@parlor/core/time'
import type { Rider } from './group-commit.ts'
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

/**
 * The high-water mark of time in the store: a clock set back while the server was down revives nothing.
 * It rides with the groups of writes, and what is `highWater` is committed.
 */
export interface TimeMark extends Rider {
  clock: Clock
  /** The latest time that is written down. */
  highWater(): number
  /** Writes the time down at once; to be called inside a write. */
  force(): void
}

export function readTimeMark(db: DatabaseSync, wall: Clock): TimeMark {
  const row = db.prepare('SELECT at FROM time_mark').get()
  let marked = Number(row?.at ?? 0)
  let written = marked
  const clock = steadyClock(wall, marked)
  const update = prepareWrite(db, 'UPDATE time_mark SET at = ?')
  const force = (): void => {
    written = clock.now()
    update.run(written)
  }
  return {
    clock,
    highWater: () => marked,
    force,
    beforeCommit: () => {
      if (clock.now() - written >= markEveryMs) force()
    },
    committed: () => {
      marked = written
    },
    undone: () => {
      written = marked
    },
  }
}
