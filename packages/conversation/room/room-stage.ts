import type { Sound, SpeechWish } from '../speech/index.ts'
import type { Timers } from '../turn/index.ts'
import type { Face, Manner } from './face.ts'
import { createPerformer } from './performer.ts'
import type { RoomSeat } from './room-seat.ts'
import type { Mouthpiece, Uttering } from './speech.ts'
import type { Speaker } from './who-speaks.ts'

/** Face, voice and captions of one talk at its seat. */
export interface RoomStage extends Mouthpiece {
  readonly wish: Omit<SpeechWish, 'text'>
  setManner(manner: Manner): void
  /** Sound of a customer's agent; null where its utterance is over. */
  lend(identity: string, sound: Sound | null): void
  stopLending(identity: string): void
  close(): void
}

export interface StagePorts {
  face: Face
  speaker: Pick<Speaker, 'gender' | 'voiceName'>
  /** Samples a second that the seat plays. */
  soundRate: number
  /** Milliseconds; only differences count. */
  monotonicMs(): number
  timers: Timers
  /** How late the process runs, in milliseconds, where somebody measures it. */
  load?: () => number
}

/** Shows the face from now on, and each sentence as a caption while it is heard. */
export function openStage({ monotonicMs: now, speaker, ...ports }: StagePorts, seat: RoomSeat): RoomStage {
  const performer = createPerformer({ ...ports, seat, now })
  let sentences = 0
  return {
    wish: { language: null, gender: speaker.gender, voiceName: speaker.voiceName },
    utter({ text, sound, signal }): Uttering {
      sentences += 1
      const caption = { segment: `said-${sentences}`, speaker: 'avatar' as const }
      seat.caption({ ...caption, text, isFinal: false })
      const { heard, done } = performer.utter({ text, sound, signal })
      const captioned = done.then(() => {
        const said = signal.aborted ? firstWords(text, heard()) : text
        seat.caption({ ...caption, text: said, isFinal: true })
      })
      return { done: captioned, heardWords: heard }
    },
    setManner: performer.setManner,
    lend: performer.lend,
    stopLending: performer.lendInterrupted,
    close: performer.stop,
  }
}

function firstWords(text: string, count: number): string {
  const last = count === 0 ? undefined : [...text.matchAll(/\S+/gu)].at(count - 1)
  if (count === 0) return ''
  return last === undefined ? text : text.slice(0, last.index + last[0].length)
}
