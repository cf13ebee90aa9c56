import type { Voice } from '../speech/index.ts'
import type { RoomSeat } from './room-seat.ts'
import type { RoomStage } from './room-stage.ts'
import { beginSpeech, type Speech } from './speech.ts'

/** What the avatar says, one thing at a time. */
export interface Sayings {
  /** Begins to say what `work` gives to the speech; `stop` is called with the reason when it is stopped before `work` is over. */
  say(work: (speech: Speech, silenced: AbortSignal) => Promise<void>, stop?: (reason: unknown) => void): void
  isBusy(): boolean
  /** Silences it, and tells those who are there where there was something. */
  interrupt(): void
  /** Silences it for this reason, and tells nobody. */
  leave(reason: unknown): void
  /** Silences it, and everything that would be said later. */
  close(reason: unknown): void
  /** Resolves once nothing is being said. Never rejects. */
  over(): Promise<void>
}

interface Saying {
  /** False when it was stopped before. */
  stop(reason?: unknown): boolean
  done: Promise<void>
}

export interface SayingPorts {
  stage: RoomStage
  seat: Pick<RoomSeat, 'notify'>
  voice: Voice | null
  /** Something went wrong that nobody expected. */
  tellFault(err: unknown): void
}

export function sayThings({ stage, seat, voice, tellFault }: SayingPorts): Sayings {
  let isClosed = false
  let current: Saying | null = null

  return {
    say(work, stop) {
      const silence = new AbortController()
      const speech = beginSpeech({ mouthpiece: stage, voice, wish: stage.wish }, silence.signal)
      const one: Saying = {
        stop(reason) {
          if (silence.signal.aborted) return false
          // First the ears, which is what tells how much was heard.
          silence.abort()
          stop?.(reason)
          return true
        },
        done: work(speech, silence.signal)
          .catch(tellFault)
          .finally(() => {
            if (current === one) current = null
            stage.setManner('idle')
          }),
      }
      current = one
      if (isClosed) one.stop()
    },
    isBusy: () => current !== null,
    interrupt() {
      if (current?.stop()) seat.notify({ type: 'interrupted' })
    },
    leave: (reason) => void current?.stop(reason),
    close(reason) {
      isClosed = true
      current?.stop(reason)
    },
    over: async () => {
      await current?.done
    },
  }
}
