import { v7 } from 'uuid'
import type { Clock } from './clock.ts'

/** An unguessable id that sorts by time (UUIDv7, RFC 9562). */
export function newId(clock: Clock): string {
  return v7({ msecs: clock.now() })
}
