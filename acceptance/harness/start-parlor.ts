import { randomBytes } from 'node:crypto'
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import type { OutgoingHttpHeaders } from 'node:http'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { findFreePort } from './free-port.ts'
import { type Answer, openHttpClient } from './http-client.ts'
import { makeAgent, type WantedAgent } from './make-agent.ts'
import { type Exit, type ServerProcess, startServerProcess, tail } from './server-process.ts'
import { type LiveSocket, openSocket, type Ready } from './socket.ts'

export interface ParlorOptions {
  /** Kept after the test when it is given. */
  dataDir?: string
  port?: number
  env?: Record<string, string>
  /** For the process that runs the server, such as `--cpu-prof`. */
  nodeArgs?: string[]
  args?: string[]
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
  dataDir: string
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

/** Starts a server on a free port over a fresh data folder. Use it with `await using`: it is killed and its folder removed. */
export async function startParlor(options: ParlorOptions = {}): Promise<Parlor> {
  const dataDir = options.dataDir ?? mkdtempSync(join(tmpdir(), 'parlor-test-'))
  const port = options.port ?? (await findFreePort())
  const key = `sk_test_${randomBytes(32).toString('hex')}`
  const env = {
    PORT: String(port),
    HOST: '127.0.0.1',
    PARLOR_DATA_DIR: dataDir,
    PARLOR_BOOTSTRAP_KEY: key,
    PARLOR_DEMO: 'off',
    ...options.env,
  }
  const begin = () => startServerProcess(env, options)
  const remove = () => {
    if (options.dataDir === undefined) rmSync(dataDir, { recursive: true, force: true })
  }
  const server = await begin().catch((error) => {
    remove()
    throw error
  })
  return overServer({ server, begin, remove, port, key: env.PARLOR_BOOTSTRAP_KEY, dataDir })
}

interface Life {
  server: ServerProcess
  begin(): Promise<ServerProcess>
  remove(): void
  port: number
  key: string
  dataDir: string
}

function overServer({ server: first, begin, remove, port, key, dataDir }: Life): Parlor {
  const url = `http://127.0.0.1:${port}`
  const secrets = new Set([key])
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
  const connect: Parlor['connect'] = (how) => openSocket(url, { ...how, describe: () => tail(server.output()) })
  return {
    url,
    port,
    key,
    dataDir,
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
      remove()
    },
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
