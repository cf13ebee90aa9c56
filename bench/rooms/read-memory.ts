import { readFileSync } from 'node:fs'

/** Resident memory of a process in MiB; NaN where the system does not tell. */
export function readMemoryMiB(pid: number): number {
  try {
    const [, kilobytes] = /^VmRSS:\s+(\d+) kB/m.exec(readFileSync(`/proc/${pid}/status`, 'utf8')) ?? []
    return Math.round(Number(kilobytes) / 1024)
  } catch {
    return Number.NaN
  }
}
