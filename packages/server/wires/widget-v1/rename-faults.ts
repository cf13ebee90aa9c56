import { type Fault, ParlorError } from '@parlor/core/errors'

type Path = Fault['path']

/**
 * Core speaks of its own fields; the caller hears of the ones it sent. `rename` gives the way to a field in the body, from
 * core's name of it. Anything but a refusal of fields passes unchanged.
 */
export function renameFaults(error: unknown, rename: (field: string) => Path): unknown {
  if (!(error instanceof ParlorError) || error.code !== 'validation_failed') return error
  const faults = error.faults.map((fault) => {
    const [field, ...rest] = fault.path
    return { ...fault, path: ['body', ...rename(String(field)), ...rest] }
  })
  const message = faults
    .map((fault) => `${fault.path.slice(1).join('.')}: ${fault.message.replace(/\.$/, '')}.`)
    .join(' ')
  return new ParlorError('validation_failed', { message, faults })
}
