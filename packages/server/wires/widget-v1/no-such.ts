import { ParlorError } from '@parlor/core/errors'

/** The same words for what is not there and for what is another account's. */
export function noSuch(noun: string): ParlorError {
  return new ParlorError('not_found', {
    message: `There is no ${noun} with this id in your account or among the public ones.`,
  })
}

/** Core says only that something is missing; this wire says what, in its own word. */
export function nameMissing(error: unknown, noun: string): unknown {
  return error instanceof ParlorError && error.code === 'not_found' ? noSuch(noun) : error
}
