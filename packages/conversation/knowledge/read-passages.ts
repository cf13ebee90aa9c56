import type { Clock } from '@parlor/core/time'
import type { Timers } from '../turn/turn.ts'
import type { SentenceModel } from './sentence-model.ts'
import { textToRead } from './text-to-read.ts'
import type { UnreadPassage, VectorStore } from './vector-store.ts'

export interface PassageReaderPorts {
  vectors: Pick<VectorStore, 'claimUnread' | 'putVectors'>
  model: SentenceModel
  clock: Clock
  timers: Timers
  log: { info(fields: object, message: string): void; warn(fields: object, message: string): void }
}

/** Has a sentence model read every passage of a store once, in the background. */
export interface PassageReader {
  start(): void
  /** A document was put. */
  nudge(): void
  /** Breaks off what is under way, and resolves when nothing is. */
  stop(): Promise<void>
  /** Passages read since the start, and whether the last attempt failed. */
  progress(): { read: number; isFailing: boolean }
}

const claim = { limit: 32, forMs: 120_000 } as const
/** Documents of other nodes, and passages somebody took and did not read, are found by looking. */
const lookEveryMs = 60_000
const retryMs = { first: 5_000, longest: 300_000 } as const

interface Batch {
  passages: UnreadPassage[]
  /** Until when nobody else reads them. */
  until: number
}

/** A reader that has not started yet. A fault is logged once, until it is over; meanwhile it waits from 5 s, doubling, to 5 min. */
export function passageReader(ports: PassageReaderPorts): PassageReader {
  const { log, model } = ports
  const stopping = new AbortController()
  const rest = restFor(ports.timers)
  const read = batchReader(ports, stopping.signal)
  let working: Promise<void> | null = null
  let total = 0
  let faults = 0

  async function readAll(): Promise<void> {
    let count = 0
    try {
      for (let some = await read(); some > 0; some = await read()) {
        count += some
        total += some
        if (faults > 0) log.info({ model: model.name }, 'passages are read again')
        faults = 0
      }
      // Also where another node has read what this one could not.
      faults = 0
      if (count > 0) log.info({ model: model.name, passages: count }, 'the sentence model has read all new passages')
    } catch (err) {
      if (stopping.signal.aborted) return
      if (faults === 0) log.warn({ err, model: model.name }, 'passages cannot be read; words decide until they can')
      faults += 1
    }
  }

  async function work(): Promise<void> {
    while (!stopping.signal.aborted) {
      rest.forgetNudge()
      await readAll()
      // An endpoint that fails is left alone, however many documents come.
      await (faults > 0 ? rest.wait(retryAfter(faults), 'without') : rest.wait(lookEveryMs, 'with a nudge'))
    }
  }

  return {
    start() {
      working ??= work()
    },
    nudge: rest.nudge,
    async stop() {
      stopping.abort()
      rest.stop()
      await working
    },
    progress: () => ({ read: total, isFailing: faults > 0 }),
  }
}

function retryAfter(faults: number): number {
  return Math.min(retryMs.longest, retryMs.first * 2 ** (faults - 1))
}

/** Reads the next passages; none, when none are unread. New ones go before those that failed, so that these never hold up the others. */
function batchReader({ vectors, model, clock }: PassageReaderPorts, signal: AbortSignal): () => Promise<number> {
  let failed: Batch[] = []

  async function next(): Promise<Batch | undefined> {
    const now = clock.now()
    const until = now + claim.forMs
    const passages = await vectors.claimUnread(model.name, { limit: claim.limit, now, until })
    if (passages.length > 0) return { passages, until }
    failed = failed.filter((batch) => batch.until > now)
    return failed.shift()
  }

  return async () => {
    signal.throwIfAborted()
    const batch = await next()
    if (batch === undefined) return 0
    try {
      const read = await model.embed(batch.passages.map(textToRead), signal)
      const pairs = batch.passages.flatMap(({ id }, i) => {
        const vector = read[i]
        return vector ? { id, vector } : []
      })
      await vectors.putVectors(model.name, pairs)
      return batch.passages.length
    } catch (error) {
      failed.push(batch)
      throw error
    }
  }
}

/** A wait that ends early with `stop`, and, where it may, with a nudge; also with one that came before it and after `forgetNudge`. */
function restFor({ after }: Timers) {
  let isNudged = false
  let isOver = false
  let mayBeNudged = false
  let end = () => {}
  return {
    forgetNudge() {
      isNudged = false
    },
    nudge() {
      isNudged = true
      if (mayBeNudged) end()
    },
    stop() {
      isOver = true
      end()
    },
    async wait(ms: number, wakes: 'with a nudge' | 'without'): Promise<void> {
      mayBeNudged = wakes === 'with a nudge'
      if (isOver || (mayBeNudged && isNudged)) return
      const { promise, resolve } = Promise.withResolvers<void>()
      end = resolve
      const callOff = after(ms, resolve)
      await promise
      callOff()
    },
  }
}
