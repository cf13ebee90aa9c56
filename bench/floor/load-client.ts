import { connect, type Socket } from 'node:net'
import type { Kind, Requests } from './job-requests.ts'

/** One measurement: so many requests of one kind over so many keep-alive connections. */
export interface Job {
  port: number
  kind: Kind
  requests: Requests
  count: number
  connections: number
  /** For read and end: each request takes the next one. All are equally long. */
  ids: string[]
}

export interface Result {
  seconds: number
  /** How busy this process was, 0 to 1: near 1 the client was the limit, not the server. */
  clientBusy: number
  /** Of what was created. */
  ids: string[]
}

/**
 * A load client of its own process, so that the server has a core to itself: HTTP/1.1 by hand over raw sockets, which costs
 * a fraction of what any server does with the same request.
 */
process.on('message', (job: Job) => {
  run(job).then(
    (result) => process.send?.(result),
    (error: Error) => process.send?.({ error: error.message }),
  )
})

async function run(job: Job): Promise<Result> {
  const next = requestsOf(job)
  const ids: string[] = []
  const sockets = await Promise.all(Array.from({ length: job.connections }, () => open(job.port)))
  const cpuBefore = process.cpuUsage()
  const startedAt = performance.now()
  const take = reader(job, ids)
  await Promise.all(sockets.map((socket) => drive(socket, next, take)))
  const seconds = (performance.now() - startedAt) / 1000
  const { user, system } = process.cpuUsage(cpuBefore)
  for (const socket of sockets) socket.destroy()
  return { seconds, clientBusy: (user + system) / 1e6 / seconds, ids }
}

function open(port: number): Promise<Socket> {
  return new Promise((resolve, reject) => {
    const socket = connect({ port, host: '127.0.0.1', noDelay: true }, () => resolve(socket))
    socket.once('error', reject)
  })
}

/** Writes down each next request; null when all were sent. */
function requestsOf({ kind, requests, count, ids, port }: Job): () => string | null {
  const { method, path, headers, body } = requests[kind]
  const [first = ''] = ids
  const length = body.replace('{id}', first).length
  const all = { host: `127.0.0.1:${port}`, ...headers, ...(method === 'POST' && { 'content-length': String(length) }) }
  const lines = Object.entries(all).map(([name, value]) => `${name}: ${value}\r\n`)
  const parts = `${method} ${path} HTTP/1.1\r\n${lines.join('')}\r\n${body}`.split('{id}')
  let sent = 0
  return () => {
    if (sent === count) return null
    sent += 1
    return parts.length === 1 ? (parts[0] ?? '') : parts.join(ids[(sent - 1) % ids.length])
  }
}

/** Looks at each answer, and keeps the ids of what was created. */
function reader({ kind, requests }: Job, ids: string[]): (answer: Buffer) => void {
  const [expect, before] = [Buffer.from(requests[kind].expect), Buffer.from(requests.idAfter)]
  return (answer) => {
    if (answer.toString('latin1', 9, 12) !== '200' || !holds(answer, expect))
      throw new Error(`A request answered ${answer.toString('latin1')}`)
    if (kind !== 'create') return
    const at = answer.indexOf(before) + before.length
    ids.push(answer.toString('latin1', at, answer.indexOf('"', at)))
  }
}

/** A header's name may come in either case. */
function holds(answer: Buffer, expect: Buffer): boolean {
  return answer.includes(expect) || answer.toString('latin1').toLowerCase().includes(expect.toString('latin1'))
}

/** One request after the other on one connection. */
function drive(socket: Socket, next: () => string | null, take: (answer: Buffer) => void): Promise<void> {
  return new Promise((resolve, reject) => {
    let held: Buffer | null = null
    const send = () => {
      const request = next()
      if (request === null) resolve()
      else socket.write(request, 'latin1')
    }
    socket.on('error', reject)
    socket.on('close', () => reject(new Error('The server closed a connection.')))
    socket.on('data', (piece: Buffer) => {
      const bytes: Buffer = held === null ? piece : Buffer.concat([held, piece])
      const length = wholeLength(bytes)
      if (length === null || bytes.length < length) {
        held = bytes
        return
      }
      held = null
      try {
        take(bytes)
      } catch (error) {
        return reject(error)
      }
      send()
    })
    send()
  })
}

const lengthName = Buffer.from('content-length: ')

/** Of head and body together; null while the head is not whole. Both servers answer with a length, in lower case or not. */
function wholeLength(bytes: Buffer): number | null {
  const headEnd = bytes.indexOf('\r\n\r\n')
  if (headEnd < 0) return null
  let at = bytes.indexOf(lengthName)
  if (at < 0 || at > headEnd) at = bytes.toString('latin1', 0, headEnd).toLowerCase().indexOf('content-length: ')
  if (at < 0) throw new Error('An answer has no content-length.')
  return (
    headEnd + 4 + Number.parseInt(bytes.toString('latin1', at + lengthName.length, at + lengthName.length + 10), 10)
  )
}
