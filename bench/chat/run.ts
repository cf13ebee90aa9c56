import { fork } from 'node:child_process'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { askProcess } from '../ask-process.ts'
import { formatSpread, percentile, spreadOf } from '../floor/figures.ts'
import { readProcessorSeconds } from '../floor/processor-time.ts'
import { describeLoad } from '../machine-load.ts'
import { openPostgres } from '../postgres/open-postgres.ts'
import type { Firsts, Target } from './caller.ts'
import type { Told } from './endpoint.ts'
import { hearStreams } from './hear-streams.ts'
import { startChats } from './start-chats.ts'

/**
 * What Parlor adds to a streamed answer over the same endpoint asked directly, and what many streams at once cost both:
 * `node bench/chat/run.ts [rounds] [streams] [seconds per figure] [sqlite|postgres]`.
 */
const rounds = Number(process.argv[2] ?? 400)
const streams = Number(process.argv[3] ?? 200)
const seconds = Number(process.argv[4] ?? 10)
const store = process.argv[5] ?? 'sqlite'
const aimMs = 2
/** Milliseconds between the words of a stream: as models speak, then faster and faster. */
const paces = [
  { leastMs: 30, mostMs: 60 },
  { leastMs: 15, mostMs: 30 },
  { leastMs: 8, mostMs: 14 },
  { leastMs: 4, mostMs: 6 },
]

const folder = mkdtempSync(join(tmpdir(), 'parlor-bench-'))
const endpoint = fork(fileURLToPath(new URL('./endpoint.ts', import.meta.url)))
const caller = fork(fileURLToPath(new URL('./caller.ts', import.meta.url)))
process.on('exit', () => {
  for (const child of [endpoint, caller]) child.kill('SIGKILL')
  rmSync(folder, { recursive: true, force: true })
})

const { port } = await askProcess<Told>(endpoint, { do: 'tell' })
const direct: Target = { name: 'the endpoint directly', port, path: '/v1/chat/completions', callers: [{}] }
const postgres = store === 'postgres' ? await openPostgres() : null
const chats = await startChats({
  folder,
  baseUrl: `http://127.0.0.1:${port}/v1`,
  callers: streams,
  makeDatabase: postgres?.makeDatabase,
})
const targets = [direct, ...chats.map(({ target }) => target)]

console.log(`${store}, ${describeLoad()}`)
await askProcess(endpoint, { do: 'speak', pace: { words: 8, leastMs: 0, mostMs: 0 } })
await askProcess(caller, { do: 'ask in turn', targets, rounds: Math.ceil(rounds / 2) })
const usedBefore = chats.map(({ server }) => readProcessorSeconds(server.pid) ?? Number.NaN)
const firsts = await askProcess<Firsts[]>(caller, { do: 'ask in turn', targets, rounds })
const used = chats.map(
  ({ server }, index) => (readProcessorSeconds(server.pid) ?? Number.NaN) - (usedBefore[index] ?? 0),
)
console.log(`\n${rounds} rounds, one request at a time, milliseconds: min / median / max, p99`)
const base = firsts[0]?.byteMs ?? []
for (const [index, { name }] of targets.entries()) {
  const times = firsts[index]?.byteMs ?? []
  const added = times.map((ms, round) => ms - (base[round] ?? 0))
  const { median } = spreadOf(added)
  const verdict = `(aim ${aimMs}: ${median < aimMs ? 'reached' : 'missed'})`
  const more = index === 0 ? '' : `   added ${show(added)} ${verdict}`
  console.log(`first byte  ${name.padEnd(28)}${show(times)}${more}`)
}
for (const [index, { target }] of chats.entries()) {
  const perRequest = (1000 * (used[index] ?? 0)) / rounds
  console.log(`processor   ${target.name.padEnd(28)}${perRequest.toFixed(1)} ms for a whole request of eight words`)
}

console.log(`\n${streams} streams at once, each figure over ${seconds} s; busy is the share of one core`)
for (const pace of paces) {
  for (const chat of [null, chats[0] ?? null]) {
    console.log(await hearStreams({ endpoint, caller, pace, chat, direct, streams, forMs: seconds * 1000 }))
  }
}
console.log(`\n${describeLoad()}`)
for (const { server } of chats) await server.stop()
await postgres?.remove()
process.exit(0)

function show(values: number[]): string {
  return `${formatSpread(spreadOf(values), 2)}, ${percentile(values, 0.99).toFixed(1)}`
}
