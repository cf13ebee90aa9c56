import { WebSocket } from 'ws'
import { openHttpClient } from '../../acceptance/harness/http-client.ts'

/** What the visitors' process is asked to do, one thing after the other. `first` is the number of the first token's session. */
export type Order =
  | { do: 'come'; port: number; tokens: string[]; socketsPerSession: number; first: number }
  | { do: 'end'; port: number; key: string; sessions: { id: string; index: number }[] }

export interface Arrived {
  opened: number
  seconds: number
}

export interface Ended {
  /** From sending DELETE to the close of the session's last socket here, and to the answer; milliseconds. */
  lastCloseMs: number[]
  answeredMs: number[]
  /** Sockets that closed with anything but 4411, or of another session: must be 0. */
  wrongCloses: number
}

const helloAtOnce = 50
const closeTimeoutMs = 30_000

/** Of each session, by its number. */
const rooms: Set<WebSocket>[] = []
const watchers = new Map<number, () => void>()
const ending = new Set<number>()
let wrongCloses = 0

process.on('message', (order: Order) => {
  const work = order.do === 'come' ? come(order) : endAll(order)
  work.then(
    (answer) => process.send?.(answer),
    (error: Error) => process.send?.({ error: error.message }),
  )
})

async function come({ port, tokens, socketsPerSession, first }: Extract<Order, { do: 'come' }>): Promise<Arrived> {
  const startedAt = performance.now()
  const wanted = tokens.flatMap((token, index) =>
    Array.from({ length: socketsPerSession }, () => ({ token, index: first + index })),
  )
  let next = 0
  const worker = async () => {
    for (let at = next++; at < wanted.length; at = next++) {
      const { token, index } = wanted[at] as { token: string; index: number }
      await hello(port, token, index)
    }
  }
  await Promise.all(Array.from({ length: helloAtOnce }, worker))
  return { opened: wanted.length, seconds: (performance.now() - startedAt) / 1000 }
}

function hello(port: number, token: string, index: number): Promise<void> {
  const room = rooms[index] ?? new Set()
  rooms[index] = room
  return new Promise((resolve, reject) => {
    const socket = new WebSocket(`ws://127.0.0.1:${port}/v1/rt`, { perMessageDeflate: false })
    socket.on('open', () => socket.send(JSON.stringify({ type: 'hello', v: 1, token })))
    socket.once('message', (data) => {
      if (!String(data).startsWith('{"type":"ready"')) return reject(new Error(`A hello was met with ${data}`))
      room.add(socket)
      resolve()
    })
    socket.on('error', reject)
    socket.on('close', (code) => {
      room.delete(socket)
      if (code !== 4411 || !ending.has(index)) wrongCloses += 1
      if (room.size === 0) watchers.get(index)?.()
      reject(new Error(`A socket closed with ${code}.`))
    })
  })
}

async function endAll({ port, key, sessions }: Extract<Order, { do: 'end' }>): Promise<Ended> {
  const http = openHttpClient(port)
  const lastCloseMs: number[] = []
  const answeredMs: number[] = []
  for (const { id, index } of sessions) {
    ending.add(index)
    const empty = untilEmpty(index)
    const startedAt = performance.now()
    const answered = http
      .send('DELETE', `/v1/widget/sessions/${id}`, undefined, { 'x-api-key': key })
      .then(({ status }) => {
        if (status !== 200) throw new Error(`An end answered ${status}.`)
        answeredMs.push(performance.now() - startedAt)
      })
    await empty
    lastCloseMs.push(performance.now() - startedAt)
    await answered
  }
  http.close()
  return { lastCloseMs, answeredMs, wrongCloses }
}

function untilEmpty(index: number): Promise<void> {
  return new Promise((resolve, reject) => {
    const timer = setTimeout(() => reject(new Error('A session that was ended kept a socket open.')), closeTimeoutMs)
    watchers.set(index, () => {
      clearTimeout(timer)
      resolve()
    })
  })
}
