import { randomUUID } from 'node:crypto'
import type { Clock } from './clock.ts'

/**
 * An unguessable id that sorts by time (UUIDv7, RFC 9562): 48 bits of time, 74 random ones. The random ones are cut from a
 * UUIDv4, which Node makes in batches.
 */
export function newId(clock: Clock): string {
  const time = clock.now().toString(16).padStart(12, '0')
  return `${time.slice(0, 8)}-${time.slice(8)}-7${randomUUID().slice(15)}`
}
