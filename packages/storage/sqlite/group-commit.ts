import type { DatabaseSync } from 'node:sqlite'
import { ParlorError } from '@parlor/core/errors'
import { prepareWrite } from './prepare-write.ts'
import { tellCaller } from './sqlite-error.ts'

/** Writes that share a commit, and thereby one wait for the disk. */
export interface GroupCommit {
  /**
   * Runs `work` in the next transaction and resolves once that is committed. An error thrown by it undoes only its own writes.
   * @throws ParlorError `unavailable` when the commit failed: then nothing of the group was written.
   */
  write<T>(work: () => T): Promise<T>
  /**
   * The same for work that throws only as long as it has changed nothing. It goes without a savepoint, which keeps a copy of
   * every page the work touches and costs a fifth of it. Should it throw after a change all the same, the whole group is undone.
   */
  writeChecked<T>(work: () => T): Promise<T>
  stats(): CommitStats
  /** Commits what is queued, and refuses every later write. */
  stop(): void
}

export interface CommitStats {
  /** Writes that wait for their commit. */
  pending: number
  /** Writes and commits since the start; commits that failed. */
  written: number
  commits: number
  failedCommits: number
}

interface Job {
  work: () => unknown
  isChecked: boolean
  resolve: (value: unknown) => void
  reject: (reason: unknown) => void
}

type Outcome = { job: Job; value: unknown } | { job: Job; error: unknown }

/** A turn of the event loop is held up by one group at most this long, unless a single write takes longer. */
const mostJobs = 512
const longestGroupMs = 20

/** Something of the store's own that is written with each group. */
export interface Rider {
  beforeCommit(): void
  committed(): void
  /** The group was undone, and what was written before the commit with it. */
  undone(): void
}

/** Several riders as one. */
export function ridersTogether(...riders: readonly Rider[]): Rider {
  return {
    beforeCommit: () => {
      for (const rider of riders) rider.beforeCommit()
    },
    committed: () => {
      for (const rider of riders) rider.committed()
    },
    undone: () => {
      for (const rider of riders) rider.undone()
    },
  }
}

export function groupCommits(db: DatabaseSync, rider?: Rider): GroupCommit {
  const begin = prepareWrite(db, 'BEGIN IMMEDIATE')
  const commit = prepareWrite(db, 'COMMIT')
  const savepoint = prepareWrite(db, 'SAVEPOINT job')
  const release = prepareWrite(db, 'RELEASE job')
  const undo = prepareWrite(db, 'ROLLBACK TO job')
  const changes = db.prepare('SELECT total_changes() AS n')
  const stats = { written: 0, commits: 0, failedCommits: 0 }
  let queue: Job[] = []
  let scheduled = false
  let stopped = false

  const runJob = (job: Job): Outcome => {
    savepoint.run()
    try {
      const value = job.work()
      release.run()
      return { job, value }
    } catch (error) {
      // A full disk or a failing one makes SQLite roll back everything on its own: then the whole group failed.
      if (!db.isTransaction) throw error
      undo.run()
      release.run()
      return { job, error }
    }
  }

  const runChecked = (job: Job): Outcome => {
    const before = changes.get()?.n
    try {
      return { job, value: job.work() }
    } catch (error) {
      if (!db.isTransaction || changes.get()?.n !== before) throw error
      return { job, error }
    }
  }

  const runGroup = (taken: Job[]): Outcome[] => {
    const until = performance.now() + longestGroupMs
    const outcomes: Outcome[] = []
    begin.run()
    while (taken.length > outcomes.length && outcomes.length < mostJobs) {
      const job = taken[outcomes.length] as Job
      outcomes.push(job.isChecked ? runChecked(job) : runJob(job))
      if (performance.now() > until) break
    }
    rider?.beforeCommit()
    commit.run()
    return outcomes
  }

  const flush = (): void => {
    scheduled = false
    // Stopping takes the queue before its turn comes.
    if (queue.length === 0) return
    const taken = queue
    queue = []
    try {
      const outcomes = runGroup(taken)
      queue = taken.slice(outcomes.length).concat(queue)
      stats.commits += 1
      stats.written += outcomes.length
      rider?.committed()
      for (const outcome of outcomes) settle(outcome)
    } catch (cause) {
      stats.failedCommits += 1
      for (const job of taken) job.reject(new ParlorError('unavailable', { cause }))
      rider?.undone()
      if (db.isTransaction) db.exec('ROLLBACK')
    }
    if (queue.length > 0) schedule()
  }

  const schedule = (): void => {
    if (scheduled) return
    scheduled = true
    setImmediate(flush)
  }

  const enqueue = <T>(work: () => T, isChecked: boolean): Promise<T> => {
    if (stopped) return Promise.reject(new ParlorError('unavailable', { message: 'Parlor is stopping.' }))
    return new Promise<T>((resolve, reject) => {
      queue.push({ work, isChecked, resolve: resolve as (value: unknown) => void, reject })
      schedule()
    })
  }

  return {
    write: (work) => enqueue(work, false),
    writeChecked: (work) => enqueue(work, true),
    stats: () => ({ pending: queue.length, ...stats }),
    stop: () => {
      stopped = true
      while (queue.length > 0) flush()
    },
  }
}

function settle(outcome: Outcome): void {
  if ('error' in outcome) outcome.job.reject(tellCaller(outcome.error))
  else outcome.job.resolve(outcome.value)
}
