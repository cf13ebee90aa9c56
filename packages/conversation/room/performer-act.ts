import { type Sound, streamAtRate } from '../speech/index.ts'
import type { Timers } from '../turn/turn.ts'
import type { Mouth } from './face.ts'
import type { MouthTrack } from './mouth.ts'
import { followText } from './mouth-clock.ts'
import { followSound, type HeardMouth } from './mouth-fused.ts'
import type { SoundLine } from './performer-line.ts'

export interface Played {
  /** How much was heard, in milliseconds. */
  heardMs: number
  /** How long all of it is, in milliseconds; an estimate where not all of the sound came. */
  totalMs: number
  /** False where it was stopped, or its sound broke off. */
  finished: boolean
}

/** One utterance while it is performed. */
export interface Act {
  /** Whether it is being heard, or would be if there were sound. */
  isHeard(): boolean
  mouth(): Mouth
  wordsHeard(): number
  /** Performs once what is before it is over. */
  perform(before: Promise<unknown>, signal: AbortSignal, onTurn: () => void): Promise<Played>
}

export interface ActWish {
  text: string
  sound: AsyncIterable<Sound> | null
  line: SoundLine
  now(): number
  timers: Timers
  soundRate: number
  /** It begins to be heard. */
  onHeard(): void
}

/** Sound taken before its time, so that the end of a sentence is known soon and the lips can be laid out over all of it. */
const mostAheadMs = 20_000

export function beginAct(wish: ActWish): Act {
  const { text, sound, line, now, timers } = wish
  const aloud = sound === null ? null : { sound, track: followSound(text) }
  const track: MouthTrack = aloud?.track ?? followText(text)
  let begunAt: number | null = null
  let result: Played | null = null
  const clockMs = () => (sound === null ? now() : line.heardMs())
  const heardMs = () => (begunAt === null ? 0 : Math.max(0, Math.min(clockMs() - begunAt, track.totalMs())))
  const begin = (at: number) => {
    begunAt = at
    wish.onHeard()
  }
  const close = (finished: boolean): Played => {
    result ??= { heardMs: finished ? track.totalMs() : heardMs(), totalMs: track.totalMs(), finished }
    return result
  }
  const playing: Playing = { ...wish, begin, hasBegun: () => begunAt !== null, isOver: () => result !== null }

  return {
    isHeard: () => begunAt !== null && result === null,
    mouth: () => track.at(heardMs()),
    wordsHeard: () => track.wordsBy(result?.heardMs ?? heardMs()),
    async perform(before, signal, onTurn) {
      const stopped = Promise.withResolvers<Played>()
      const waits = openWaits(timers)
      const stop = () => {
        const isMine = begunAt !== null && result === null
        const played = close(false)
        if (isMine && sound !== null) line.hush()
        waits.cancel()
        stopped.resolve(played)
      }
      if (signal.aborted) stop()
      else signal.addEventListener('abort', stop, { once: true })
      const perform = async () => {
        await before
        if (result !== null) return result
        onTurn()
        const isWhole = aloud
          ? await playAloud(playing, { ...aloud, waits })
          : await playSilently(playing, track, waits)
        return close(isWhole)
      }
      const played = await Promise.race([stopped.promise, perform()])
      signal.removeEventListener('abort', stop)
      return played
    },
  }
}

interface Playing extends ActWish {
  begin(at: number): void
  hasBegun(): boolean
  isOver(): boolean
}

async function playSilently({ begin, now }: Playing, track: MouthTrack, waits: Waits): Promise<boolean> {
  begin(now())
  await waits.wait(track.totalMs())
  return true
}

interface Aloud {
  sound: AsyncIterable<Sound>
  track: HeardMouth
  waits: Waits
}

/** False where the sound broke off. */
async function playAloud(playing: Playing, { sound, track, waits }: Aloud): Promise<boolean> {
  const { line, begin, hasBegun, isOver } = playing
  let giving: Promise<void> = Promise.resolve()
  let isWhole = true
  const give = async (piece: Sound) => {
    if (isOver()) return
    if (!hasBegun()) begin(line.givenMs())
    await line.play(piece)
  }
  try {
    for await (const piece of streamAtRate(sound, playing.soundRate)) {
      if (isOver()) return false
      track.hear(piece)
      giving = giving.then(() => give(piece))
      // Somebody waits for it below, but maybe not before it fails.
      giving.catch(() => {})
      if (track.totalMs() > mostAheadMs) await giving
    }
    await giving
  } catch {
    isWhole = false
  }
  if (isWhole) track.end()
  while (!isOver() && line.heardMs() < line.givenMs()) await waits.wait(line.givenMs() - line.heardMs())
  return isWhole
}

/** Waiting that can be called off. */
interface Waits {
  wait(ms: number): Promise<void>
  cancel(): void
}

/** Looking more often for the end of a sound is work for nothing. */
const leastWaitMs = 5

function openWaits(timers: Timers): Waits {
  let callOff: (() => void) | null = null
  return {
    wait: (ms) =>
      new Promise((resolve) => {
        callOff = timers.after(Math.max(leastWaitMs, ms), () => {
          callOff = null
          resolve()
        })
      }),
    cancel: () => callOff?.(),
  }
}
