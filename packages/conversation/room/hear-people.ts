import { createListener, type Ears, type Heard, type Listener, type Sound } from '../speech/index.ts'
import type { RoomSeat } from './room-seat.ts'
import type { RoomStage } from './room-stage.ts'
import type { Turns } from './take-turns.ts'
import type { RoomTalkLogger } from './talk-ports.ts'

/** Makes messages of what people in a room say. */
export interface PeopleEars {
  heard(identity: string, sound: Sound): void
  /** What somebody was saying when they left or closed their microphone is over. */
  left(identity: string): void
}

export interface HearingPorts {
  ears: Ears
  seat: RoomSeat
  stage: RoomStage
  turns: Pick<Turns, 'take' | 'interrupt' | 'isBusy'>
  logger: RoomTalkLogger
  /** Aborts when the talk is over. */
  signal: AbortSignal
}

/** Whoever speaks for so long while the avatar does wants it to stop; a cough is shorter. */
const interruptsAfterMs = 500
/** Utterances that are being understood at once; more are not taken. */
const mostAtOnce = 4

export function hearPeople({ ears, seat, stage, turns, logger, signal }: HearingPorts): PeopleEars {
  const listeners = new Map<string, Listener>()
  let utterances = 0
  let understanding = 0
  /** What was said first is answered first, however long understanding takes. */
  let inOrder: Promise<void> = Promise.resolve()

  function follow(identity: string, news: readonly Heard[]): void {
    for (const one of news) {
      if (one.type === 'started' && !turns.isBusy()) stage.setManner('listening')
      if (one.type === 'cancelled' && !turns.isBusy()) stage.setManner('idle')
      if (one.type === 'ended') take(identity, one.sound)
    }
  }

  function take(identity: string, sound: Sound): void {
    if (understanding >= mostAtOnce) return
    understanding += 1
    utterances += 1
    const segment = `heard-${utterances}`
    const understood = ears.transcribe(sound, null, signal).catch((cause: unknown) => {
      if (!signal.aborted) logger.warn({ error: cause instanceof Error ? cause.name : typeof cause }, 'the ears failed')
      return ''
    })
    inOrder = inOrder.then(async () => {
      const text = (await understood).trim()
      understanding -= 1
      if (signal.aborted) return
      if (text === '') {
        if (!turns.isBusy()) stage.setManner('idle')
        return
      }
      seat.caption({ segment, text, isFinal: true, speaker: { identity } })
      turns.take(text)
    })
  }

  return {
    heard(identity, sound) {
      if (signal.aborted) return
      let listener = listeners.get(identity)
      if (listener === undefined) {
        listener = createListener()
        listeners.set(identity, listener)
      }
      follow(identity, listener.hear(sound.samples))
      if (listener.speechMs >= interruptsAfterMs && turns.isBusy()) turns.interrupt()
    },
    left(identity) {
      const listener = listeners.get(identity)
      listeners.delete(identity)
      if (listener !== undefined) follow(identity, listener.end())
    },
  }
}
