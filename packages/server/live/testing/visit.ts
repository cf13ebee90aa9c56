import type { Duplex } from 'node:stream'
import type { ClientEvent, Hello, Ready, ServerEvent } from '@parlor/protocol'
import { WebSocket } from 'ws'

export interface VisitOptions {
  origin?: string
  hello?: Partial<Hello>
  /** How many messages to send at once with `hello`. */
  early?: number
  /** Called for every event before anybody waiting for it learns of it. */
  onEvent?: (event: ServerEvent) => void
}

/** A client's side of the socket: remembers what it was told and lets a test wait for it. */
export type Visit = ReturnType<typeof openVisit>

export function openVisit(url: string, { origin, onEvent }: VisitOptions = {}) {
  const socket = new WebSocket(url, origin === undefined ? {} : { origin })
  const events: ServerEvent[] = []
  const waiting = new Set<() => void>()
  socket.on('message', (data) => {
    const event: ServerEvent = JSON.parse(data.toString())
    events.push(event)
    onEvent?.(event)
    for (const look of waiting) look()
  })
  const closed = new Promise<number>((resolve) => socket.on('close', resolve))
  const opened = new Promise<void>((resolve, reject) => {
    socket.on('open', () => resolve())
    socket.on('error', reject)
  })
  opened.catch(() => {})

  /** Resolves to the first event of this type, already there or to come, that fits. */
  function next<T extends ServerEvent['type']>(
    type: T,
    fits: (event: Extract<ServerEvent, { type: T }>) => boolean = () => true,
  ): Promise<Extract<ServerEvent, { type: T }>> {
    return new Promise((resolve, reject) => {
      const look = () => {
        const found = events.find(
          (event): event is Extract<ServerEvent, { type: T }> =>
            event.type === type && fits(event as Extract<ServerEvent, { type: T }>),
        )
        if (found === undefined) return
        waiting.delete(look)
        resolve(found)
      }
      waiting.add(look)
      look()
      closed.then((code) => reject(new Error(`closed with ${code} before ${type}`)))
    })
  }
  const send = (event: ClientEvent) => socket.send(JSON.stringify(event))
  return { socket, events, opened, closed, next, send }
}

/** Connects, says hello and waits for `ready`. */
export async function visit(url: string, token: string, options: VisitOptions = {}): Promise<Visit & { ready: Ready }> {
  const visit = openVisit(url, options)
  await visit.opened
  greet(visit, token, options)
  const ready = await visit.next('ready')
  return { ...visit, ready }
}

/** Connects, says hello and waits to be turned away. */
export async function refused(url: string, token: string, options: VisitOptions = {}) {
  const visit = openVisit(url, options)
  await visit.opened
  greet(visit, token, options)
  const code = await visit.closed
  return { code, events: visit.events }
}

/** All of it in one packet, so that nothing of it can be answered before all of it is there. */
function greet({ send, socket }: Visit, token: string, { hello, early = 0 }: VisitOptions): void {
  const stream: Duplex = Reflect.get(socket, '_socket')
  stream.cork()
  send({ type: 'hello', v: 1, token, ...hello })
  for (let n = 0; n < early; n += 1) send({ type: 'user.text', id: `early-${n}`, text: `early ${n}` })
  stream.uncork()
}
