import type { Sound } from '../speech/index.ts'
import type { RoomSeat } from './room-seat.ts'

/** All sound of one seat, in the order in which it is heard; times are milliseconds of sound since the seat was taken. */
export interface SoundLine {
  /** Queues; resolves as soon as less than a second waits. */
  play(sound: Sound): Promise<void>
  /** How much was given to be heard. */
  givenMs(): number
  /** How much was heard. */
  heardMs(): number
  /** Forgets what was not heard yet. */
  hush(): void
}

export function openLine(seat: Pick<RoomSeat, 'play' | 'queuedMs' | 'hush'>): SoundLine {
  let given = 0
  let heard = 0
  const heardMs = () => {
    // What was heard stays heard, whatever a queue says of itself later.
    heard = Math.max(heard, given - seat.queuedMs())
    return heard
  }
  return {
    play(sound) {
      heardMs()
      given += (sound.samples.length / sound.rate) * 1000
      return seat.play(sound)
    },
    givenMs: () => given,
    heardMs,
    hush() {
      given = heardMs()
      seat.hush()
    },
  }
}
