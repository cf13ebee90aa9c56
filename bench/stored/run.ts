import { execFileSync } from 'node:child_process'
import { copyFileSync, existsSync, mkdtempSync, rmSync, statSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { formatSpread, spreadOf } from '../floor/figures.ts'
import { describeLoad } from '../machine-load.ts'
import type { Rates } from './measure.ts'

/**
 * What a full store costs: creates, reads and ends with more and more sessions stored, beside the same with the fewest, each run a
 * process of its own and the sizes in turn: `node bench/stored/run.ts [rounds] [folder] [sizes...]`. In a folder that is named, filled
 * files stay for the next time; `-` names none.
 */
const rounds = Number(process.argv[2] ?? 3)
const kept = process.argv[3] === '-' ? undefined : process.argv[3]
const sizes = process.argv.length > 4 ? process.argv.slice(4).map(Number) : [1000, 10_000, 100_000, 1_000_000]
const aim = 0.8
/** Each run adds 22,000 sessions: nothing to a large file, which is not copied, but much to a small one. */
const largest = 500_000

const folder = kept ?? mkdtempSync(join(tmpdir(), 'parlor-bench-'))
if (kept === undefined) process.on('exit', () => rmSync(folder, { recursive: true, force: true }))

const files = sizes.map(fill)
console.log(describeLoad())
const runs: Rates[][] = []
for (let round = 0; round < rounds; round++) runs.push(sizes.map((size, index) => measure(files[index] ?? '', size)))

console.log(`min / median / max of ${rounds} rounds; the ratio is to ${sizes[0]} stored, of the same round`)
let isReached = true
for (const by of ['processor', 'clock'] as const) {
  console.log(by === 'clock' ? '\nper second by the clock' : '\nper second of processor time')
  for (const verb of ['create', 'read', 'end'] as const) {
    for (const [index, size] of sizes.entries()) {
      const rates = runs.map((run) => run[index]?.[verb][by] ?? Number.NaN)
      const ratio = spreadOf(rates.map((rate, round) => rate / (runs[round]?.[0]?.[verb][by] ?? Number.NaN)))
      const columns = [verb.padEnd(7), String(size).padStart(9), formatSpread(spreadOf(rates)).padEnd(26)]
      console.log(`${columns.join('  ')}${index === 0 ? '' : `${formatSpread(ratio, 2)} (aim ${aim})`}`)
      // By the clock, a neighbour's load on disk and processor counts too.
      if (by === 'processor' && ratio.median < aim) isReached = false
    }
  }
}
console.log(describeLoad())
process.exitCode = isReached ? 0 : 1

function fill(count: number): string {
  const file = join(folder, `${count}.db`)
  const start = performance.now()
  if (!existsSync(`${file}.ids`)) execFileSync(process.execPath, [script('./fill.ts'), file, String(count)])
  const seconds = (performance.now() - start) / 1000
  const mebibytes = statSync(file).size / 2 ** 20
  console.log(`${count} sessions stored in ${seconds.toFixed(0)} s, ${mebibytes.toFixed(0)} MiB`)
  return file
}

function measure(file: string, size: number): Rates {
  const used = size > largest ? file : `${file}.copy`
  if (used !== file) for (const end of ['', '.ids']) copyFileSync(`${file}${end}`, `${used}${end}`)
  return JSON.parse(execFileSync(process.execPath, [script('./measure.ts'), used], { encoding: 'utf8' }))
}

function script(path: string): string {
  return fileURLToPath(new URL(path, import.meta.url))
}
