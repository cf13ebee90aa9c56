import { readFileSync } from 'node:fs'

/** Linux counts in hundredths of a second, whatever its kernel was built with. */
const ticksPerSecond = 100

/**
 * Processor time a process has used so far, of all its threads, in seconds; null where the system does not tell. On a shared
 * machine it says more than the clock: waiting for others is not counted.
 */
export function readProcessorSeconds(pid: number): number | null {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, 'utf8')
    // After the name, which may hold spaces: field 3 is the first, user and system time are fields 14 and 15.
    const fields = stat.slice(stat.lastIndexOf(') ') + 2).split(' ')
    return (Number(fields[11]) + Number(fields[12])) / ticksPerSecond
  } catch {
    return null
  }
}
