import { type ModelTimeouts, startDeadlines } from './deadlines.ts'
import { ModelFault } from './model-fault.ts'
import { readAnswer, type Word } from './read-answer.ts'
import { readEvents } from './read-events.ts'

/** Asks for an answer, until the signal aborts. */
type Ask = (signal: AbortSignal) => Promise<ReadableStream<Uint8Array>>

/**
 * Streams an answer. However it ends, the request to the endpoint is closed by then.
 * @throws ModelFault when no whole answer comes; what was said before it stands.
 */
export async function* streamWords(ask: Ask, timeouts: ModelTimeouts, signal: AbortSignal): AsyncGenerator<Word> {
  const deadlines = startDeadlines(timeouts, signal)
  const events = readEvents()
  const answer = readAnswer(deadlines.heard)
  try {
    const reader = await openReader(ask, deadlines.signal)
    for (let step = await reader.read(); !step.done; step = await reader.read()) {
      for (const event of events(step.value)) for (const word of answer.take(event)) yield word
    }
    deadlines.signal.throwIfAborted()
    for (const word of answer.end()) yield word
  } catch (error) {
    deadlines.signal.throwIfAborted()
    throw error instanceof ModelFault ? error : new ModelFault('broken')
  } finally {
    deadlines.stop()
  }
}

/**
 * Reads what the endpoint sends until `signal` aborts. Cancelling ends a read that waits, whatever hangs behind it: a race
 * for every read would keep something of each until the last one is over.
 */
function openReader(ask: Ask, signal: AbortSignal): Promise<ReadableStreamDefaultReader<Uint8Array>> {
  return new Promise((resolve, reject) => {
    signal.throwIfAborted()
    signal.addEventListener('abort', () => reject(signal.reason), { once: true })
    ask(signal).then((stream) => {
      const reader = stream.getReader()
      const letGo = () => void reader.cancel(signal.reason).catch(() => {})
      if (signal.aborted) letGo()
      else signal.addEventListener('abort', letGo, { once: true })
      resolve(reader)
    }, reject)
  })
}
