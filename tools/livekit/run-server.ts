import { type ChildProcess, fork } from 'node:child_process'
import { randomBytes } from 'node:crypto'
import { once } from 'node:events'
import { join } from 'node:path'
import { setTimeout as wait } from 'node:timers/promises'
import { environment } from '../environment.ts'
import { findFreePorts } from '../testing/free-ports.ts'
import { findServer } from './find-server.ts'

export interface LiveKitOptions {
  /** Whether anybody with a token may open a room by joining it, as LiveKit does unless told otherwise. Off by default. */
  opensRoomsByItself?: boolean
  /** Told what happens in rooms, by POST, signed with the key. */
  webhookUrl?: string
}

/** A media server of a test's own on the loopback address. It keeps nothing on disk, and ends with the process that runs it. */
export interface LiveKitServer extends AsyncDisposable {
  /** Where to join: `ws://127.0.0.1:PORT`. */
  url: string
  port: number
  key: string
  secret: string
  /** All it said so far, in all its lives. */
  output(): string
  /** Of the server itself, to measure it; 0 while it does not run. */
  pid(): number
  /** `SIGSTOP` makes it stand still where it is, `SIGCONT` lets it go on. */
  signal(name: NodeJS.Signals): void
  /** Ends it as a crash does. */
  kill(): Promise<void>
  /** Runs it again on the same ports with the same keys; no room has survived. */
  start(): Promise<void>
  /** Ends it; the same as leaving the block of an `await using`. */
  stop(): Promise<void>
}

const startsWithinMs = 20_000

/** Runs a LiveKit server and waits until it answers. @throws Error where there is none, and where it does not start. */
export async function runServer(options: LiveKitOptions = {}): Promise<LiveKitServer> {
  const found = await findServer()
  if ('reason' in found) throw new Error(`No LiveKit server for this test: ${found.reason}.`)
  const [port = 0, tcp = 0, udp = 0] = await findFreePorts(3)
  const [key, secret] = [`key${randomBytes(6).toString('hex')}`, randomBytes(24).toString('hex')]
  const config = JSON.stringify(configure({ ...options, port, tcp, udp, key, secret }))
  let life: Life | null = null
  let past = ''
  const kill = async (): Promise<void> => {
    const ending = life
    life = null
    if (ending === null) return
    past += ending.output()
    ending.keeper.kill('SIGTERM')
    await ending.gone
  }
  const start = async (): Promise<void> => {
    await kill()
    life = await begin(found.path, config)
    await untilAnswering(life, port).catch(async (error) => {
      await kill()
      throw error
    })
  }
  await start()
  return {
    url: `ws://127.0.0.1:${port}`,
    port,
    key,
    secret,
    output: () => past + (life?.output() ?? ''),
    pid: () => life?.pid ?? 0,
    signal: (name) => void (life && process.kill(life.pid, name)),
    kill,
    start,
    stop: kill,
    [Symbol.asyncDispose]: kill,
  }
}

interface Place extends LiveKitOptions {
  port: number
  tcp: number
  udp: number
  key: string
  secret: string
}

/** Nothing of it can be reached from another machine, and it asks nobody for its address. */
function configure({ port, tcp, udp, key, secret, opensRoomsByItself = false, webhookUrl }: Place): object {
  return {
    port,
    bind_addresses: ['127.0.0.1'],
    keys: { [key]: secret },
    room: { auto_create: opensRoomsByItself },
    rtc: {
      tcp_port: tcp,
      udp_port: udp,
      use_external_ip: false,
      node_ip: '127.0.0.1',
      enable_loopback_candidate: true,
      // By a number: where names cannot be resolved, each join would start dozens of threads that try to.
      stun_servers: [`127.0.0.1:${udp}`],
      ips: { includes: ['127.0.0.1/32'] },
    },
    logging: { level: 'info', json: true },
    ...(webhookUrl !== undefined && { webhook: { api_key: key, urls: [webhookUrl] } }),
  }
}

/** From one start to the next end. */
interface Life {
  keeper: ChildProcess
  pid: number
  gone: Promise<unknown>
  output(): string
}

async function begin(binary: string, config: string): Promise<Life> {
  const keeper = fork(join(import.meta.dirname, 'keeper.ts'), [binary], {
    stdio: ['ignore', 'pipe', 'pipe', 'ipc'],
    execArgv: [],
    // Out of the terminal's reach, so that it lives to do its work.
    detached: true,
    // Not ours whole: LiveKit takes settings from variables of its own, and the keys are not for a command line.
    env: { PATH: environment.searchPath(), LIVEKIT_CONFIG: config },
  })
  const pieces: string[] = []
  for (const stream of [keeper.stdout, keeper.stderr]) {
    stream?.setEncoding('utf8').on('data', (piece: string) => pieces.push(piece))
  }
  const gone = once(keeper, 'close')
  const [message] = await Promise.race([once(keeper, 'message'), gone])
  const pid = Number(Object(message).pid ?? 0)
  return { keeper, pid, gone, output: () => pieces.join('') }
}

async function untilAnswering(life: Life, port: number): Promise<void> {
  const fail = (what: string) => new Error(`LiveKit ${what}: ${life.output().trim().slice(-1000)}`)
  for (const giveUpAt = performance.now() + startsWithinMs; performance.now() < giveUpAt; await wait(20)) {
    if (life.keeper.exitCode !== null) throw fail('did not start')
    const answer = await fetch(`http://127.0.0.1:${port}/`, { signal: AbortSignal.timeout(1000) }).catch(() => null)
    if (answer?.ok) return
  }
  throw fail(`did not answer within ${startsWithinMs} ms`)
}
