import type { Timers } from '../turn/turn.ts'
import type { Face, Manner, Mouth } from './face.ts'
import type { Pace } from './pace.ts'
import type { RoomSeat } from './room-seat.ts'

export interface FramePorts {
  seat: Pick<RoomSeat, 'show'>
  face: Face
  now(): number
  timers: Timers
  pace: Pace
  isSpeaking(): boolean
  /** How it is at this moment, but for the lids. */
  pose(): { mouth: Mouth; manner: Manner }
}

/** Shows a face, frame after frame, from now until it is stopped. */
export function showFrames({ seat, face, now, timers, pace, isSpeaking, pose }: FramePorts): { stop(): void } {
  const lids = blinking(now())
  let due = now()
  let callOff: (() => void) | null = null
  let isStopped = false

  const show = () => {
    const at = now()
    const shown = pose()
    seat.show(face.draw({ ...shown, lids: lids(at) }))
    pace.shown(Math.max(at - due, now() - at), at)
    if (isStopped) return
    const everyMs = 1000 / pace.perSecond(isSpeaking())
    // Frames that were missed are not made up for, but that they are late must show.
    due = Math.max(due + everyMs, at + everyMs / 2)
    callOff = timers.after(Math.max(0, due - now()), show)
  }
  show()
  return {
    stop() {
      isStopped = true
      callOff?.()
    },
  }
}

const blinkMs = 240
const pauses = { leastMs: 2200, spreadMs: 3800 }
/** Multiples of it fall evenly and never come round: like chance, but the same in every test. */
const golden = 0.618_033_988_75

/** How far the lids are shut at a later and later moment: people blink every few seconds, never evenly. */
function blinking(from: number): (now: number) => number {
  let blinks = 0
  let nextAt = from
  const plan = (after: number) => {
    blinks += 1
    nextAt = after + pauses.leastMs + pauses.spreadMs * ((blinks * golden) % 1)
  }
  plan(from)
  return (now) => {
    if (now >= nextAt + blinkMs) plan(now)
    const since = now - nextAt
    if (since < 0) return 0
    return since < 70 || since >= 170 ? 0.5 : 1
  }
}
