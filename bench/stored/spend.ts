/** What a piece of work took: by the clock, and of the processor, which says more on a machine that has other work. */
export interface Spent {
  clockMs: number
  processorMs: number
}

/** Starts counting; call what it returns to read it. */
export function spend(): () => Spent {
  const [start, before] = [performance.now(), process.cpuUsage()]
  return () => {
    const { user, system } = process.cpuUsage(before)
    return { clockMs: performance.now() - start, processorMs: (user + system) / 1000 }
  }
}
