import type { SentDocument } from '@parlor/conversation/knowledge'
import { refuseField } from '@parlor/core/errors'

/** How far into a page browsers look for its charset. */
const searchedBytes = 1024

/**
 * A page's text, in the charset it is in: by its byte order mark, by the header it came with, by its own word, else UTF-8.
 * @throws ParlorError `validation_failed`.
 */
export function decodeHtml(bytes: Uint8Array, charset: string | null, field: SentDocument['field']): string {
  const named = charsetOfMark(bytes) ?? charset ?? charsetOfPage(bytes)
  const decoder = decoderOf(named ?? 'utf-8')
  if (decoder === null) {
    throw refuseField([field], 'encoding', `its charset ${named?.slice(0, 40)} is unknown. Save it as UTF-8.`)
  }
  try {
    return decoder.decode(bytes)
  } catch {
    // Pages that say nothing and are not UTF-8 are nearly always this, and browsers take them so.
    if (named === null) return new TextDecoder('windows-1252').decode(bytes)
    throw refuseField([field], 'encoding', `it is not text in ${named.slice(0, 40)}. Save it as UTF-8.`)
  }
}

function charsetOfMark(bytes: Uint8Array): string | null {
  if (bytes[0] === 0xef && bytes[1] === 0xbb && bytes[2] === 0xbf) return 'utf-8'
  if (bytes[0] === 0xff && bytes[1] === 0xfe) return 'utf-16le'
  return bytes[0] === 0xfe && bytes[1] === 0xff ? 'utf-16be' : null
}

function charsetOfPage(bytes: Uint8Array): string | null {
  const head = new TextDecoder('latin1').decode(bytes.subarray(0, searchedBytes))
  return /<meta\s[^>]{0,200}?charset\s*=\s*["']?([\w:.-]{1,40})/i.exec(head)?.[1]?.toLowerCase() ?? null
}

function decoderOf(charset: string): TextDecoder | null {
  try {
    return new TextDecoder(charset, { fatal: true })
  } catch {
    return null
  }
}
