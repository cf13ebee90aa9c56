import { ModelFault } from './model-fault.ts'

/** How long an endpoint may take, in milliseconds. */
export interface ModelTimeouts {
  /** Until its first word, of thought or of answer. */
  firstTokenMs: number
  /** Between two words. */
  silenceMs: number
  /** Until its last word. */
  totalMs: number
}

export const defaultTimeouts: ModelTimeouts = { firstTokenMs: 30_000, silenceMs: 20_000, totalMs: 120_000 }

/** One call's clock. */
export interface Deadlines {
  /** Aborts when the caller's signal does, or with a ModelFault when time is up. */
  signal: AbortSignal
  /** A word came. */
  heard(): void
  /** Stops the clock and aborts the signal, so that whatever still runs ends. */
  stop(): void
}

export function startDeadlines(timeouts: ModelTimeouts, outer: AbortSignal): Deadlines {
  const controller = new AbortController()
  const giveUp = () => controller.abort(new ModelFault('late'))
  const pass = () => controller.abort(outer.reason)
  const total = setTimeout(giveUp, timeouts.totalMs)
  const first = setTimeout(giveUp, timeouts.firstTokenMs)
  let next: NodeJS.Timeout | undefined
  if (outer.aborted) pass()
  outer.addEventListener('abort', pass, { once: true })
  return {
    signal: controller.signal,
    heard() {
      clearTimeout(first)
      next = next?.refresh() ?? setTimeout(giveUp, timeouts.silenceMs)
    },
    stop() {
      clearTimeout(total)
      clearTimeout(first)
      clearTimeout(next)
      outer.removeEventListener('abort', pass)
      controller.abort()
    },
  }
}
