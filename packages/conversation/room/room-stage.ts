import type { Clock } from '@parlor/core/time'
import type { Sound, SpeechWish } from '../speech/index.ts'
import type { Timers } from '../turn/index.ts'
import type { Face, Manner } from './face.ts'
import type { RoomSeat } from './room-seat.ts'
import type { Mouthpiece } from './speech.ts'
import type { Speaker } from './who-speaks.ts'

/** Face and voice of one talk at its seat. */
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
  speaker: Speaker
  soundRate: number
  clock: Clock
  timers: Timers
}

export function openStage({ speaker }: StagePorts, seat: RoomSeat): RoomStage {
  return {
    wish: { language: null, gender: speaker.gender, voiceName: speaker.voiceName },
    utter: ({ text }) => {
      seat.caption({ segment: text.slice(0, 20), text, isFinal: true, speaker: 'avatar' })
      return { done: Promise.resolve(), heardWords: () => text.split(/\s+/).length }
    },
    setManner: seat.setManner,
    lend: () => {},
    stopLending: () => {},
    close: () => {},
  }
}
