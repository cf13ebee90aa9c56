/** Waiting that news cuts short. */
export interface Pauses {
  pauseOrNews(ms: number): Promise<void>
  /** Ends every pause that is going on. */
  news(): void
  /** Ends them, and lets none begin. */
  close(): void
}

export function createPauses(): Pauses {
  const waiting = new Set<() => void>()
  let isClosed = false
  return {
    pauseOrNews: (ms) =>
      new Promise((resolve) => {
        if (isClosed) return resolve()
        const end = () => {
          clearTimeout(timer)
          waiting.delete(end)
          resolve()
        }
        const timer = setTimeout(end, ms)
        waiting.add(end)
      }),
    news() {
      for (const end of waiting) end()
    },
    close() {
      isClosed = true
      for (const end of waiting) end()
    },
  }
}
