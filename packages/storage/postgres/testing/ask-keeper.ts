import { once } from 'node:events'
import { createConnection, type Socket } from 'node:net'
import { createInterface } from 'node:readline'
import { inject } from 'vitest'

/** A Postgres of a test's own, to be stopped and killed as it likes. */
export interface OwnPostgres {
  url: string
  start(): Promise<void>
  /** As an operator stops it. */
  stop(): Promise<void>
  /** As a crash does. */
  kill(): Promise<void>
  /** Leaves nothing behind. */
  remove(): void
}

/** The address of a new, empty database in the Postgres all tests of a run share; that starts with the first that asks. */
export async function newDatabase(): Promise<string> {
  const socket = await dial()
  const { url } = await ask(socket, { do: 'database' })
  socket.destroy()
  return url
}

export async function ownPostgres(settings: Readonly<Record<string, string>> = {}): Promise<OwnPostgres> {
  const socket = await dial()
  const { url } = await ask(socket, { do: 'own', settings })
  const order = (what: string) => async (): Promise<void> => void (await ask(socket, { do: what }))
  return { url, start: order('start'), stop: order('stop'), kill: order('kill'), remove: () => socket.destroy() }
}

async function dial(): Promise<Socket> {
  const socket = createConnection(inject('postgresKeeper'))
  await once(socket, 'connect')
  return socket
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
