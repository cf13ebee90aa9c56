import type { AudioSource } from '@livekit/rtc-node'
import type { Sound } from '@parlor/conversation/speech'
import type { Rtc } from './load-rtc.ts'
import { openSampleQueue } from './sample-queue.ts'

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
 * A fifth of the calls that 20 ms would take on our thread, 0.2 ms each, and nobody hears a difference: the native side cuts its
 * own 10 ms, and a hush empties it.
 */
const pieceMs = 100
const enoughMs = 1000
/** What was handed over has long landed by then. */
const longestHushMs = 500
/** What one seat may hold; whoever does not wait for `play` loses what is beyond it. */
const mostMs = 300_000

/** The sound of one seat: queued here without limit of a piece's length, and handed over bit by bit. */
export function openSeatSound(rtc: Rtc, source: AudioSource, rate: number): SeatSound {
  const waiting = openSampleQueue()
  let unanswered = 0
  let timer: NodeJS.Timeout | null = null
  let isClosed = false
  /** What was handed over lands after a clearing that was asked for later: it is cleared again once all of it has landed. */
  let isHushing = false
  let waiters: (() => void)[] = []
  const piece = Math.round((rate * pieceMs) / 1000)
  const queuedMs = () => (isClosed ? 0 : (waiting.size() / rate) * 1000 + source.queuedDuration)

  const handOver = (samples: Int16Array) => {
    unanswered += 1
    // A slice has memory of its own, which is what the binding reads: it looks at the whole buffer, not at the view.
    const frame = new rtc.AudioFrame(samples.slice(), rate, 1, samples.length)
    source.captureFrame(frame).then(answered, answered)
  }
  const answered = () => {
    unanswered -= 1
    if (unanswered === 0) settle()
  }
  const settle = () => {
    if (!isHushing || isClosed) return
    isHushing = false
    source.clearQueue()
    if (timer) clearTimeout(timer)
    pump()
  }
  const releaseWaiters = () => {
    const released = waiters
    waiters = []
    for (const release of released) release()
  }
  const pump = () => {
    timer = null
    if (isClosed || isHushing) return
    while (source.queuedDuration < aheadMs && unanswered < (nativeQueueMs - aheadMs) / pieceMs) {
      const next = waiting.take(piece)
      if (!next) break
      handOver(next)
    }
    if (queuedMs() < enoughMs) releaseWaiters()
    if (waiting.size() > 0 || waiters.length > 0) timer = setTimeout(pump, pieceMs)
  }
  const forget = () => {
    waiting.clear()
    releaseWaiters()
  }

  return {
    async play({ samples, rate: given }) {
      if (isClosed || samples.length === 0) return
      if (given !== rate) throw new RangeError(`This seat plays ${rate} samples a second, not ${given}.`)
      if (queuedMs() > mostMs) return
      waiting.put(samples)
      if (timer) clearTimeout(timer)
      pump()
      if (isClosed || queuedMs() < enoughMs) return
      await new Promise<void>((resolve) => waiters.push(resolve))
    },
    queuedMs,
    hush() {
      if (isClosed) return
      forget()
      isHushing = unanswered > 0
      source.clearQueue()
      // An answer that never comes must not keep the avatar silent.
      if (isHushing) setTimeout(settle, longestHushMs).unref()
    },
    close() {
      isClosed = true
      if (timer) clearTimeout(timer)
      forget()
    },
  }
}
