import type { DocumentReader } from '@parlor/conversation/knowledge'
import { readTextDocument } from '@parlor/conversation/knowledge'
import { ParlorError, refuseField } from '@parlor/core/errors'
import { openWorker, type ReaderWorker } from './open-worker.ts'

export interface ReaderOptions {
  /** Threads at most. Default 2. */
  workers?: number
  /** For one document, from the moment it is begun. Default 30,000. */
  timeoutMs?: number
  /** Documents that wait at most; one more is told to come later. Default 32. */
  waiting?: number
  /** After that long without work a thread is let go. Default 30,000. */
  idleMs?: number
  /** The file a thread runs; tests give others. */
  entry?: URL
}

/** Below this, text is read where it is called: a few milliseconds. */
const smallText = 256 * 1024

interface Job {
  resolve(worker: ReaderWorker): void
  reject(reason: unknown): void
}

/**
 * Reads documents in threads of their own, so that nothing a stranger sends holds up the rest; a thread that takes too long
 * or too much memory is killed and replaced.
 */
export function workerReader(options: ReaderOptions = {}): DocumentReader & { close(): Promise<void> } {
  const { workers = 2, timeoutMs = 30_000, waiting = 32, idleMs = 30_000, entry } = options
  const idle: { worker: ReaderWorker; timer: NodeJS.Timeout }[] = []
  const queue: Job[] = []
  const open = new Set<ReaderWorker>()
  let busy = 0
  let isClosed = false

  const letGo = async (worker: ReaderWorker): Promise<void> => {
    open.delete(worker)
    await worker.kill()
  }
  const takeWorker = (): ReaderWorker => {
    busy += 1
    for (let rest = idle.pop(); rest; rest = idle.pop()) {
      clearTimeout(rest.timer)
      if (rest.worker.isAlive()) return rest.worker
      open.delete(rest.worker)
    }
    const worker = openWorker(entry)
    open.add(worker)
    return worker
  }
  const giveBack = (worker: ReaderWorker): void => {
    busy -= 1
    if (isClosed || !worker.isAlive()) void letGo(worker)
    else {
      const timer = setTimeout(() => {
        idle.splice(
          idle.findIndex((one) => one.worker === worker),
          1,
        )
        void letGo(worker)
      }, idleMs)
      timer.unref()
      idle.push({ worker, timer })
    }
    if (!isClosed) queue.shift()?.resolve(takeWorker())
  }
  const waitForWorker = (signal: AbortSignal): Promise<ReaderWorker> => {
    if (isClosed) return Promise.reject(closing())
    if (busy < workers) return Promise.resolve(takeWorker())
    if (queue.length >= waiting) return Promise.reject(tooMany())
    return new Promise((resolve, reject) => {
      const leave = () => {
        queue.splice(queue.indexOf(job), 1)
        reject(signal.reason)
      }
      const job: Job = {
        resolve: (worker) => {
          signal.removeEventListener('abort', leave)
          resolve(worker)
        },
        reject,
      }
      signal.addEventListener('abort', leave, { once: true })
      queue.push(job)
    })
  }
  return {
    read: async (document, signal) => {
      signal.throwIfAborted()
      const isText = document.type === 'text/markdown' || document.type === 'text/plain'
      if (isText && document.bytes.byteLength <= smallText) return readTextDocument(document)
      const worker = await waitForWorker(signal)
      try {
        return await worker.read(document, AbortSignal.any([signal, AbortSignal.timeout(timeoutMs)]))
      } catch (error) {
        if (isClosed) throw closing()
        if (!signal.aborted && error instanceof DOMException && error.name === 'TimeoutError') {
          throw refuseField([document.field], 'too_slow', tooSlow(timeoutMs))
        }
        throw error
      } finally {
        giveBack(worker)
      }
    },
    close: async () => {
      isClosed = true
      for (const job of queue.splice(0)) job.reject(closing())
      for (const { timer } of idle.splice(0)) clearTimeout(timer)
      await Promise.all([...open].map(letGo))
    },
  }
}

function tooSlow(timeoutMs: number): string {
  return `reading it took more than ${Math.ceil(timeoutMs / 1000)} seconds. Split it into several documents, or save it in a simpler form.`
}

function tooMany(): ParlorError {
  return new ParlorError('unavailable', {
    message: 'Too many documents are being read at once. Send this one again in a minute.',
  })
}

function closing(): ParlorError {
  return new ParlorError('unavailable', { message: 'The server is stopping. Send the document again shortly.' })
}
