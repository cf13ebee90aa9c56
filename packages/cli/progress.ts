import { Presets, SingleBar } from 'cli-progress'
import { count } from './print.ts'

export interface Progress {
  step(): void
  done(): void
}

/** A bar on a terminal; a line at the start where there is none, so that logs stay readable. */
export function showProgress(title: string, total: number): Progress {
  if (!process.stderr.isTTY) {
    console.error(`${title}: ${count(total, 'document')}`)
    return { step: () => {}, done: () => {} }
  }
  const bar = new SingleBar({ format: `${title} [{bar}] {value}/{total} · {eta_formatted} left` }, Presets.rect)
  bar.start(total, 0)
  return { step: () => bar.increment(), done: () => bar.stop() }
}
