import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { fileURLToPath } from 'node:url'
import { inherited } from './inherited.ts'

const entry = fileURLToPath(new URL('../../packages/server/main.ts', import.meta.url))
const startTimeoutMs = 30_000
const stopTimeoutMs = 30_000

/** One life of the server: a process, and all it said. */
export interface ServerProcess {
  pid: number
  /** Everything on both outputs so far. */
  output(): string
  /** Resolves once the process is gone. */
  exited: Promise<Exit>
  /** SIGTERM, then waits. @throws Error when it does not end in time. */
  stop(): Promise<Exit>
  /** SIGKILL, then waits. */
  kill(): Promise<Exit>
  /** Sends a signal and waits for nothing: `SIGSTOP` stops the process where it stands, `SIGCONT` lets it go on. */
  signal(name: NodeJS.Signals): void
}

export interface Exit {
  code: number | null
  signal: NodeJS.Signals | null
}

const running = new Set<ChildProcess>()
// A test that fails half-way must not leave a server behind.
process.on('exit', () => {
  for (const child of running) child.kill('SIGKILL')
})

/** Starts `packages/server/main.ts` and waits until it says that it listens. @throws Error with the end of its output. */
export async function startServerProcess(
  env: Record<string, string>,
  options: { nodeArgs?: string[]; args?: string[]; cwd?: string } = {},
): Promise<ServerProcess> {
  const { nodeArgs = [], args = [], ...spawning } = options
  const child = spawn(process.execPath, [...nodeArgs, entry, ...args], {
    ...spawning,
    env: { ...inherited(), ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  running.add(child)
  const pieces: string[] = []
  const exited = new Promise<Exit>((resolve) => {
    child.once('close', (code, signal) => {
      running.delete(child)
      resolve({ code, signal })
    })
  })
  const output = () => pieces.join('')
  await heardListening(child, pieces, output)
  return {
    pid: child.pid ?? 0,
    output,
    exited,
    stop: () => {
      child.kill('SIGTERM')
      return inTime(exited, () => `The server did not stop after SIGTERM.\n${tail(output())}`)
    },
    kill: () => {
      child.kill('SIGKILL')
      return exited
    },
    signal: (name) => void child.kill(name),
  }
}

async function heardListening(child: ChildProcess, pieces: string[], output: () => string): Promise<void> {
  const listening = new Promise<void>((resolve) => {
    const hear = (piece: string) => {
      pieces.push(piece)
      if (/^Parlor listens at /m.test(output().slice(-4096 - piece.length))) resolve()
    }
    child.stdout?.setEncoding('utf8').on('data', hear)
    child.stderr?.setEncoding('utf8').on('data', hear)
  })
  const early = once(child, 'close').then(([code, signal]) => {
    throw new Error(`The server ended before it listened (${code ?? signal}).\n${tail(output())}`)
  })
  early.catch(() => {})
  let timer: NodeJS.Timeout | undefined
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(() => {
      child.kill('SIGKILL')
      reject(new Error(`The server did not listen within ${startTimeoutMs} ms.\n${tail(output())}`))
    }, startTimeoutMs)
  })
  await Promise.race([listening, early, late]).finally(() => clearTimeout(timer))
}

async function inTime<T>(work: Promise<T>, describe: () => string): Promise<T> {
  let timer: NodeJS.Timeout | undefined
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(new Error(describe())), stopTimeoutMs)
  })
  return Promise.race([work, late]).finally(() => clearTimeout(timer))
}

/** The end of an output, for a failure message. */
export function tail(output: string, lines = 20): string {
  return `--- the server's last lines ---\n${output.trimEnd().split('\n').slice(-lines).join('\n')}`
}
