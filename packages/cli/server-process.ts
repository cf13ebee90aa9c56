import { type ChildProcess, spawn } from 'node:child_process'
import { randomBytes } from 'node:crypto'
import { createServer } from 'node:net'
import { fileURLToPath } from 'node:url'
import { Parlor } from '@parlor/sdk'
import { serverEnvironment } from './connection.ts'

/** As `npm start` has it. */
const smallYoungHeap = '--max-semi-space-size=8'
const serverMain = fileURLToPath(new URL('../server/main.ts', import.meta.url))

/** Runs the server in the foreground, with the terminal as its own; resolves to its exit code. */
export function runServer(args: readonly string[]): Promise<number> {
  const child = spawn(process.execPath, [smallYoungHeap, serverMain, ...args], { stdio: 'inherit' })
  for (const signal of ['SIGINT', 'SIGTERM'] as const) process.on(signal, () => child.kill(signal))
  return new Promise((resolve) => child.once('exit', (code) => resolve(code ?? 1)))
}

/**
 * A server for the length of one command, over the same data directory and so under the same lock, on a free port of this
 * machine, with a key that lives as long as it does.
 * @throws Error with the server's own sentence when it cannot start, for instance because another one runs.
 */
export async function startPrivateServer(): Promise<{ client: Parlor; stop(): Promise<void> }> {
  const apiKey = `prl_live_${randomBytes(32).toString('hex')}`
  const port = await freePort()
  const url = `http://127.0.0.1:${port}`
  const env = serverEnvironment({
    HOST: '127.0.0.1',
    PORT: String(port),
    PARLOR_PUBLIC_URL: url,
    PARLOR_DEMO: 'off',
    PARLOR_LOG_LEVEL: 'error',
  })
  const child = spawn(process.execPath, [smallYoungHeap, serverMain, '--private-key'], {
    env,
    stdio: ['pipe', 'pipe', 'pipe'],
  })
  child.stdin?.end(`${apiKey}\n`)
  await untilListening(child)
  return {
    client: new Parlor({ baseUrl: url, apiKey }),
    stop: () =>
      new Promise((resolve) => {
        child.once('exit', () => resolve())
        child.kill('SIGTERM')
      }),
  }
}

/** Resolves when the server says that it listens; rejects with what it said instead. */
function untilListening(child: ChildProcess): Promise<void> {
  let complaint = ''
  child.stderr?.on('data', (data: Buffer) => {
    complaint += data.toString()
  })
  return new Promise((resolve, reject) => {
    let said = ''
    child.stdout?.on('data', (data: Buffer) => {
      said += data.toString()
      if (said.includes('Parlor listens at')) resolve()
    })
    child.once('exit', () => reject(new Error(complaint.trim() || 'the server did not start')))
  })
}

function freePort(): Promise<number> {
  const server = createServer()
  return new Promise((resolve, reject) => {
    server.once('error', reject)
    server.listen(0, '127.0.0.1', () => {
      const address = server.address()
      server.close(() => resolve(typeof address === 'object' && address !== null ? address.port : 0))
    })
  })
}
