import { type EndSessionPorts, expireSessions } from '@parlor/core/session'
import type { LiveLogger } from './live-ports.ts'

/** Writes expiries down, connected or not, every `everyMs` milliseconds; never two sweeps at once. Returns what stops it. */
export function startSweep(ports: EndSessionPorts, logger: LiveLogger, everyMs = 1_000): () => Promise<void> {
  let running: Promise<void> | null = null
  const timer = setInterval(() => {
    running ??= expireSessions(ports)
      .then(
        () => {},
        (err: unknown) => logger.error({ err }, 'expired sessions could not be written down'),
      )
      .finally(() => {
        running = null
      })
  }, everyMs)
  timer.unref()
  return async () => {
    clearInterval(timer)
    await running
  }
}
