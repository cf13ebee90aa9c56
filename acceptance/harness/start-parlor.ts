import { randomBytes } from 'node:crypto'
import { readFileSync } from 'node:fs'
import type { OutgoingHttpHeaders } from 'node:http'
import { setTimeout as wait } from 'node:timers/promises'
import { openStorePlace } from './choose-store.ts'
import { findFreePort } from './free-port.ts'
import { type Answer, openHttpClient } from './http-client.ts'
import { makeAgent, type WantedAgent } from './make-agent.ts'
import { type Exit, type ServerProcess, startServerProcess, tail } from './server-process.ts'
import { type LiveSocket, openSocket, type Ready } from './socket.ts'
import { openFilePlace } from './store-in-file.ts'
import type { StorePlace, StoreTap } from './store-place.ts'

export interface ParlorOptions {
  port?: number
  env?: Record<string, string>
  /** For the process that runs the server, such as `--cpu-prof`. */
  nodeArgs?: string[]
  args?: string[]
  /** Where the test breaks the store, or waits for it to commit. */
  tap?: StoreTap
}

export interface SessionAnswer {
  session_token: string
  session_id: string
  expires_at: string
  expires_in: number
  widget_url: string
  websocket_url: string
}

export interface Visit {
  socket: LiveSocket
  ready: Ready
}

/** A server seen from outside: a backend with its key, and visitors with their tokens. */
export interface Parlor extends AsyncDisposable {
  url: string
  port: number
  /** The secret key it was started with: all scopes, no rate limit. */
  key: string
  store: StorePlace
  /** Everything that must never be seen in a log; what this harness was handed is added by itself. */
  secrets: Set<string>
  /** All outputs of all lives. */
  output(): string
  /** A request with the key, unless `headers` say otherwise (`{ 'x-api-key': undefined }` sends none). */
  request<Body = Record<string, unknown>>(
    method: string,
    path: string,
    body?: unknown,
    headers?: OutgoingHttpHeaders,
  ): Promise<Answer<Body>>
  createAgent(wanted?: WantedAgent): Promise<string>
  createSession(agentId: string, extra?: object): Promise<SessionAnswer>
  endSession(sessionId: string): Promise<Answer>
  /** Opens a live socket and says hello. `more` joins the hello. */
  visit(token: string, more?: object, options?: { origin?: string }): Promise<Visit>
  connect(options?: { origin?: string }): Promise<LiveSocket>
  stop(): Promise<Exit>
  kill(): Promise<Exit>
  /** Sends the server's process a signal and waits for nothing. */
  signal(name: NodeJS.Signals): void
  /** Its resident memory in bytes, where the system tells. */
  memory(): number
  /** Starts it again on the same data and port; kills it before when it still runs. */
  restart(): Promise<void>
}

/**
 * Starts a server on a free port over a fresh place of the store this test run is for. Use it with `await using`: it is killed,
 * and what it kept is removed.
 */
export async function startParlor(options: ParlorOptions = {}): Promise<Parlor> {
  // Who names a database has one already.
  const hasOwn = options.env?.DATABASE_URL !== undefined
  const store = await (hasOwn ? openFilePlace : openStorePlace)(options.tap ?? null)
  const port = options.port ?? (await findFreePort())
  const key = `sk_test_${randomBytes(32).toString('hex')}`
  const env = {
    PORT: String(port),
    HOST: '127.0.0.1',
    ...store.env,
    PARLOR_BOOTSTRAP_KEY: key,
    PARLOR_DEMO: 'off',
    ...options.env,
  }
  const { nodeArgs = [], args = [] } = options
  const begin = () =>
    untilStoreAnswers(() => startServerProcess(env, { nodeArgs: [...store.nodeArgs, ...nodeArgs], args }))
  const server = await begin().catch(async (error) => {
    await store.remove()
    throw error
  })
  return overServer({ server, begin, port, key: env.PARLOR_BOOTSTRAP_KEY, store })
}

/** A busy machine holds up a server's first words with Postgres for longer than it waits for them; whoever runs it starts it again. */
async function untilStoreAnswers(begin: () => Promise<ServerProcess>): Promise<ServerProcess> {
  for (let tries = 1; ; tries++) {
    try {
      return await begin()
    } catch (error) {
      const isHeldUp = error instanceof Error && error.message.includes('check the address and the password')
      if (!isHeldUp || tries === 2) throw error
    }
  }
}

interface Life {
  server: ServerProcess
  begin(): Promise<ServerProcess>
  port: number
  key: string
  store: StorePlace
}

function overServer({ server: first, begin, port, key, store }: Life): Parlor {
  const url = `http://127.0.0.1:${port}`
  const secrets = new Set([key, ...store.secrets])
  let past = ''
  let server = first
  let http = openHttpClient(port)
  const request: Parlor['request'] = (method, path, body, headers) =>
    http.send(method, path, body, clean({ 'x-api-key': key, ...headers }))
  /** A step a test builds on: its failure says what the server said. */
  const must = async <Body>(method: string, path: string, body?: unknown): Promise<Body> => {
    const answer = await request<Body>(method, path, body)
    if (answer.status === 200) return answer.body
    throw new Error(`${method} ${path} answered ${answer.status}: ${answer.text}\n${tail(server.output())}`)
  }
  const kill = async () => {
    const exit = await server.kill()
    http.close()
    return exit
  }
  const open: Parlor['connect'] = (how) => openSocket(url, { ...how, describe: () => tail(server.output()) })
  const connect: Parlor['connect'] = (how) => (store.kind === 'postgres' ? untilServed(() => open(how)) : open(how))
  return {
    url,
    port,
    key,
    store,
    secrets,
    output: () => past + server.output(),
    request,
    createAgent: (wanted) => makeAgent(must, wanted),
    createSession: async (agentId, extra = {}) => {
      const body = { agentic_avatar_id: agentId, ...extra }
      const session = await must<SessionAnswer>('POST', '/v1/widget/sessions', body)
      secrets.add(session.session_token)
      return session
    },
    endSession: (id) => request('DELETE', `/v1/widget/sessions/${id}`),
    connect,
    visit: async (token, more, how) => {
      const socket = await connect(how)
      const ready = await socket.hello(token, more)
      secrets.add(ready.visitor.resume_key)
      return { socket, ready }
    },
    stop: async () => {
      const exit = await server.stop()
      http.close()
      return exit
    },
    kill,
    signal: (name) => server.signal(name),
    memory: () => residentBytes(server.pid),
    restart: async () => {
      await kill()
      past += server.output()
      server = await begin()
      http = openHttpClient(port)
    },
    [Symbol.asyncDispose]: async () => {
      await kill()
      await store.remove()
    },
  }
}

/** A node whose process stood still for so long that its lease ran out refuses visitors for a moment; their page tries again. */
async function untilServed(open: () => Promise<LiveSocket>): Promise<LiveSocket> {
  for (const giveUpAt = performance.now() + 10_000; ; await wait(200)) {
    try {
      return await open()
    } catch (error) {
      const isLeaving = error instanceof Error && error.message.endsWith(' 503')
      if (!isLeaving || performance.now() > giveUpAt) throw error
    }
  }
}

function residentBytes(pid: number): number {
  const pages = Number(readFileSync(`/proc/${pid}/statm`, 'utf8').split(' ')[1])
  return pages * 4096
}

/** A header set to undefined is one that is not sent. */
function clean(headers: OutgoingHttpHeaders): OutgoingHttpHeaders {
  return Object.fromEntries(Object.entries(headers).filter(([, value]) => value !== undefined))
}
