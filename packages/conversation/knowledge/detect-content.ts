/** What the bytes themselves say. */
export type Content =
  | { kind: 'pdf' | 'zip' | 'html' | 'text' }
  /** An old Office file, or a new one behind a password. */
  | { kind: 'compound'; isEncrypted: boolean }
  /** Something that is never read, by its usual name. */
  | { kind: 'other'; what: string }

interface Signature {
  starts: string
  what: string
  /** A text may begin with these signs, too; binary data goes on with a NUL. */
  isWord?: true
}

const signatures: readonly Signature[] = [
  { starts: '\x89PNG\r\n', what: 'a PNG image' },
  { starts: '\xff\xd8\xff', what: 'a JPEG image' },
  { starts: 'GIF8', what: 'a GIF image', isWord: true },
  { starts: 'RIFF', what: 'a WebP image, or a sound or video file', isWord: true },
  { starts: 'II*\0', what: 'a TIFF image' },
  { starts: 'MM\0*', what: 'a TIFF image' },
  { starts: '\x1f\x8b', what: 'a gzip archive' },
  { starts: 'BZh', what: 'a bzip2 archive', isWord: true },
  { starts: '\xfd7zXZ\0', what: 'an xz archive' },
  { starts: "7z\xbc\xaf'\x1c", what: 'a 7-Zip archive' },
  { starts: 'Rar!\x1a\x07', what: 'a RAR archive' },
  { starts: '\x7fELF', what: 'a program' },
  { starts: 'MZ', what: 'a program', isWord: true },
  { starts: 'SQLite format 3\0', what: 'a database' },
  { starts: 'ID3', what: 'a sound file', isWord: true },
  { starts: 'OggS', what: 'a sound or video file', isWord: true },
  { starts: '\x1aE\xdf\xa3', what: 'a video file' },
  { starts: '{\\rtf', what: 'an RTF document' },
  { starts: '%!PS', what: 'a PostScript document' },
]

const headBytes = 4096

/** Tells what a document is by its first bytes, whatever it is called. Reads no further than it must. */
export function detectContent(bytes: Uint8Array): Content {
  const buffer = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength)
  const head = buffer.subarray(0, headBytes).toString('latin1')
  if (head.startsWith('PK\x03\x04') || head.startsWith('PK\x05\x06')) return { kind: 'zip' }
  if (head.startsWith('\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1')) {
    return { kind: 'compound', isEncrypted: buffer.includes(Buffer.from('EncryptedPackage', 'utf16le')) }
  }
  const signature = signatures.find(({ starts, isWord }) => head.startsWith(starts) && (!isWord || head.includes('\0')))
  if (signature) return { kind: 'other', what: signature.what }
  if (head.slice(4, 8) === 'ftyp') return { kind: 'other', what: 'a video file' }
  const text = headText(buffer)
  if (text.startsWith('%PDF-')) return { kind: 'pdf' }
  return { kind: isHtmlStart(text) ? 'html' : 'text' }
}

/** Some programs write a line before a PDF begins; readers allow a thousand bytes. */
export function holdsPdf(bytes: Uint8Array): boolean {
  return Buffer.from(bytes.buffer, bytes.byteOffset, Math.min(bytes.byteLength, 1024)).includes('%PDF-')
}

const searchedForTags = 256 * 1024

/** Whether a text has any tag in it: a piece of a page may begin with plain words. */
export function holdsTags(bytes: Uint8Array): boolean {
  const text = headText(Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength), searchedForTags)
  return /<[a-z!?/]/i.test(text)
}

function headText(buffer: Buffer, length = headBytes): string {
  const head = buffer.subarray(0, length)
  const isWide = head[0] === 0xff && head[1] === 0xfe
  const isWideSwapped = head[0] === 0xfe && head[1] === 0xff
  // The second byte of each pair is enough to see tags by.
  if (isWide || isWideSwapped) return head.toString('latin1').replaceAll('\0', '').slice(2).trimStart()
  return head
    .toString('latin1')
    .replace(/^\xef\xbb\xbf/, '')
    .trimStart()
}

function isHtmlStart(text: string): boolean {
  let rest = text
  for (;;) {
    const close = rest.startsWith('<!--') ? '-->' : rest.startsWith('<?xml') ? '?>' : null
    if (close === null) return /^<(?:!doctype\s+html|html|head|body)[\s>]/i.test(rest)
    const end = rest.indexOf(close)
    if (end < 0) return false
    rest = rest.slice(end + close.length).trimStart()
  }
}
