import type { AddressInfo } from 'node:net'
import type { ClientEvent, Ready, ServerEvent } from '@parlor/protocol'
import { type WebSocket as ServerSocket, WebSocketServer } from 'ws'
import type { LiveClient } from './live-client.ts'
import { browserPlatform, type LivePlatform } from './platform.ts'
import type { LiveState } from './state.ts'

/** A real `ws` server on loopback that says only what the test tells it to. */
export async function startScriptedServer() {
  const server = new WebSocketServer({ host: '127.0.0.1', port: 0 })
  await new Promise((done) => server.once('listening', done))
  const waiting: ((peer: Peer) => void)[] = []
  const arrived: Peer[] = []
  const urls: string[] = []
  server.on('connection', (socket, request) => {
    urls.push(request.url ?? '')
    const peer = makePeer(socket)
    const next = waiting.shift()
    if (next) next(peer)
    else arrived.push(peer)
  })
  return {
    url: `ws://127.0.0.1:${(server.address() as AddressInfo).port}/v1/rt`,
    urls,
    /** The next connection. */
    accept: () => new Promise<Peer>((done) => (arrived[0] ? done(arrived.shift() as Peer) : waiting.push(done))),
    connections: () => urls.length,
    stop() {
      for (const socket of server.clients) socket.terminate()
      server.close()
    },
  }
}

export type Peer = ReturnType<typeof makePeer>

function makePeer(socket: ServerSocket) {
  const heard: ClientEvent[] = []
  let wake = () => {}
  const closed = new Promise<void>((done) => socket.once('close', () => done()))
  socket.on('message', (data) => {
    heard.push(JSON.parse(String(data)))
    wake()
  })
  return {
    socket,
    heard,
    closed,
    say(...events: ServerEvent[]) {
      for (const event of events) socket.send(JSON.stringify(event))
    },
    close: (code: number) => socket.close(code),
    /** Waits until the client has said something of this type. */
    async hear<T extends ClientEvent['type']>(type: T): Promise<Extract<ClientEvent, { type: T }>> {
      for (;;) {
        const index = heard.findIndex((event) => event.type === type)
        if (index >= 0) return heard.splice(index, 1)[0] as Extract<ClientEvent, { type: T }>
        await new Promise<void>((done) => (wake = done))
      }
    },
  }
}

/** A clock that moves only when told; sockets are real. */
export function manualPlatform(start = 1_000_000) {
  let now = start
  let ids = 0
  const timers = new Map<number, { at: number; run: () => void }>()
  const platform: LivePlatform = {
    ...browserPlatform(),
    now: () => now,
    random: () => 0,
    newId: () => `msg-${++ids}`,
    setTimer(run, delayMs) {
      const id = ++ids
      timers.set(id, { at: now + delayMs, run })
      return id
    },
    clearTimer: (timer) => void timers.delete(timer as number),
  }
  function advance(ms: number): void {
    const until = now + ms
    for (;;) {
      const [id, next] = [...timers].sort((a, b) => a[1].at - b[1].at)[0] ?? []
      if (id === undefined || !next || next.at > until) break
      timers.delete(id)
      now = next.at
      next.run()
    }
    now = until
  }
  return { platform, advance, timers, setNow: (value: number) => (now = value) }
}

/** Waits until the state fits. */
export function until(client: LiveClient, fits: (state: LiveState) => boolean): Promise<LiveState> {
  if (fits(client.state)) return Promise.resolve(client.state)
  return new Promise((done) => {
    const stop = client.subscribe((state) => {
      if (!fits(state)) return
      stop()
      done(state)
    })
  })
}

export const ready: Ready = {
  type: 'ready',
  session: 'session-1',
  visitor: { id: 'visitor-1', resume_key: 'key-1' },
  conn: 'c1',
  features: { voice_input: false, text_input: true, knowledge_base: true },
  voice: { mode: 'none' },
  ears: { mode: 'none' },
  brain: { mode: 'extractive' },
  agent: { name: 'Ada', greeting: 'Hello', languages: ['en'] },
  avatar: { kind: 'svg', config: {} },
  audio_only: false,
  expires_at: new Date(2_000_000).toISOString(),
  now: new Date(1_000_000).toISOString(),
  heartbeat_ms: 15_000,
  resume: { ok: false, gap: false },
}
