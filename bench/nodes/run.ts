import { fork } from 'node:child_process'
import { randomBytes } from 'node:crypto'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { makeAgent } from '../../acceptance/harness/make-agent.ts'
import { askProcess } from '../ask-process.ts'
import { formatSpread, spreadOf } from '../floor/figures.ts'
import { type Requests, widgetRequests } from '../floor/job-requests.ts'
import type { Result } from '../floor/load-client.ts'
import { readProcessorSeconds } from '../floor/processor-time.ts'
import { askWith, newKey, type Server, startParlorServer } from '../floor/servers.ts'
import { describeLoad } from '../machine-load.ts'
import { openPostgres } from '../postgres/open-postgres.ts'
import { holdDown } from './hold-down.ts'

/**
 * Sessions a second of one node and of two over the same Postgres, in turn; first as they are, then each node held to a share of
 * a core: `node bench/nodes/run.ts [rounds] [creates per node] [share of a core]`.
 */
const rounds = Number(process.argv[2] ?? 5)
const count = Number(process.argv[3] ?? 10_000)
const share = Number(process.argv[4] ?? 0.1)
const connections = 64
const aim = 1.6

interface Figure {
  perSecond: number
  /** Of one core, 0 to 1 each. */
  busy: { nodes: number[]; postgres: number; clients: number }
}

const folder = mkdtempSync(join(tmpdir(), 'parlor-bench-'))
const loadClient = fileURLToPath(new URL('../floor/load-client.ts', import.meta.url))
const clients = [fork(loadClient), fork(loadClient)]
process.on('exit', () => {
  for (const client of clients) client.kill('SIGKILL')
  rmSync(folder, { recursive: true, force: true })
})

const postgres = await openPostgres()
const key = newKey()
const env = {
  DATABASE_URL: await postgres.makeDatabase('parlor'),
  PARLOR_SECRET: randomBytes(32).toString('hex'),
  PARLOR_PUBLIC_URL: 'http://localhost:4600',
}
const nodes: Server[] = []
for (const name of ['first', 'second']) nodes.push(await startParlorServer(folder, { name, env, key }))
const alone = nodes.slice(0, 1)
const [first, second] = nodes as [Server, Server]
/** The second node asked by another account, since the sessions of one are counted under one lock. */
const apart = [first, { ...second, requests: await requestsOfAnother(second) }]

console.log(
  `${rounds} rounds, ${count} creates for each node over ${connections} connections, after a shorter one to warm up`,
)
console.log(describeLoad())
for (const asked of [alone, apart]) await measure(asked, Math.ceil(count / 3))
await compare('as they are', rounds, count)
const free = nodes.map(({ pid }) => holdDown(pid, share))
await compare(`each node held to ${share} of a core`, rounds, Math.ceil(count / 2))
for (const letGo of free) letGo()
console.log(describeLoad())
for (const node of nodes) await node.stop()
await postgres.remove()
process.exit(0)

async function compare(title: string, times: number, creates: number): Promise<void> {
  const [one, two, three]: [Figure[], Figure[], Figure[]] = [[], [], []]
  for (let round = 0; round < times; round++) {
    one.push(await measure(alone, creates))
    two.push(await measure(nodes, creates))
    three.push(await measure(apart, creates))
  }
  console.log(`\n${title}: sessions a second, min / median / max`)
  tell('one node', one)
  tell('two nodes', two)
  tell('two, an account each', three)
  for (const [name, figures] of [
    ['two / one', two],
    ['two, an account each / one', three],
  ] as const) {
    const ratios = spreadOf(figures.map(({ perSecond }, round) => perSecond / (one[round]?.perSecond ?? Number.NaN)))
    const verdict = ratios.median >= aim ? 'reached' : 'missed'
    console.log(`${name.padEnd(28)}${formatSpread(ratios, 2)} (aim ${aim}: ${verdict})`)
  }
}

/** An account with a key and an agent of its own. */
async function requestsOfAnother({ port }: Server): Promise<Requests> {
  const must = askWith(port, key)
  const account = await must<{ id: string }>('POST', '/admin/v1/accounts', { name: 'Another' })
  const wish = { account: account.id, name: 'Bench', scopes: ['write'], rate_limit: 0 }
  const made = await must<{ key: string }>('POST', '/admin/v1/keys', wish)
  return widgetRequests(made.key, await makeAgent(askWith(port, made.key)), '"active"')
}

async function measure(asked: Server[], creates: number): Promise<Figure> {
  const before = used(asked)
  const results = await Promise.all(
    asked.map(({ port, requests }, index) => {
      const job = { port, requests, kind: 'create', count: creates, connections, ids: [] }
      return askProcess<Result>(clients[index] as (typeof clients)[number], job)
    }),
  )
  const seconds = Math.max(...results.map((result) => result.seconds))
  const after = used(asked)
  return {
    perSecond: (creates * asked.length) / seconds,
    busy: {
      nodes: after.nodes.map((now, index) => (now - (before.nodes[index] ?? Number.NaN)) / seconds),
      postgres: (after.postgres - before.postgres) / seconds,
      clients: results.reduce((sum, { clientBusy, seconds: own }) => sum + (clientBusy * own) / seconds, 0),
    },
  }
}

function used(asked: Server[]) {
  return {
    nodes: asked.map(({ pid }) => readProcessorSeconds(pid) ?? Number.NaN),
    postgres: postgres.busySeconds(),
  }
}

function tell(name: string, figures: Figure[]): void {
  const percent = (pick: (figure: Figure) => number) => `${(100 * spreadOf(figures.map(pick)).median).toFixed(0)} %`
  const ofNodes = figures[0]?.busy.nodes.map((_, index) => percent(({ busy }) => busy.nodes[index] ?? Number.NaN))
  console.log(
    `${name.padEnd(28)}${formatSpread(spreadOf(figures.map(({ perSecond }) => perSecond))).padEnd(26)}` +
      `busy, of one core: nodes ${ofNodes?.join(' and ')}, Postgres ${percent(({ busy }) => busy.postgres)}, ` +
      `load clients ${percent(({ busy }) => busy.clients)}`,
  )
}
