import { createHash, timingSafeEqual } from 'node:crypto'
import { ParlorError } from '@parlor/core/errors'
import { Counter, collectDefaultMetrics, Gauge, Histogram, Registry } from 'prom-client'
import type { App } from '../http/app-types.ts'

/** What the live socket counts; the same shape as its own port. */
export interface LiveCounters {
  socketOpened(): void
  socketClosed(code: number): void
  messageStored(): void
  replyEnded(finish: string, durationMs: number): void
}

export interface Metrics {
  registry: Registry
  countRequest(method: string, route: string, status: number, seconds: number): void
  live: LiveCounters
}

/** What a sentence model has read of passages; the same shape as its reader tells. */
type ReadingProgress = () => { read: number; isFailing: boolean }

export function createMetrics(
  counts: () => { sockets: number; sessions: number; visitors: number; replies: number },
  rooms: () => number = () => 0,
  reading: ReadingProgress | null = null,
): Metrics {
  const registry = new Registry()
  collectDefaultMetrics({ register: registry })
  const registers = [registry]
  const requests = new Histogram({
    name: 'parlor_http_request_duration_seconds',
    help: 'Time from request to answer, by route pattern.',
    labelNames: ['method', 'route', 'status'],
    buckets: [0.001, 0.005, 0.025, 0.1, 0.5, 2, 10],
    registers,
  })
  for (const name of ['sockets', 'sessions', 'visitors', 'replies'] as const) {
    new Gauge({
      name: `parlor_live_${name}`,
      help: `Live ${name} on this node.`,
      registers,
      collect() {
        this.set(counts()[name])
      },
    })
  }
  new Gauge({
    name: 'parlor_rooms',
    help: 'Avatars of this node in rooms of media servers.',
    registers,
    collect() {
      this.set(rooms())
    },
  })
  if (reading !== null) watchReading(registry, reading)
  return {
    registry,
    countRequest: (method, route, status, seconds) => requests.observe({ method, route, status }, seconds),
    live: liveCounters(registry),
  }
}

function watchReading(registry: Registry, progress: ReadingProgress): void {
  const registers = [registry]
  new Gauge({
    name: 'parlor_passages_read',
    help: 'Passages the sentence model has read since this node started.',
    registers,
    collect() {
      this.set(progress().read)
    },
  })
  new Gauge({
    name: 'parlor_passages_failing',
    help: '1 while the sentence model cannot read passages, else 0.',
    registers,
    collect() {
      this.set(progress().isFailing ? 1 : 0)
    },
  })
}

function liveCounters(registry: Registry): LiveCounters {
  const registers = [registry]
  const opened = new Counter({ name: 'parlor_live_sockets_opened_total', help: 'Sockets opened.', registers })
  const closed = new Counter({
    name: 'parlor_live_sockets_closed_total',
    help: 'Sockets closed.',
    labelNames: ['code'],
    registers,
  })
  const stored = new Counter({ name: 'parlor_live_messages_total', help: 'Messages of visitors stored.', registers })
  const replies = new Histogram({
    name: 'parlor_live_reply_duration_seconds',
    help: 'Time from the first sign of an answer to its end.',
    labelNames: ['finish'],
    buckets: [0.01, 0.05, 0.25, 1, 5, 20, 60],
    registers,
  })
  return {
    socketOpened: () => opened.inc(),
    socketClosed: (code) => closed.inc({ code }),
    messageStored: () => stored.inc(),
    replyEnded: (finish, durationMs) => replies.observe({ finish }, durationMs / 1000),
  }
}

/**
 * `/metrics` in the Prometheus text format. With a token it wants it as a bearer; without one it answers only where the
 * server listens on this machine alone.
 */
export function registerMetrics(app: App, metrics: Metrics, token: string | null, isLocal: boolean): void {
  app.get('/metrics', { config: { credential: { kind: 'metrics_token' } } }, async (request, reply) => {
    if (token === null && !isLocal) {
      throw new ParlorError('forbidden', { message: 'Set PARLOR_METRICS_TOKEN to read metrics from other machines.' })
    }
    if (token !== null && !sameText(request.headers.authorization ?? '', `Bearer ${token}`)) {
      throw new ParlorError('invalid_key', {
        message: 'Send the metrics token as a bearer in the authorization header.',
      })
    }
    reply.header('content-type', metrics.registry.contentType)
    return metrics.registry.metrics()
  })
}

function sameText(given: string, wanted: string): boolean {
  const digest = (text: string) => createHash('sha256').update(text).digest()
  return timingSafeEqual(digest(given), digest(wanted))
}
