import type { App } from '../http/app-types.ts'

export interface HealthPorts {
  /** A real read and a durable write; rejects with the reason when the store cannot. */
  probe(): Promise<void>
  /** What is known of the media server, which nothing but avatar sessions waits for; null where none is configured. */
  rooms?: () => string | null
  /** Never goes back. */
  monotonicMs(): number
  version: string
}

interface Health {
  status: 'ok' | 'unavailable'
  version: string
  checks: { store: string; rooms?: string }
}

const whole = (health: Health) => health
/** The avatar wire has two fields (contracts 2.4), and the reason where there is one. */
const short = ({ status, version, checks }: Health) =>
  status === 'ok' ? { status, version } : { status, version, reason: checks.store }

const doors = [
  { path: '/health', operationId: 'health', render: whole },
  { path: '/v1/health', operationId: 'healthV1', render: whole },
  { path: '/v3/health', operationId: 'healthV3', render: short },
  { path: '/equos/v1/health', operationId: 'healthV3EquosV1', render: short },
  { path: '/equos/v3/health', operationId: 'healthV3EquosV3', render: short },
]

const cachedForMs = 1000
const probeTimeoutMs = 5000

/** `/health` and its sisters do real work, at most once a second however often they are asked. */
export function registerHealth(app: App, ports: HealthPorts): void {
  let last: { at: number; health: Promise<Health> } | null = null
  const check = (): Promise<Health> => {
    const now = ports.monotonicMs()
    if (last === null || now - last.at >= cachedForMs) last = { at: now, health: probeOnce(ports) }
    return last.health
  }
  const config = { credential: { kind: 'none' } } as const
  for (const { path, operationId, render } of doors) {
    app.get(path, { config, schema: { operationId, hide: path.startsWith('/equos/') } }, async (_request, reply) => {
      const health = await check()
      reply.code(health.status === 'ok' ? 200 : 503).header('cache-control', 'no-store')
      return render(health)
    })
  }
  app.get('/healthz', { config }, async (_request, reply) => {
    const health = await check()
    return reply.code(health.status === 'ok' ? 200 : 503).send('')
  })
}

async function probeOnce({ probe, version, rooms }: HealthPorts): Promise<Health> {
  const media = rooms?.() ?? null
  let timer: NodeJS.Timeout | undefined
  const tooLong = new Promise<never>((_resolve, reject) => {
    timer = setTimeout(
      () => reject(new Error(`the store did not answer within ${probeTimeoutMs / 1000} s`)),
      probeTimeoutMs,
    )
  })
  try {
    await Promise.race([probe(), tooLong])
    return { status: 'ok', version, checks: { store: 'ok', ...(media !== null && { rooms: media }) } }
  } catch (error) {
    const reason = error instanceof Error ? error.message : 'the store failed'
    return { status: 'unavailable', version, checks: { store: reason } }
  } finally {
    clearTimeout(timer)
  }
}
