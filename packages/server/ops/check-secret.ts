import { ParlorError } from '@parlor/core/errors'
import type { SigningKeys } from '@parlor/core/token'

/**
 * Opens the project's signing key, making it where there is none: so the first start leaves something that only its own secret opens,
 * and a node with another one finds out before it serves anything.
 * @throws Error with a sentence for the operator.
 */
export async function assertSecret(signingKeys: Pick<SigningKeys, 'current'>, projectId: string): Promise<void> {
  try {
    await signingKeys.current(projectId)
  } catch (cause) {
    if (cause instanceof ParlorError) throw cause
    const message =
      'PARLOR_SECRET is not the one this store was made with, so no token could be read: set that one, or put its file back.'
    throw new Error(message, { cause })
  }
}
