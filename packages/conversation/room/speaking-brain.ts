import type { Brain } from '../brain/index.ts'
import { untilAborted } from '../brain/index.ts'
import type { Timers } from '../turn/index.ts'
import type { Speech } from './speech.ts'

/**
 * A brain that is not done before its answer was spoken: an answer is stored when it was heard, so that one that is interrupted
 * is stored as far as it was. While it only waits, it says so every `signMs` milliseconds.
 */
export function speakingBrain(brain: Brain, speech: Pick<Speech, 'finish'>, timers: Timers, signMs: number): Brain {
  return {
    mode: brain.mode,
    ...(brain.modeFor && { modeFor: (model: string) => brain.modeFor?.(model) ?? brain.mode }),
    async *reply(context, signal) {
      for await (const part of brain.reply(context, signal)) {
        if (part.type === 'done') yield* waitFor(speech.finish(), signal)
        yield part
      }
    },
  }

  async function* waitFor(spoken: Promise<void>, signal: AbortSignal) {
    const beforeAbort = untilAborted(signal)
    const over = spoken.then(() => true)
    for (;;) {
      const pause = Promise.withResolvers<false>()
      const callOff = timers.after(signMs, () => pause.resolve(false))
      const isSpoken = await beforeAbort(Promise.race([over, pause.promise]))
      callOff()
      if (isSpoken) return
      yield { type: 'text' as const, text: '' }
    }
  }
}
