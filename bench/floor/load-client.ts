import { connect, type Socket } from 'node:net'

/** One measurement: so many requests of one kind over so many keep-alive connections. */
export interface Job {
  port: number
  key: string
  kind: 'create' | 'read' | 'end'
  count: number
  connections: number
  agentId: string
  /** For read and end: each request takes the next one. */
  ids: string[]
}

export interface Result {
  seconds: number
  /** How busy this process was, 0 to 1: near 1 the client was the limit, not the server. */
  clientBusy: number
  /** Of the sessions made. */
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
  await Promise.all(sockets.map((socket) => drive(socket, next, job.kind === 'create' ? ids : null)))
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
function requestsOf({ kind, key, count, agentId, ids, port }: Job): () => string | null {
  const common = `host: 127.0.0.1:${port}\r\nx-api-key: ${key}\r\n`
  const body = JSON.stringify({ agentic_avatar_id: agentId, allowed_origins: ['https://customer.example'] })
  const create = `POST /v1/widget/sessions HTTP/1.1\r\n${common}content-type: application/json\r\ncontent-length: ${body.length}\r\n\r\n${body}`
  const method = kind === 'read' ? 'GET' : 'DELETE'
  let sent = 0
  return () => {
    if (sent === count) return null
    sent += 1
    if (kind === 'create') return create
    return `${method} /v1/widget/sessions/${ids[(sent - 1) % ids.length]} HTTP/1.1\r\n${common}\r\n`
  }
}

/** One request after the other on one connection. */
function drive(socket: Socket, next: () => string | null, ids: string[] | null): Promise<void> {
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
      if (bytes.toString('latin1', 9, 12) !== '200')
        return reject(new Error(`A request answered ${bytes.toString('latin1')}`))
      if (ids !== null) ids.push(idIn(bytes))
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

const idName = Buffer.from('"session_id":"')

function idIn(bytes: Buffer): string {
  const at = bytes.indexOf(idName) + idName.length
  return bytes.toString('latin1', at, bytes.indexOf('"', at))
}
