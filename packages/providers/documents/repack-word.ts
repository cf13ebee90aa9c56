import { largestDocument, type SentDocument, whatIsTaken } from '@parlor/conversation/knowledge'
import { ParlorError, refuseField } from '@parlor/core/errors'
import { type Unzipped, unzipSync, zipSync } from 'fflate'

/** Bytes of all parts together, unzipped. */
const unzippedLimit = 64 * 1024 * 1024
const mostEntries = 10_000
const contents = '[Content_Types].xml'
/** The parts that hold text. Pictures, fonts and documents within the document are never unzipped. */
const readParts = /^(?:\[Content_Types\]\.xml|_rels\/\.rels|word\/(?:_rels\/)?[\w.-]+\.(?:xml|rels))$/

/**
 * Unzips what is read of a Word document, by the sizes its directory promises and not a byte more, and packs it anew
 * without compression: what comes after can be surprised by no size.
 * @throws ParlorError `unsupported_media_type` naming what it really is, or `validation_failed`.
 */
export function repackWord(bytes: Uint8Array, field: SentDocument['field']): Uint8Array {
  const names: string[] = []
  let size = 0
  const parts = unzipSync(bytes, {
    filter: ({ name, originalSize }) => {
      names.push(name)
      if (names.length > mostEntries) throw refuseField([field], 'too_many_parts', tooMuch)
      if (!readParts.test(name)) return false
      size += originalSize
      if (size > unzippedLimit) throw refuseField([field], 'too_large_unzipped', tooMuch)
      return true
    },
  })
  checkKind(parts, names)
  return zipSync(parts, { level: 0 })
}

const tooMuch = `unzipped it is larger than ${unzippedLimit / 1024 / 1024} MiB, or has more than ${mostEntries} parts. A document of ${largestDocument / 1024 / 1024} MiB seldom is: save it anew, or split it.`

function checkKind(parts: Unzipped, names: readonly string[]): void {
  const types = parts[contents] ? new TextDecoder().decode(parts[contents]) : ''
  if (/wordprocessingml\.(?:document|template)\.main|ms-word\.(?:document|template)\.macroEnabled\.main/i.test(types))
    return
  const has = (start: string) => names.some((name) => name.startsWith(start))
  let what = 'a ZIP archive without a Word document in it'
  if (has('xl/')) what = 'an Excel workbook'
  else if (has('ppt/')) what = 'a PowerPoint presentation'
  else if (names.includes('mimetype') && has('META-INF/')) what = 'an OpenDocument file or an e-book'
  throw new ParlorError('unsupported_media_type', {
    message: `The document is mislabelled or of a kind that cannot be read: it is ${what}. ${whatIsTaken}`,
  })
}
