import type { AudioSource } from '@livekit/rtc-node'
import type { Sound } from '@parlor/conversation/speech'
import type { Rtc } from './load-rtc.ts'

export interface SeatSound {
  play(sound: Sound): Promise<void>
  queuedMs(): number
  hush(): void
  close(): void
}

/**
 * How much is handed to the native queue ahead of time. Its own thread plays it, so this is how long our thread may be busy
 * before anybody hears it.
 */
const aheadMs = 800
/** The native queue holds this much: an over-full one would keep a call waiting for ever when the source is closed. */
export const nativeQueueMs = 2000
/**
 * Measured: ten seats with pieces of 20 ms cost our thread five times the calls of pieces of 100 ms, and nobody hears a
 * difference, since the native side cuts its own 10 ms and a hush empties it.
 */
const pieceMs = 100
const enoughMs = 1000
/** What one seat may hold; whoever does not wait for `play` loses what is beyond it. */
const mostMs = 300_000

/** The sound of one seat: queued here without limit of a piece's length, and handed over bit by bit. */
export function openSeatSound(rtc: Rtc, source: AudioSource, rate: number): SeatSound {
  let waiting: Int16Array[] = []
  let waitingSamples = 0
  let unanswered = 0
  let timer: NodeJS.Timeout | null = null
  let isClosed = false
  let waiters: (() => void)[] = []
  const piece = Math.round((rate * pieceMs) / 1000)
  const queuedMs = () => (isClosed ? 0 : (waitingSamples / rate) * 1000 + source.queuedDuration)

  const handOver = (samples: Int16Array) => {
    unanswered += 1
    // A slice has memory of its own, which is what the binding reads: it looks at the whole buffer, not at the view.
    const frame = new rtc.AudioFrame(samples.slice(), rate, 1, samples.length)
    source.captureFrame(frame).then(answered, answered)
  }
  const answered = () => {
    unanswered -= 1
  }
  const takeNext = (): Int16Array | null => {
    const first = waiting[0]
    if (!first) return null
    const taken = first.subarray(0, piece)
    if (first.length > piece) waiting[0] = first.subarray(piece)
    else waiting.shift()
    waitingSamples -= taken.length
    return taken
  }
  const releaseWaiters = () => {
    const released = waiters
    waiters = []
    for (const release of released) release()
  }
  const pump = () => {
    timer = null
    if (isClosed) return
    while (source.queuedDuration < aheadMs && unanswered < (nativeQueueMs - aheadMs) / pieceMs) {
      const next = takeNext()
      if (!next) break
      handOver(next)
    }
    if (queuedMs() < enoughMs) releaseWaiters()
    if (waiting.length > 0 || waiters.length > 0) timer = setTimeout(pump, pieceMs)
  }
  const forget = () => {
    waiting = []
    waitingSamples = 0
    releaseWaiters()
  }

  return {
    async play({ samples, rate: given }) {
      if (isClosed || samples.length === 0) return
      if (given !== rate) throw new RangeError(`This seat plays ${rate} samples a second, not ${given}.`)
      if (queuedMs() > mostMs) return
      waiting.push(samples)
      waitingSamples += samples.length
      if (timer === null) pump()
      if (isClosed || queuedMs() < enoughMs) return
      await new Promise<void>((resolve) => waiters.push(resolve))
    },
    queuedMs,
    hush() {
      if (isClosed) return
      forget()
      source.clearQueue()
    },
    close() {
      isClosed = true
      if (timer) clearTimeout(timer)
      forget()
    },
  }
}
