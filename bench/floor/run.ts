import { type ChildProcess, fork } from 'node:child_process'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { formatSpread, spreadOf } from './figures.ts'
import type { Job, Result } from './load-client.ts'
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
type Round = Record<Kind, number>

const folder = mkdtempSync(join(tmpdir(), 'parlor-bench-'))
const client = fork(fileURLToPath(new URL('./load-client.ts', import.meta.url)))
process.on('exit', () => {
  client.kill('SIGKILL')
  rmSync(folder, { recursive: true, force: true })
})

const servers = [await startFloor(folder), await startParlorServer(folder)]
const results = new Map<string, Round[]>(servers.map(({ name }) => [name, []]))
let busiestSeen = 0

console.log(
  `${rounds} rounds of ${count} requests over ${connections} connections; the first, shorter one is not counted.`,
)
for (const server of servers) await measure(server, Math.ceil(count / 3))
for (let round = 1; round <= rounds; round++) {
  for (const server of servers) {
    const figures = await measure(server, count)
    results.get(server.name)?.push(figures)
    console.log(
      `round ${round} ${server.name.padEnd(6)} ${kinds.map((kind) => `${kind} ${figures[kind].toFixed(0)}/s`).join('  ')}`,
    )
  }
}
report()
for (const server of servers) await server.stop()
process.exit(0)

async function measure(server: Server, requests: number): Promise<Round> {
  const figures: Round = { create: 0, read: 0, end: 0 }
  let ids: string[] = []
  for (const kind of kinds) {
    const { port, key, agentId } = server
    const result = await ask(client, { port, key, agentId, kind, count: requests, connections, ids })
    if (kind === 'create') ids = result.ids
    figures[kind] = requests / result.seconds
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

function report(): void {
  const [floor = [], parlor = []] = servers.map(({ name }) => results.get(name))
  console.log(
    '\nper second, min / median / max          floor                     Parlor                    ratio, pair by pair',
  )
  for (const kind of kinds) {
    const ratios = spreadOf(parlor.map((figures, index) => figures[kind] / (floor[index]?.[kind] ?? Number.NaN)))
    const columns = [floor, parlor].map((all) => formatSpread(spreadOf(all.map((figures) => figures[kind]))).padEnd(26))
    const verdict = ratios.median >= aim ? 'reached' : 'missed'
    console.log(`${kind.padEnd(40)}${columns.join('')}${formatSpread(ratios, 2)} (aim ${aim}: ${verdict})`)
  }
  console.log(`\nThe load client was busy at most ${(busiestSeen * 100).toFixed(0)} % of its core.`)
  if (busiestSeen > busiest)
    console.log('That is too busy: the faster server was held back, and the ratios flatter the slower one.')
}
