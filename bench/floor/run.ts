import { fork } from 'node:child_process'
import { randomBytes } from 'node:crypto'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { askProcess } from '../ask-process.ts'
import { describeLoad } from '../machine-load.ts'
import { type BenchPostgres, openPostgres } from '../postgres/open-postgres.ts'
import { kinds } from './job-requests.ts'
import type { Result } from './load-client.ts'
import { readProcessorSeconds } from './processor-time.ts'
import { type Figure, type Round, reportRounds } from './report-rounds.ts'
import { type Server, startFloor, startParlorServer, startPeer } from './servers.ts'

/**
 * Parlor beside the floor and beside oidc-provider, alternating in one run over the same kind of store:
 * `node bench/floor/run.ts [sqlite|postgres] [rounds] [requests per figure]`.
 */
const store = process.argv[2] ?? 'sqlite'
const rounds = Number(process.argv[3] ?? 5)
const count = Number(process.argv[4] ?? 15_000)
const connections = 64
/** Above this the client, not the server, may have been what was measured. */
const busiest = 0.95

const folder = mkdtempSync(join(tmpdir(), 'parlor-bench-'))
const client = fork(fileURLToPath(new URL('./load-client.ts', import.meta.url)))
process.on('exit', () => {
  client.kill('SIGKILL')
  rmSync(folder, { recursive: true, force: true })
})

const postgres = store === 'postgres' ? await openPostgres() : null
const servers = await startServers(postgres)
const results = servers.map(({ name }) => ({ name, rounds: [] as Round[] }))
let busiestSeen = 0

console.log(
  `${rounds} rounds of ${count} requests over ${connections} connections on ${store}, after a shorter one to warm up.`,
)
console.log(describeLoad())
for (const server of servers) await measure(server, Math.ceil(count / 3))
for (let round = 1; round <= rounds; round++) {
  for (const [index, server] of servers.entries()) {
    const figures = await measure(server, count)
    results[index]?.rounds.push(figures)
    const line = kinds.map((kind) => `${kind} ${figures[kind].perSecond.toFixed(0)}/s`).join('  ')
    console.log(`round ${round} ${server.name.padEnd(14)} ${line}`)
  }
}
reportRounds(results, { withStore: postgres !== null })
console.log(`\nThe load client was busy at most ${(busiestSeen * 100).toFixed(0)} % of its core.`)
if (busiestSeen > busiest)
  console.log('That is too busy: the faster server was held back, and the ratios flatter the slower one.')
console.log(describeLoad())
for (const server of servers) await server.stop()
await postgres?.remove()
process.exit(0)

async function startServers(cluster: BenchPostgres | null): Promise<Server[]> {
  const place = async (name: string) => cluster?.makeDatabase(name)
  const floor = await startFloor(folder, await place('floor'))
  const plain = await startPeer(folder, { place: await place('plain'), isGrouped: false })
  const grouped = await startPeer(folder, { place: await place('grouped'), isGrouped: true })
  const url = await place('parlor')
  const env = url === undefined ? {} : { DATABASE_URL: url, PARLOR_SECRET: randomBytes(32).toString('hex') }
  return [floor, plain, grouped, await startParlorServer(folder, { env })]
}

async function measure(server: Server, requests: number): Promise<Round> {
  const figures = {} as Round
  let ids: string[] = []
  for (const kind of kinds) {
    const before = used(server)
    const job = { port: server.port, requests: server.requests, kind, count: requests, connections, ids }
    const result = await askProcess<Result>(client, job)
    const after = used(server)
    if (kind === 'create') ids = result.ids
    const perRequest = (of: keyof ReturnType<typeof used>) => ((after[of] - before[of]) / requests) * 1e6
    const figure: Figure = {
      perSecond: requests / result.seconds,
      microseconds: perRequest('server'),
      storeMicroseconds: perRequest('store'),
    }
    figures[kind] = figure
    busiestSeen = Math.max(busiestSeen, result.clientBusy)
  }
  return figures
}

/** Processor seconds so far. */
function used({ pid }: Server) {
  return { server: readProcessorSeconds(pid) ?? Number.NaN, store: postgres?.busySeconds() ?? 0 }
}
