import { ParlorError, refuseField } from '@parlor/core/errors'
import { type DocumentType, documentTypes } from './document-types.ts'
import { type ReadDocument, readMarkdown } from './read-markdown.ts'
import { readPlainText } from './read-plain-text.ts'

type Field = 'file' | 'text' | 'url'

/** @throws ParlorError `payload_too_large`. */
export function checkSize(bytes: Uint8Array, type: DocumentType): void {
  const { limitBytes } = documentTypes[type]
  if (bytes.byteLength > limitBytes) {
    const limit = `${limitBytes} (${limitBytes / 1024 / 1024} MiB)`
    throw new ParlorError('payload_too_large', {
      message: `The document has ${bytes.byteLength} bytes and may have ${limit}. Split it into several.`,
    })
  }
}

/** Whether there is nothing but spaces and line ends, whatever kind of document it is called. */
export function isBlank(bytes: Uint8Array): boolean {
  return bytes.every((byte) => byte === 0x20 || (byte >= 0x09 && byte <= 0x0d))
}

export function refuseEmpty(field: Field): ParlorError {
  return refuseField([field], 'empty', 'it is empty. Send a document with text in it.')
}

/**
 * Reads Markdown or plain text.
 * @throws ParlorError `validation_failed` when it is no text, nothing readable is in it, or too much.
 */
export function readTextDocument(sent: { bytes: Uint8Array; type: DocumentType; field: Field }): ReadDocument {
  const text = decode(sent.bytes, sent.field)
  if (text.includes('\0')) throw refuseField([sent.field], 'binary', 'it holds binary data. Send a text file in UTF-8.')
  if (text.trim() === '') throw refuseEmpty(sent.field)
  return checkPassages(sent.type === 'text/plain' ? readPlainText(text) : readMarkdown(text), sent.field)
}

/** @throws ParlorError `validation_failed` when a document fell into no passages, or too many. */
export function checkPassages(read: ReadDocument, field: Field): ReadDocument {
  if (read.chunks.length === 0) {
    throw refuseField([field], 'empty', 'no readable text is in it. Send a document with text in it.')
  }
  if (read.chunks.length > mostPassages) {
    const message = `it falls into ${read.chunks.length} passages and may have ${mostPassages}. Split it into several documents.`
    throw refuseField([field], 'too_many_passages', message)
  }
  return read
}

/** An ordinary document of 5 MiB has some six thousand. */
const mostPassages = 20_000

/** A text as bytes. One that is beyond every limit is not copied: a sign takes at least one byte. */
export function encodeText(text: string): Uint8Array {
  if (text.length > documentTypes['text/markdown'].limitBytes) return new Uint8Array(text.length)
  return new TextEncoder().encode(text)
}

function decode(bytes: Uint8Array, field: Field): string {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes)
  } catch (cause) {
    const message = 'it is not text in UTF-8. Save it as UTF-8 and send it again.'
    throw new ParlorError('validation_failed', {
      message: `${field}: ${message}`,
      faults: [{ path: [field], type: 'encoding', message }],
      cause,
    })
  }
}
