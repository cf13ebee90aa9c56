import { type ChildProcess, spawn } from 'node:child_process'
import { randomBytes } from 'node:crypto'
import { once } from 'node:events'
import { openSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { setTimeout as wait } from 'node:timers/promises'
import { fileURLToPath } from 'node:url'
import { findFreePort } from '../../acceptance/harness/free-port.ts'
import { openHttpClient } from '../../acceptance/harness/http-client.ts'
import { type Must, makeAgent } from '../../acceptance/harness/make-agent.ts'
import { oidcRequests, type Requests, widgetRequests } from './job-requests.ts'

/** A server under test, with what a load client needs to know of it. */
export interface Server {
  name: string
  pid: number
  port: number
  key: string
  agentId: string
  /** How it is asked to do the three jobs. */
  requests: Requests
  stop(): Promise<void>
}

const startTimeoutMs = 30_000
const floorEntry = fileURLToPath(new URL('./floor-server.ts', import.meta.url))
const peerEntry = fileURLToPath(new URL('../peer/oidc-server.ts', import.meta.url))
const socketsEntry = fileURLToPath(new URL('../sockets/bare-server.ts', import.meta.url))
const parlorEntry = fileURLToPath(new URL('../../packages/server/main.ts', import.meta.url))

/** @param place a Postgres address; else it gets a SQLite file in the folder. */
export async function startFloor(folder: string, place = join(folder, 'floor.sqlite')): Promise<Server> {
  const [port, key, log] = [await findFreePort(), newKey(), join(folder, 'floor.log')]
  const child = start([floorEntry, String(port), place, key], {}, log)
  await untilAnswers(port, child, log)
  const requests = widgetRequests(key, 'any', '"issued"')
  return { name: 'floor', pid: child.pid ?? 0, port, key, agentId: 'any', requests, stop: () => stop(child) }
}

export interface PeerOptions {
  /** As for the floor. */
  place?: string | undefined
  /** Whether its adapter shares commits as the floor does. */
  isGrouped: boolean
}

/** `oidc-provider` over the same kind of store. */
export async function startPeer(folder: string, { place, isGrouped }: PeerOptions): Promise<Server> {
  const name = isGrouped ? 'oidc, grouped' : 'oidc'
  const [port, key, log] = [await findFreePort(), newKey(), join(folder, `${name}.log`)]
  const args = [String(port), place ?? join(folder, `${name}.sqlite`), key, ...(isGrouped ? ['grouped'] : [])]
  const child = start([peerEntry, ...args], {}, log)
  await untilAnswers(port, child, log)
  const requests = oidcRequests('bench', key)
  return { name, pid: child.pid ?? 0, port, key, agentId: 'any', requests, stop: () => stop(child) }
}

/** Sockets and nothing else: what `ws` needs by itself. */
export async function startBareSockets(folder: string): Promise<Pick<Server, 'pid' | 'port' | 'stop'>> {
  const [port, log] = [await findFreePort(), join(folder, 'bare.log')]
  const child = start([socketsEntry, String(port)], {}, log)
  await untilAnswers(port, child, log)
  return { pid: child.pid ?? 0, port, stop: () => stop(child) }
}

export interface ParlorOptions {
  /** Also of its files, where several run in one folder. */
  name?: string
  /** For profiling. */
  nodeArgs?: string[]
  env?: Record<string, string>
  /** The key it is started with; nodes over one Postgres share theirs. */
  key?: string
}

/** Parlor as it is shipped, with its request log going to a file. */
export async function startParlorServer(folder: string, options: ParlorOptions = {}): Promise<Server> {
  const { name = 'Parlor', nodeArgs = [], env = {}, key = newKey() } = options
  const port = await findFreePort()
  const log = join(folder, `${name}.log`)
  const settings = {
    PORT: String(port),
    PARLOR_DATA_DIR: join(folder, `${name}-data`),
    PARLOR_BOOTSTRAP_KEY: key,
    PARLOR_DEMO: 'off',
    PARLOR_LOG_LEVEL: 'info',
    ...env,
  }
  const child = start(['--max-semi-space-size=8', ...nodeArgs, parlorEntry], settings, log)
  await untilAnswers(port, child, log)
  const must = askWith(port, key)
  // Nodes over one Postgres find the agent the first one made.
  const agents = await must<{ data: { id: string }[] }>('GET', '/v1/agentic-avatars')
  const agentId = agents.data[0]?.id ?? (await makeAgent(must))
  const requests = widgetRequests(key, agentId, '"active"')
  return { name, pid: child.pid ?? 0, port, key, agentId, requests, stop: () => stop(child) }
}

/** Requests that must succeed, each over a connection of its own. */
export function askWith(port: number, key: string): Must {
  return async <Body>(method: string, path: string, body?: unknown) => {
    const http = openHttpClient(port)
    try {
      const answer = await http.send<Body>(method, path, body, { 'x-api-key': key })
      if (answer.status !== 200) throw new Error(`${method} ${path} answered ${answer.status}: ${answer.text}`)
      return answer.body
    } finally {
      http.close()
    }
  }
}

export function newKey(): string {
  return `sk_test_${randomBytes(32).toString('hex')}`
}

const running = new Set<ChildProcess>()
process.on('exit', () => {
  for (const child of running) child.kill('SIGKILL')
})
// Without this a signal ends the process past the line above, and the servers live on.
for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => process.exit(1))

/** The output goes to a file and not through this process, which would take a core to read it. */
function start(args: string[], env: Record<string, string>, log: string): ChildProcess {
  const output = openSync(log, 'a')
  const child = spawn(process.execPath, args, {
    env: { PATH: process.env.PATH, ...env },
    stdio: ['ignore', output, output],
  })
  running.add(child)
  child.once('exit', () => running.delete(child))
  return child
}

async function untilAnswers(port: number, child: ChildProcess, log: string): Promise<void> {
  const http = openHttpClient(port)
  const until = performance.now() + startTimeoutMs
  try {
    while (performance.now() < until && child.exitCode === null) {
      const answered = await http.send('GET', '/health').catch(() => null)
      if (answered !== null) return
      await wait(50)
    }
  } finally {
    http.close()
  }
  child.kill('SIGKILL')
  throw new Error(`A server did not start: ${readFileSync(log, 'utf8').slice(-500)}`)
}

async function stop(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null) return
  const gone = once(child, 'exit')
  child.kill('SIGTERM')
  await gone
}
