import { ParlorError, refuseField } from '@parlor/core/errors'
import { type ReadDocument, readMarkdown } from './read-markdown.ts'
import { readPlainText } from './read-plain-text.ts'

/** Bytes of one document, at most. */
export const documentLimit = 5 * 1024 * 1024

/** The kinds of document that can be read, each with its reader. */
const readers = { 'text/markdown': readMarkdown, 'text/plain': readPlainText } as const
export type DocumentType = keyof typeof readers

const typeOfExtension: Readonly<Record<string, DocumentType>> = {
  md: 'text/markdown',
  markdown: 'text/markdown',
  mdown: 'text/markdown',
  txt: 'text/plain',
  text: 'text/plain',
}
/** What senders write when they do not know better; the file's name is then believed instead. */
const vague = new Set(['', 'application/octet-stream', 'text/plain', 'binary/octet-stream'])
const alsoMarkdown = new Set(['text/x-markdown', 'text/vnd.daringfireball.markdown'])

/**
 * Which reader a document gets: by its media type, or by the end of its name where the type says nothing.
 * @throws ParlorError `unsupported_media_type`, naming what is taken.
 */
export function resolveType(name: string, mediaType: string | undefined, isText: boolean): DocumentType {
  const [essence = '', ...parameters] = (mediaType ?? '')
    .toLowerCase()
    .split(';')
    .map((part) => part.trim())
  const charset = parameters
    .find((part) => part.startsWith('charset='))
    ?.slice(8)
    .replaceAll('"', '')
  if (charset && !isText && !['utf-8', 'utf8', 'us-ascii'].includes(charset)) {
    throw new ParlorError('unsupported_media_type', {
      message: `The text is declared as ${charset.slice(0, 40)}. Save it as UTF-8 and send it again.`,
    })
  }
  if (alsoMarkdown.has(essence)) return 'text/markdown'
  if (essence === 'text/markdown') return essence
  if (vague.has(essence)) {
    const extension = /\.([a-z0-9]{1,10})$/i.exec(name)?.[1]?.toLowerCase() ?? ''
    const known = typeOfExtension[extension]
    if (known) return known
    if (essence === 'text/plain') return essence
    // A text sent without a file has a name like "Refund policy": plain text is Markdown, too.
    if (isText) return 'text/markdown'
  }
  throw new ParlorError('unsupported_media_type', {
    message:
      'This kind of document cannot be read. Send Markdown (text/markdown, .md) or plain text (text/plain, .txt).',
  })
}

/**
 * Turns what was sent into text.
 * @throws ParlorError `payload_too_large` or `validation_failed`, saying what to do.
 */
export function decodeDocument(sent: { bytes: Uint8Array } | { text: string }): { text: string; bytes: Uint8Array } {
  const bytes = 'bytes' in sent ? sent.bytes : encode(sent.text)
  const field = fieldOf(sent)
  if (bytes.byteLength > documentLimit) {
    throw new ParlorError('payload_too_large', {
      message: `The document has ${bytes.byteLength} bytes and may have ${documentLimit} (5 MiB). Split it into several.`,
    })
  }
  const text = 'bytes' in sent ? decode(bytes) : sent.text
  if (text.includes('\0')) throw refuseField([field], 'binary', 'it holds binary data. Send a text file in UTF-8.')
  if (text.trim() === '') throw refuseField([field], 'empty', 'it is empty. Send a document with text in it.')
  return { text, bytes }
}

/**
 * Reads a decoded document.
 * @throws ParlorError `validation_failed` when nothing readable is in it, or too much.
 */
export function readDocument(text: string, type: DocumentType, field: 'file' | 'text'): ReadDocument {
  const read = readers[type](text)
  if (read.chunks.length === 0) {
    throw refuseField([field], 'empty', 'no readable text is in it. Send a document with text in it.')
  }
  if (read.chunks.length > mostPassages) {
    const message = `it falls into ${read.chunks.length} passages and may have ${mostPassages}. Split it into several documents.`
    throw refuseField([field], 'too_many_passages', message)
  }
  return read
}

/** What the sender called it: refusals name it so. */
export function fieldOf(sent: { bytes: Uint8Array } | { text: string }): 'file' | 'text' {
  return 'bytes' in sent ? 'file' : 'text'
}

/** An ordinary document of 5 MiB has some six thousand. */
const mostPassages = 20_000

function encode(text: string): Uint8Array {
  // Bounds the work before the copy is made; a sign takes at least one byte.
  if (text.length > documentLimit) return new Uint8Array(text.length)
  return new TextEncoder().encode(text)
}

function decode(bytes: Uint8Array): string {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes)
  } catch (cause) {
    const message = 'it is not text in UTF-8. Save it as UTF-8 and send it again.'
    throw new ParlorError('validation_failed', {
      message: `file: ${message}`,
      faults: [{ path: ['file'], type: 'encoding', message }],
      cause,
    })
  }
}
