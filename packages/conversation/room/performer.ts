import type { Sound } from '../speech/index.ts'
import type { Timers } from '../turn/turn.ts'
import type { Face, Manner, Mouth } from './face.ts'
import { mouthAtRest } from './mouth.ts'
import { createPace } from './pace.ts'
import { type Act, beginAct, type Played } from './performer-act.ts'
import { showFrames } from './performer-frames.ts'
import { openLine } from './performer-line.ts'
import { openLoans } from './performer-loans.ts'
import type { RoomSeat } from './room-seat.ts'

export type { Played }

export interface Wording {
  /** What is said, in plain words; it also gives the lips their shapes. */
  text: string
  /** Its sound at any rate; null where nobody can speak: then the mouth moves as long as it would take to say it. */
  sound: AsyncIterable<Sound> | null
  /** Silences it at once. */
  signal: AbortSignal
}

export interface Utterance {
  /** Words of the text that were heard by now, from its beginning; a word is what stands between spaces. */
  heard(): number
  /** Resolves when the last sample was heard, or as soon as it is stopped. Never rejects. */
  done: Promise<Played>
}

/** The avatar's body in one room: what it is seen and heard doing. Captions are the caller's. */
export interface Performer {
  /** Says something, after what it is saying already. While anything is heard its manner is `speaking`. */
  utter(wording: Wording): Utterance
  /** Speaks with the voice of an agent of the customer's own; null ends its utterance. The agent is told through the seat. */
  lend(identity: string, sound: Sound | null): void
  /** The agent wants silence. */
  lendInterrupted(identity: string): void
  /** What it does while it says nothing. */
  setManner(manner: Manner): void
  /** Ends everything: no frame, no sound and no timer is left, and whatever was being said resolves unfinished. */
  stop(): void
}

export interface PerformerPorts {
  seat: Pick<RoomSeat, 'show' | 'play' | 'queuedMs' | 'hush' | 'setManner' | 'answerLoan'>
  face: Face
  /** Samples a second that the seat plays. */
  soundRate: number
  /** Milliseconds; only differences count. */
  now(): number
  timers: Timers
  /** How late the process runs, in milliseconds, where somebody measures it; frames measure their own lateness besides. */
  load?: () => number
}

/** Shows a face from now on: at rest 15 frames a second, speaking 20, and down to 5 where the process cannot keep up. */
export function createPerformer(ports: PerformerPorts): Performer {
  const { seat, soundRate } = ports
  const stopped = new AbortController()
  const line = openLine(seat)
  const loans = openLoans({ seat, line, soundRate })
  let act: Act | null = null
  let last: Promise<unknown> = Promise.resolve()
  let resting: Manner = 'idle'
  let told: Manner | null = null

  const isSpeaking = () => act?.isHeard() === true || loans.isHeard()
  const tellManner = () => {
    const manner = isSpeaking() ? 'speaking' : resting
    if (manner !== told && !stopped.signal.aborted) seat.setManner(manner)
    told = manner
  }
  const mouth = (): Mouth => (act?.isHeard() ? act.mouth() : loans.isHeard() ? loans.mouth() : mouthAtRest)

  const frames = showFrames({
    ...ports,
    pace: createPace(ports.load),
    isSpeaking,
    pose: () => {
      loans.tell()
      // Told with the frame: from one sentence to the next nobody shall be told that it is over.
      tellManner()
      return { mouth: mouth(), manner: told ?? resting }
    },
  })

  return {
    utter({ text, sound, signal }) {
      const mine = beginAct({ ...ports, text, sound, line, onHeard: tellManner })
      const either = AbortSignal.any([signal, stopped.signal])
      const before = last
      const done = mine.perform(before, either, () => {
        act = mine
      })
      last = done
      return { heard: mine.wordsHeard, done }
    },
    lend(identity, sound) {
      if (stopped.signal.aborted) return
      loans.lend(identity, sound)
      tellManner()
    },
    lendInterrupted: (identity) => loans.interrupt(identity),
    setManner(manner) {
      resting = manner
      tellManner()
    },
    stop() {
      stopped.abort()
      frames.stop()
      loans.drop()
      line.hush()
    },
  }
}
