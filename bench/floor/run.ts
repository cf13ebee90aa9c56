import { type ChildProcess, fork } from 'node:child_process'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { formatSpread, spreadOf } from './figures.ts'
import type { Job, Result } from './load-client.ts'
import { readProcessorSeconds } from './processor-time.ts'
import { type Server, startFloor, startParlorServer } from './servers.ts'

/** Parlor beside the floor, alternating in one run: `node bench/floor/run.ts [rounds] [requests per figure]`. */
const rounds = Number(process.argv[2] ?? 5)
const count = Number(process.argv[3] ?? 15_000)
const connections = 64
const kinds = ['create', 'read', 'end'] as const
const aim = 0.6
/** Above this the client, not the server, may have been what was measured. */
const busiest = 0.95

type Kind = (typeof kinds)[number]
interface Figure {
  perSecond: number
  /** Processor time of the server for one request. */
  microseconds: number
}
type Round = Record<Kind, Figure>

const folder = mkdtempSync(join(tmpdir(), 'parlor-bench-'))
const client = fork(fileURLToPath(new URL('./load-client.ts', import.meta.url)))
process.on('exit', () => {
  client.kill('SIGKILL')
  rmSync(folder, { recursive: true, force: true })
})

const servers = [await startFloor(folder), await startParlorServer(folder)]
const results = new Map<string, Round[]>(servers.map(({ name }) => [name, []]))
let busiestSeen = 0

console.log(`${rounds} rounds of ${count} requests over ${connections} connections, after a shorter one to warm up.`)
for (const server of servers) await measure(server, Math.ceil(count / 3))
for (let round = 1; round <= rounds; round++) {
  for (const server of servers) {
    const figures = await measure(server, count)
    results.get(server.name)?.push(figures)
    const line = kinds.map((kind) => `${kind} ${figures[kind].perSecond.toFixed(0)}/s`).join('  ')
    console.log(`round ${round} ${server.name.padEnd(6)} ${line}`)
  }
}
report('requests per second, min / median / max', (figure) => figure.perSecond, 0)
report(
  'processor microseconds per request',
  (figure) => 1 / figure.microseconds,
  0,
  (figure) => figure.microseconds,
)
console.log(`\nThe load client was busy at most ${(busiestSeen * 100).toFixed(0)} % of its core.`)
if (busiestSeen > busiest)
  console.log('That is too busy: the faster server was held back, and the ratios flatter the slower one.')
for (const server of servers) await server.stop()
process.exit(0)

async function measure(server: Server, requests: number): Promise<Round> {
  const figures = {} as Round
  let ids: string[] = []
  for (const kind of kinds) {
    const { port, key, agentId, pid } = server
    const before = readProcessorSeconds(pid) ?? Number.NaN
    const result = await ask(client, { port, key, agentId, kind, count: requests, connections, ids })
    const used = (readProcessorSeconds(pid) ?? Number.NaN) - before
    if (kind === 'create') ids = result.ids
    figures[kind] = { perSecond: requests / result.seconds, microseconds: (used / requests) * 1e6 }
    busiestSeen = Math.max(busiestSeen, result.clientBusy)
  }
  return figures
}

function ask(child: ChildProcess, job: Job): Promise<Result> {
  return new Promise((resolve, reject) => {
    child.once('message', (answer: Result | { error: string }) => {
      if ('error' in answer) reject(new Error(answer.error))
      else resolve(answer)
    })
    child.send(job)
  })
}

/** @param speed of a figure: the ratio is Parlor's to the floor's in the same round. @param shown what is printed of each. */
function report(title: string, speed: (figure: Figure) => number, digits: number, shown = speed): void {
  const [floor = [], parlor = []] = servers.map(({ name }) => results.get(name))
  console.log(`\n${title.padEnd(42)}${'floor'.padEnd(26)}${'Parlor'.padEnd(26)}Parlor / floor, round by round`)
  for (const kind of kinds) {
    const ratios = spreadOf(parlor.map((round, index) => speed(round[kind]) / speed((floor[index] as Round)[kind])))
    const columns = [floor, parlor].map((all) =>
      formatSpread(spreadOf(all.map((round) => shown(round[kind]))), digits).padEnd(26),
    )
    const verdict = ratios.median >= aim ? 'reached' : 'missed'
    console.log(`${kind.padEnd(42)}${columns.join('')}${formatSpread(ratios, 2)} (aim ${aim}: ${verdict})`)
  }
}
