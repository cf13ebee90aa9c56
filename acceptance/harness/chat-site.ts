import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { fileURLToPath } from 'node:url'
import { findFreePort } from './free-port.ts'

const entry = fileURLToPath(new URL('../../examples/chat-site/backend.ts', import.meta.url))

const running = new Set<ChildProcess>()
// A test that fails half-way must not leave a site behind.
process.on('exit', () => {
  for (const child of running) child.kill('SIGKILL')
})

/** The example of a site with a chat of its own, as a process. */
export interface ChatSite extends AsyncDisposable {
  port: number
  /** Its own origin: `localhost`, the one its tokens are for. The same page under `127.0.0.1` is another origin. */
  url: string
  output(): string
  stop(): Promise<void>
  /** Starts it again on the same port, with the same settings. */
  restart(): Promise<void>
}

export interface ChatSiteOptions {
  parlorUrl: string
  key: string
  env?: Record<string, string>
}

/** Starts the example and waits until it says where it is. @throws Error with its output when it ends before. */
export async function startChatSite({ parlorUrl, key, env = {} }: ChatSiteOptions): Promise<ChatSite> {
  const port = await findFreePort()
  const all = { PARLOR_URL: parlorUrl, PARLOR_API_KEY: key, SITE_PORT: String(port), ...env }
  let said = ''
  const begin = async () => {
    const child = spawn(process.execPath, [entry], { env: { PATH: process.env.PATH, ...all } })
    running.add(child)
    child.once('close', () => running.delete(child))
    const open = new Promise<void>((resolve, reject) => {
      const hear = (piece: Buffer) => {
        said += piece
        if (/^Open http/m.test(String(piece))) resolve()
      }
      child.stdout.on('data', hear)
      child.stderr.on('data', hear)
      child.once('close', (code) => reject(new Error(`The example ended with ${code}.\n${said}`)))
    })
    await open
    return child
  }
  let child = await begin()
  const stop = async () => {
    if (child.exitCode !== null || child.signalCode !== null) return
    child.kill()
    await once(child, 'close')
  }
  return {
    port,
    url: `http://localhost:${port}`,
    output: () => said,
    stop,
    restart: async () => {
      await stop()
      child = await begin()
    },
    [Symbol.asyncDispose]: stop,
  }
}
