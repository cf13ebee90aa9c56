import type { Picture } from '@parlor/core/agent'
import { ParlorError, refuseField } from '@parlor/core/errors'

const mebibyte = 1024 * 1024
/** What a picture may have, decoded (contracts 2.4). */
const largestPicture = 5 * mebibyte
/** Fits the largest picture in base64, and one a little larger, so that it hears of its own limit. */
export const pictureBodyLimit = 8 * mebibyte

/** How the bytes of each kind begin, in hex, as far as their first part that says something of the picture. */
const kinds: Readonly<Record<string, RegExp>> = {
  'image/png': /^89504e470d0a1a0a0000000d49484452/,
  'image/jpeg': /^ffd8ff../,
  'image/gif': /^47494638(37|39)61.{14}/,
  'image/webp': /^52494646.{8}57454250565038(20|4c|58)/,
}
const beginning = 24
const whatIsTaken = 'send a PNG, JPEG, WebP or GIF as data:image/png;base64,… of at most 5 MB'

/**
 * The picture in a data URL (RFC 2397), its bytes checked against the type it claims: it is served again from Parlor's own origin.
 * @throws ParlorError `validation_failed` at `refImage`, `payload_too_large` above 5 MiB (contracts Q22).
 */
export function readRefImage(text: string): Picture {
  const [, named, parameters] = /^data:([\w.+-]+\/[\w.+-]+)((?:;[\w.+=-]+){0,5}),/i.exec(text.slice(0, 200)) ?? []
  if (named === undefined) throw refuse('not_a_data_url', `it is no data URL; ${whatIsTaken}`)
  if (!parameters?.toLowerCase().endsWith(';base64')) throw refuse('not_base64', `it is not in base64; ${whatIsTaken}`)
  const type = named.toLowerCase().replace(/^image\/jpg$/, 'image/jpeg')
  const kind = Object.hasOwn(kinds, type) ? kinds[type] : undefined
  if (kind === undefined) throw refuse('not_a_picture', `${type} is not taken; ${whatIsTaken}`)
  const base64 = text.slice(text.indexOf(',') + 1)
  if (!/^[A-Za-z0-9+/]+={0,2}$/.test(base64)) throw refuse('not_base64', `it is not in base64; ${whatIsTaken}`)
  const bytes = Buffer.from(base64, 'base64')
  if (bytes.byteLength > largestPicture) {
    throw new ParlorError('payload_too_large', {
      message: `refImage: the picture has ${bytes.byteLength} bytes and may have ${largestPicture} (5 MiB).`,
    })
  }
  if (!kind.test(bytes.toString('hex', 0, beginning))) {
    throw refuse('mislabelled', `its bytes are not those of ${type}; ${whatIsTaken}`)
  }
  return { type, bytes }
}

function refuse(kind: string, message: string): ParlorError {
  return refuseField(['body', 'refImage'], kind, message)
}
