import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync, rmSync } from 'node:fs'
import { createConnection, type Socket } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { fileURLToPath } from 'node:url'

/** A Postgres of a test's own, to be stopped and killed as it likes. */
export interface OwnPostgres {
  url: string
  port: number
  start(): Promise<void>
  /** As an operator stops it. */
  stop(): Promise<void>
  /** As a crash does. */
  kill(): Promise<void>
  /** Leaves nothing behind. */
  remove(): void
}

const keeperFile = fileURLToPath(new URL('../../tools/postgres/keeper.ts', import.meta.url))

/** @param keeper the socket of the process that starts one: in Vitest `inject('postgresKeeper')`, else from {@link startKeeper}. */
export async function ownPostgres(
  keeper: string,
  settings: Readonly<Record<string, string>> = {},
): Promise<OwnPostgres> {
  const socket = createConnection(keeper)
  await once(socket, 'connect')
  const { url } = await ask(socket, { do: 'own', settings })
  const order = (what: string) => async (): Promise<void> => void (await ask(socket, { do: what }))
  return {
    url,
    port: Number(new URL(url).port),
    start: order('start'),
    stop: order('stop'),
    kill: order('kill'),
    remove: () => socket.destroy(),
  }
}

/** The address of a new, empty database in the Postgres all tests of a run share. @param keeper as for {@link ownPostgres}. */
export async function newDatabase(keeper: string): Promise<string> {
  const socket = createConnection(keeper)
  await once(socket, 'connect')
  const { url } = await ask(socket, { do: 'database' })
  socket.destroy()
  return url
}

/** For what is run by command, not by Vitest, or with an environment of its own. It stops with this process. */
export async function startKeeper(
  env: Record<string, string> = {},
): Promise<{ socket: string; stop(): Promise<void> }> {
  const folder = mkdtempSync(join(tmpdir(), 'parlor-keeper-'))
  const socket = join(folder, 'socket')
  const keeper = spawn(process.execPath, [keeperFile, socket], {
    stdio: ['pipe', 'pipe', 'inherit'],
    detached: true,
    env: { ...process.env, ...env },
  })
  await once(keeper.stdout, 'data')
  return {
    socket,
    async stop() {
      keeper.stdin.end()
      if (keeper.exitCode === null) await once(keeper, 'exit')
      rmSync(folder, { recursive: true, force: true })
    },
  }
}

async function ask(socket: Socket, wanted: object): Promise<{ url: string }> {
  socket.write(`${JSON.stringify(wanted)}\n`)
  const lines = createInterface({ input: socket })
  const [line] = await once(lines, 'line')
  lines.close()
  socket.resume()
  const answer: { url?: string; error?: string } = JSON.parse(String(line))
  if (answer.url === undefined) throw new Error(answer.error ?? 'No answer.')
  return { url: answer.url }
}
