import { execFileSync } from 'node:child_process'
import { copyFileSync, existsSync, mkdtempSync, rmSync, statSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { formatSpread, spreadOf } from '../floor/figures.ts'
import type { Rates } from './measure.ts'

/**
 * What a full store costs: creates, reads and ends with many sessions stored beside the same with a thousand, each run a
 * process over a fresh copy of the file, the two in turn: `node bench/stored/run.ts [sessions] [pairs of runs] [folder]`.
 * In a folder that is named, filled files stay for the next time.
 */
const many = Number(process.argv[2] ?? 1_000_000)
const pairs = Number(process.argv[3] ?? 5)
const kept = process.argv[4]
const few = 1000
const aim = 0.8

const folder = kept ?? mkdtempSync(join(tmpdir(), 'parlor-bench-'))
if (kept === undefined) process.on('exit', () => rmSync(folder, { recursive: true, force: true }))

const files = { few: fill(few), many: fill(many) }
const runs: { few: Rates; many: Rates }[] = []
for (let pair = 0; pair < pairs; pair++) runs.push({ few: measure(files.few), many: measure(files.many) })

console.log(`min / median / max of ${pairs} runs: ${few} stored | ${many} stored | ratio of the runs of a pair`)
let isReached = true
for (const by of ['clock', 'processor'] as const) {
  console.log(by === 'clock' ? 'per second by the clock' : 'per second of processor time')
  for (const verb of ['create', 'read', 'end'] as const) {
    const ratio = spreadOf(runs.map((run) => run.many[verb][by] / run.few[verb][by]))
    const at = (size: 'few' | 'many') => formatSpread(spreadOf(runs.map((run) => run[size][verb][by])))
    console.log(`${verb.padEnd(6)}  ${at('few')} | ${at('many')} | ${formatSpread(ratio, 2)} (aim ${aim})`)
    // By the clock, a neighbour's load on disk and processor counts too.
    if (by === 'processor' && ratio.median < aim) isReached = false
  }
}
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

function measure(file: string): Rates {
  const copy = `${file}.copy`
  for (const end of ['', '.ids']) copyFileSync(`${file}${end}`, `${copy}${end}`)
  return JSON.parse(execFileSync(process.execPath, [script('./measure.ts'), copy], { encoding: 'utf8' }))
}

function script(path: string): string {
  return fileURLToPath(new URL(path, import.meta.url))
}
