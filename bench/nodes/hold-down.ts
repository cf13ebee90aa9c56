import { readdirSync, readFileSync } from 'node:fs'

const everyMs = 4

/**
 * Holds a process to a share of one core by stopping it whenever it has had more: so that several nodes can be compared with one
 * on a machine that has not a core for each. Linux only. Call what it returns to let it go.
 */
export function holdDown(pid: number, share: number): () => void {
  let isStopped = false
  let allowedNs = 0
  let usedNs = readNanoseconds(pid)
  let at = performance.now()
  const timer = setInterval(() => {
    const [now, used] = [performance.now(), readNanoseconds(pid)]
    // What was not used is lost after a moment: nobody saves up for later.
    allowedNs = Math.min(allowedNs + (now - at) * 1e6 * share - (used - usedNs), everyMs * 5e6 * share)
    ;[at, usedNs] = [now, used]
    const mustStop = allowedNs < 0
    if (mustStop !== isStopped) process.kill(pid, mustStop ? 'SIGSTOP' : 'SIGCONT')
    isStopped = mustStop
  }, everyMs)
  return () => {
    clearInterval(timer)
    process.kill(pid, 'SIGCONT')
  }
}

/** Processor time of all its threads so far. */
function readNanoseconds(pid: number): number {
  let sum = 0
  for (const thread of readdirSync(`/proc/${pid}/task`)) {
    try {
      sum += Number(readFileSync(`/proc/${pid}/task/${thread}/schedstat`, 'utf8').split(' ')[0])
    } catch {
      // A thread that has just ended.
    }
  }
  return sum
}
