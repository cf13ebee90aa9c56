import { SpeechFault, type SpeechPart } from './speech-fault.ts'

/** Waits for an endpoint, but not for whoever listens: they may take as long as they like between two pieces. */
export interface SpeechWait {
  /** Aborts when the caller's signal does, or with a SpeechFault when time is up. */
  signal: AbortSignal
  /** Gives a step so many milliseconds. @throws SpeechFault `late`, the signal's reason, or what the step throws. */
  within<T>(ms: number, step: Promise<T>): Promise<T>
  /** Lets go of the request, whatever of it still runs. */
  stop(): void
}

/** @param totalMs how long all steps may take together. */
export function startWait(part: SpeechPart, totalMs: number, outer: AbortSignal): SpeechWait {
  const controller = new AbortController()
  const signal = AbortSignal.any([outer, controller.signal])
  let left = totalMs
  return {
    signal,
    async within(ms, step) {
      const begun = performance.now()
      const timer = setTimeout(() => controller.abort(new SpeechFault(part, 'late')), Math.min(ms, left))
      try {
        return await step
      } catch (error) {
        signal.throwIfAborted()
        throw error
      } finally {
        clearTimeout(timer)
        left = Math.max(0, left - (performance.now() - begun))
      }
    },
    stop: () => controller.abort(),
  }
}

/** What comes, piece by piece; the first within `firstMs`, each other within `idleMs`. The request is let go of in the end. */
export async function* readInTime(
  body: ReadableStream<Uint8Array>,
  wait: SpeechWait,
  { firstMs, idleMs }: { firstMs: number; idleMs: number },
): AsyncGenerator<Uint8Array> {
  const reader = body.getReader()
  try {
    for (let ms = firstMs; ; ms = idleMs) {
      const { done, value } = await wait.within(ms, reader.read())
      if (done) return
      yield value
    }
  } finally {
    // Of a body that broke there is nothing to cancel.
    await reader.cancel().catch(() => {})
  }
}
