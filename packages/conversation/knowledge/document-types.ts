const mebibyte = 1024 * 1024

interface TypeFacts {
  /** How people call it. */
  label: string
  /** Ends of names, without the dot; the first is the usual one. */
  extensions: readonly string[]
  limitBytes: number
}

/** The kinds of document that can be read. */
export const documentTypes = {
  'text/markdown': {
    label: 'Markdown',
    extensions: ['md', 'markdown', 'mdown'],
    limitBytes: 5 * mebibyte,
  },
  'text/plain': { label: 'plain text', extensions: ['txt', 'text'], limitBytes: 5 * mebibyte },
  'text/html': { label: 'HTML', extensions: ['html', 'htm', 'xhtml'], limitBytes: 5 * mebibyte },
  'application/pdf': { label: 'PDF', extensions: ['pdf'], limitBytes: 20 * mebibyte },
  'application/vnd.openxmlformats-officedocument.wordprocessingml.document': {
    label: 'a Word document',
    extensions: ['docx'],
    limitBytes: 20 * mebibyte,
  },
} as const satisfies Record<string, TypeFacts>

export type DocumentType = keyof typeof documentTypes

export const wordType = 'application/vnd.openxmlformats-officedocument.wordprocessingml.document'

/** Bytes of one document of any kind, at most. */
export const largestDocument = 20 * mebibyte

const aliases: Readonly<Record<string, DocumentType>> = {
  'text/x-markdown': 'text/markdown',
  'text/vnd.daringfireball.markdown': 'text/markdown',
  'application/xhtml+xml': 'text/html',
  'application/x-pdf': 'application/pdf',
}

/** The kind a media type (without parameters, in small letters) means, or null. */
export function typeOfMediaType(essence: string): DocumentType | null {
  if (Object.hasOwn(documentTypes, essence)) return essence as DocumentType
  return Object.hasOwn(aliases, essence) ? (aliases[essence] ?? null) : null
}

/** The kind the end of a name means, or null. */
export function typeOfName(name: string): DocumentType | null {
  const end = /\.([a-z0-9]{1,10})$/i.exec(name)?.[1]?.toLowerCase()
  if (end === undefined) return null
  const found = Object.entries(documentTypes).find(([, { extensions }]) =>
    (extensions as readonly string[]).includes(end),
  )
  return (found?.[0] as DocumentType | undefined) ?? null
}

/** What to send instead of something that cannot be read. */
export const whatIsTaken =
  'Send Markdown (.md), plain text (.txt), HTML (.html), PDF (.pdf) or a Word document (.docx).'
