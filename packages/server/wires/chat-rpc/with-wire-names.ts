import { ParlorError } from '@parlor/core/errors'

/** Core's name of a field → the one on this wire. */
const wireNames: Readonly<Record<string, string>> = {
  durationSeconds: 'expires_after',
  endUserId: 'user_identifier',
  audience: 'embed_origin',
  strictOrigins: 'strict_origins',
  allowedOrigins: 'origin',
}

/** Core speaks of its own fields; the caller hears of the ones it sent. Rejections of `work` pass through here. */
export async function withWireNames<T>(work: Promise<T>, more: Readonly<Record<string, string>> = {}): Promise<T> {
  return work.catch((error: unknown) => {
    if (!(error instanceof ParlorError) || error.code !== 'validation_failed') throw error
    const faults = error.faults.map((fault) => {
      const [field, ...rest] = fault.path
      const name = more[String(field)] ?? wireNames[String(field)] ?? String(field)
      return { ...fault, path: ['body', name, ...rest] }
    })
    const text = faults.map(({ path, message }) => `${path.slice(1).join('.')}: ${message.replace(/\.$/, '')}`)
    throw new ParlorError('validation_failed', { message: `${text.join('; ')}.`, faults })
  })
}
