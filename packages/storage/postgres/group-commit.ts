import { ParlorError } from '@parlor/core/errors'
import { isOfOneWrite } from './postgres-error.ts'

/** What became of one job of a group. */
export type Outcome<Result> = { value: Result } | { error: unknown }

/** Takes jobs one at a time and does them together. */
export type Lane<Job, Result> = (job: Job) => Promise<Result>

export interface LaneOptions {
  /** Groups under way at once. With one, jobs are done in the order they came. */
  atOnce: number
  /** Jobs in a group. */
  most: number
  /** Whether they write. Then they are counted, and a group that fails is done again one by one, since one may have broken a rule. */
  writes: boolean
}

export interface CommitStats {
  /** Writes that wait for their commit. */
  pending: number
  /** Writes and commits since the start; commits that failed. */
  written: number
  commits: number
  failedCommits: number
}

/** The groups of one store: writes that share a commit, and reads that share a question. */
export interface Groups {
  /**
   * A lane whose groups `run` does as a whole: it resolves with an outcome for each job in order, or rejects when nothing of the
   * group was done. What comes in one turn of the event loop goes together, and what comes while a group is under way.
   */
  lane<Job, Result>(run: (jobs: Job[]) => Promise<Outcome<Result>[]>, options: LaneOptions): Lane<Job, Result>
  stats(): CommitStats
  /** Called after each group of writes that was committed. */
  onCommit(listener: () => void): void
  /** Refuses every later job, and resolves once those there are have ended. */
  stop(): Promise<void>
}

interface Waiting<Job, Result> {
  job: Job
  resolve: (value: Result) => void
  reject: (reason: unknown) => void
}

/** What every lane of a store counts in, and what ends them. */
interface Counts extends CommitStats {
  stopped: boolean
  wake: () => void
  committed: () => void
}

export function groupCommits(): Groups {
  const idle = Promise.withResolvers<void>()
  const counts: Counts = {
    ...{ pending: 0, written: 0, commits: 0, failedCommits: 0 },
    stopped: false,
    wake: idle.resolve,
    committed: () => {},
  }
  return {
    lane: (run, options) => openLane(run, options, counts),
    stats: () => {
      const { pending, written, commits, failedCommits } = counts
      return { pending, written, commits, failedCommits }
    },
    onCommit: (listener) => {
      counts.committed = listener
    },
    stop: () => {
      counts.stopped = true
      if (counts.pending === 0) counts.wake()
      return idle.promise
    },
  }
}

function openLane<Job, Result>(
  run: (jobs: Job[]) => Promise<Outcome<Result>[]>,
  options: LaneOptions,
  counts: Counts,
): Lane<Job, Result> {
  const { atOnce, most } = options
  const attempt = attempts(run, options, counts)
  const queue: Waiting<Job, Result>[] = []
  let underWay = 0
  let scheduled = false

  const flush = (): void => {
    scheduled = false
    while (queue.length > 0 && underWay < atOnce) {
      const taken = queue.splice(0, most)
      underWay += 1
      void attempt(taken).finally(() => {
        underWay -= 1
        if (queue.length > 0) schedule()
      })
    }
  }
  const schedule = (): void => {
    if (scheduled) return
    scheduled = true
    setImmediate(flush)
  }
  return (job) => {
    if (counts.stopped) return Promise.reject(new ParlorError('unavailable', { message: 'Parlor is stopping.' }))
    counts.pending += 1
    return new Promise<Result>((resolve, reject) => {
      queue.push({ job, resolve, reject })
      schedule()
    })
  }
}

/** Does a group and tells each of its jobs what became of it; never rejects. */
function attempts<Job, Result>(
  run: (jobs: Job[]) => Promise<Outcome<Result>[]>,
  { writes }: LaneOptions,
  counts: Counts,
): (taken: Waiting<Job, Result>[]) => Promise<void> {
  const settle = (taken: Waiting<Job, Result>[], outcomes: readonly Outcome<Result>[]): void => {
    for (const [index, { resolve, reject }] of taken.entries()) {
      const outcome = outcomes[index] as Outcome<Result>
      if ('error' in outcome) reject(outcome.error)
      else resolve(outcome.value)
      if (writes) counts.written += 1
    }
    counts.pending -= taken.length
    if (counts.stopped && counts.pending === 0) counts.wake()
  }
  const attempt = async (taken: Waiting<Job, Result>[]): Promise<void> => {
    try {
      const outcomes = await run(taken.map(({ job }) => job))
      if (writes) {
        counts.commits += 1
        counts.committed()
      }
      settle(taken, outcomes)
    } catch (error) {
      if (writes && taken.length > 1 && isOfOneWrite(error)) {
        for (const one of taken) await attempt([one])
        return
      }
      if (writes && !isOfOneWrite(error)) counts.failedCommits += 1
      settle(
        taken,
        taken.map(() => ({ error })),
      )
    }
  }
  return attempt
}
