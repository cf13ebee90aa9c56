import { refuseField } from '@parlor/core/errors'

/** What LiveKit takes (`limit.max_participant_identity_length`): with a longer one nobody gets in. */
const mostBytes = 256

/**
 * Whether somebody can be in a room under this identity. Half a character would become another one on its way, and the avatar would
 * meet itself as a stranger. @throws ParlorError `validation_failed` at `path`.
 */
export function checkIdentity(identity: string, path: readonly string[]): void {
  const isPlain = identity.isWellFormed() && !/\p{Cc}/u.test(identity)
  if (isPlain && Buffer.byteLength(identity) <= mostBytes) return
  throw refuseField(
    [...path],
    'not_allowed',
    `write an identity of at most ${mostBytes} bytes of UTF-8, without control characters`,
  )
}
