import { ParlorError } from '@parlor/core/errors'

const wireNames: Readonly<Record<string, string>> = { durationSeconds: 'maxDuration' }

/** Core speaks of its own fields; the caller hears of the ones it sent. Rejections of `work` pass through here. */
export async function withWireNames<T>(work: Promise<T>): Promise<T> {
  return work.catch((error: unknown) => {
    if (!(error instanceof ParlorError) || error.code !== 'validation_failed') throw error
    const faults = error.faults.map((fault) => {
      const [field, ...rest] = fault.path[0] === 'body' ? fault.path.slice(1) : fault.path
      return { ...fault, path: ['body', wireNames[String(field)] ?? String(field), ...rest] }
    })
    const text = faults.map(({ path, message }) => `${path.slice(1).join('.')}: ${message.replace(/\.$/, '')}`)
    throw new ParlorError('validation_failed', { message: `${text.join('; ')}.`, faults })
  })
}
