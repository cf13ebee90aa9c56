import { ParlorError } from '@parlor/core/errors'
import type { Clock } from '@parlor/core/time'
import { parseJwt, type SigningKeys, signatureMatches, signJwt } from '@parlor/core/token'

/** How long an upload may be begun after it was announced, in seconds. */
export const uploadSeconds = 15 * 60
const use = 'parlor-upload'

/** What an upload address opens: one document of one base, and what was said of its kind. */
export interface UploadTicket {
  baseId: string
  documentId: string
  mediaType: string
  /** Seconds since 1970. */
  issuedAt: number
}

interface UploadPorts {
  signingKeys: SigningKeys
  clock: Clock
}

/** The same ticket gives the same token as long as the project's signing key is the same. */
export async function signUpload({ signingKeys }: UploadPorts, projectId: string, ticket: UploadTicket) {
  const { kid, key } = await signingKeys.current(projectId)
  const { baseId, documentId, mediaType, issuedAt: iat } = ticket
  // No session has this id: whoever brings the token for one is refused.
  const claims = { jti: documentId, iat, exp: iat + uploadSeconds, use, base: baseId, type: mediaType }
  return signJwt(claims, kid, key)
}

/** @throws ParlorError `invalid_token` for one that is not ours, is for something else, or is over. */
export async function readUpload({ signingKeys, clock }: UploadPorts, token: string) {
  const jwt = parseJwt(token)
  const signer = jwt === null ? null : await signingKeys.find(jwt.kid)
  if (jwt === null || signer === null || !signatureMatches(jwt, signer.key)) throw notGood()
  const { jti: documentId, iat: issuedAt, exp, base: baseId, type: mediaType } = jwt.claims
  if (jwt.claims.use !== use || typeof baseId !== 'string' || typeof mediaType !== 'string') throw notGood()
  if (exp * 1000 <= clock.now()) throw notGood()
  return { projectId: signer.projectId, ticket: { baseId, documentId, mediaType, issuedAt } satisfies UploadTicket }
}

function notGood(): ParlorError {
  return new ParlorError('invalid_token', {
    message: 'This upload address is not good, or it is over. Announce the document again to get another.',
  })
}
