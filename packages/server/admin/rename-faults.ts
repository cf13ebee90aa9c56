import { ParlorError } from '@parlor/core/errors'

const wireNames: Record<string, string> = {
  maxDurationSeconds: 'max_duration',
  rateLimit: 'rate_limit',
  rateWindowSeconds: 'rate_limit_window',
  allowedOrigins: 'allowed_origins',
  expiresAt: 'expires_at',
}

/** Core speaks of its own fields; the caller hears of the ones it sent. Rejections of `work` pass through here. */
export async function withWireNames<T>(work: Promise<T>): Promise<T> {
  return work.catch((error: unknown) => {
    if (!(error instanceof ParlorError) || error.code !== 'validation_failed') throw error
    const faults = error.faults.map((fault) => {
      const [field, ...rest] = fault.path
      return { ...fault, path: ['body', wireNames[String(field)] ?? String(field), ...rest] }
    })
    const message = faults.map((fault) => `${fault.path.slice(1).join('.')}: ${fault.message}.`).join(' ')
    throw new ParlorError('validation_failed', { message, faults })
  })
}
