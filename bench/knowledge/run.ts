import { execFileSync } from 'node:child_process'
import { mkdtempSync, rmSync, statSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { formatSpread, spreadOf } from '../floor/figures.ts'
import type { Figures } from './measure.ts'

/**
 * How fast documents come in, and how long an answer without a model takes, in a small base and in a large one:
 * `node bench/knowledge/run.ts [runs] [chunks...]`. Each run is a process over a new file.
 */
const runs = Number(process.argv[2] ?? 3)
const sizes = process.argv.length > 3 ? process.argv.slice(3).map(Number) : [4000, 100_000]
const aimMs = 50

const folder = mkdtempSync(join(tmpdir(), 'parlor-bench-'))
process.on('exit', () => rmSync(folder, { recursive: true, force: true }))

const bySize = new Map<number, Figures[]>(sizes.map((size) => [size, []]))
for (let run = 0; run < runs; run++) {
  for (const size of sizes) bySize.get(size)?.push(measure(size, join(folder, `${run}-${size}.db`)))
}
const medians: number[] = []
for (const figures of bySize.values()) {
  const [{ chunks, documents, mebibytes }] = figures as [Figures]
  console.log(
    `${chunks} chunks (${documents} documents, ${mebibytes.toFixed(1)} MiB), min / median / max of ${runs} runs and ${figures[0]?.answers.length} questions:`,
  )
  for (const by of ['clockMs', 'processorMs'] as const) {
    const name = by === 'clockMs' ? 'by the clock' : 'of the processor'
    const speed = spreadOf(figures.map((one) => (1000 * one.mebibytes) / one.imported[by]))
    const answers = spreadOf(figures.flatMap((one) => one.answers.map((spent) => spent[by])))
    const searches = spreadOf(figures.flatMap((one) => one.searches.map((spent) => spent[by])))
    console.log(`  import  ${formatSpread(speed, 2)} MiB per second ${name}`)
    console.log(`  answer  ${formatSpread(answers, 1)} ms ${name}, of it in the store ${formatSpread(searches, 1)} ms`)
    if (by === 'processorMs') medians.push(answers.median)
    if (by === 'processorMs' && answers.median > aimMs) process.exitCode = 1
  }
}
console.log(`an answer in the last beside the first: ${((medians.at(-1) ?? 0) / (medians[0] ?? 1)).toFixed(1)} times`)

function measure(size: number, file: string): Figures {
  const script = fileURLToPath(new URL('./measure.ts', import.meta.url))
  const figures: Figures = JSON.parse(
    execFileSync(process.execPath, [script, file, String(size)], { encoding: 'utf8', maxBuffer: 2 ** 26 }),
  )
  console.log(`${size} chunks: file of ${(statSync(file).size / 2 ** 20).toFixed(0)} MiB`)
  rmSync(file)
  return figures
}
