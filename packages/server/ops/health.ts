import type { App } from '../http/app-types.ts'

export interface HealthPorts {
  /** A real read and a durable write; rejects with the reason when the store cannot. */
  probe(): Promise<void>
  /** Never goes back. */
  monotonicMs(): number
  version: string
}

interface Health {
  status: 'ok' | 'unavailable'
  version: string
  checks: { store: string }
}

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
  for (const path of ['/health', '/v1/health']) {
    app.get(
      path,
      { config, schema: { operationId: path === '/health' ? 'health' : 'healthV1' } },
      async (_request, reply) => {
        const health = await check()
        reply.code(health.status === 'ok' ? 200 : 503).header('cache-control', 'no-store')
        return health
      },
    )
  }
  app.get('/healthz', { config }, async (_request, reply) => {
    const health = await check()
    return reply.code(health.status === 'ok' ? 200 : 503).send('')
  })
}

async function probeOnce({ probe, version }: HealthPorts): Promise<Health> {
  let timer: NodeJS.Timeout | undefined
  const tooLong = new Promise<never>((_resolve, reject) => {
    timer = setTimeout(
      () => reject(new Error(`the store did not answer within ${probeTimeoutMs / 1000} s`)),
      probeTimeoutMs,
    )
  })
  try {
    await Promise.race([probe(), tooLong])
    return { status: 'ok', version, checks: { store: 'ok' } }
  } catch (error) {
    const reason = error instanceof Error ? error.message : 'the store failed'
    return { status: 'unavailable', version, checks: { store: reason } }
  } finally {
    clearTimeout(timer)
  }
}
