import { Worker } from 'node:worker_threads'
import type { ReadDocument, SentDocument } from '@parlor/conversation/knowledge'
import { refuseField } from '@parlor/core/errors'
import { type FromWorker, fromRefusal } from './worker-messages.ts'

/** One thread that reads one document at a time. */
export interface ReaderWorker {
  /** Rejects with the signal's reason, and kills the thread, when the signal says stop. */
  read(document: SentDocument, signal: AbortSignal): Promise<ReadDocument>
  isAlive(): boolean
  kill(): Promise<void>
}

const ownEntry = new URL('./reader-worker.ts', import.meta.url)
/** An ordinary document of the largest size takes a fifth of this. */
const resourceLimits = { maxOldGenerationSizeMb: 512, maxYoungGenerationSizeMb: 64, stackSizeMb: 4 }

/** Outside of the heap, where those limits do not reach: what streams are unzipped into. */
const outsideLimitBytes = 512 * 1024 * 1024
const watchEveryMs = 200

export function openWorker(entry: URL = ownEntry): ReaderWorker {
  // The thread inherits nothing: no settings, no arguments, no way to write on our outputs.
  const thread = new Worker(entry, { resourceLimits, env: {}, argv: [], execArgv: [], stdout: true, stderr: true })
  thread.unref()
  let isAlive = true
  let settle: ((answer: FromWorker | Error) => void) | null = null
  const end = (error: Error) => {
    isAlive = false
    settle?.(error)
  }
  thread.on('message', (answer: FromWorker) => settle?.(answer))
  thread.on('error', end)
  thread.on('exit', () => end(new Error('The thread ended.')))
  const kill = async () => {
    isAlive = false
    await thread.terminate()
  }
  return {
    isAlive: () => isAlive,
    kill,
    read: (document, signal) =>
      new Promise((resolve, reject) => {
        if (signal.aborted) return reject(signal.reason)
        const stop = () => {
          settle = null
          clearInterval(watch)
          // Killed at once: an endless loop hears nothing.
          void kill()
          reject(signal.reason)
        }
        const watch = setInterval(() => {
          thread.getHeapStatistics().then(
            ({ external_memory }) => {
              if (external_memory <= outsideLimitBytes) return
              settle?.(new Error('The document unzips to more than it may.'))
              void kill()
            },
            // It ended by itself, and has said so.
            () => {},
          )
        }, watchEveryMs)
        settle = (answer) => {
          settle = null
          clearInterval(watch)
          signal.removeEventListener('abort', stop)
          thread.unref()
          if (answer instanceof Error) reject(refuseExhausting(document.field, answer))
          else if ('refusal' in answer) reject(fromRefusal(answer.refusal))
          else resolve(answer.read)
        }
        if (!isAlive) return settle(new Error('The thread had ended.'))
        signal.addEventListener('abort', stop, { once: true })
        thread.ref()
        thread.postMessage(document)
      }),
  }
}

function refuseExhausting(field: SentDocument['field'], cause: Error): Error {
  const message =
    'reading it takes more memory than a document may. Split it into several, or save it in a simpler form.'
  const refusal = refuseField([field], 'too_complex', message)
  refusal.cause = cause
  return refusal
}
