import { ParlorError, refuseField } from '@parlor/core/errors'
import { type Content, detectContent, holdsPdf, holdsTags } from './detect-content.ts'
import {
  type DocumentType,
  documentTypes,
  typeOfMediaType,
  typeOfName,
  whatIsTaken,
  wordType,
} from './document-types.ts'

/** What a sender says of a document, and the document. */
export interface Claimed {
  bytes: Uint8Array
  /** As declared, with its parameters. */
  mediaType: string | undefined
  /** A file's name, or the path of an address: that one is believed only where nothing was declared. */
  name: string
  field: 'file' | 'text' | 'url'
}

export interface ResolvedType {
  type: DocumentType
  /** As declared, in small letters. */
  charset: string | null
}

/** What senders write when they do not know better; the name is then believed instead, and after it the content. */
const vague = new Set([
  '',
  'application/octet-stream',
  'binary/octet-stream',
  'application/zip',
  'application/x-zip-compressed',
  'text/plain',
])

/**
 * Which kind of document this is. The content decides; what the sender says only chooses among what the content may be, and
 * is refused where the content is something else.
 * @throws ParlorError `unsupported_media_type` naming what it really is, or `validation_failed`.
 */
export function resolveType(claimed: Claimed): ResolvedType {
  const { essence, charset } = splitMediaType(claimed.mediaType)
  const declared = vague.has(essence) ? null : typeOfMediaType(essence)
  const named = claimed.field === 'url' && declared !== null ? null : typeOfName(claimed.name)
  const content = detectContent(claimed.bytes)
  refuseHopeless(content, claimed.field)
  if (declared === null && !vague.has(essence)) throw refuseKind('This kind of document cannot be read.')
  for (const [type, how] of [
    [declared, `it is declared as ${declared}`],
    [named, `its name ends like ${label(named)}`],
  ] as const) {
    if (type !== null && !fits(type, content, claimed.bytes)) throw refuseMislabelled(how, content)
  }
  const type = declared ?? named ?? guess(content, essence, claimed)
  const takesCharset = type === 'text/html' || claimed.field === 'text'
  if (charset && !takesCharset && type.startsWith('text/') && !['utf-8', 'utf8', 'us-ascii'].includes(charset)) {
    throw new ParlorError('unsupported_media_type', {
      message: `The text is declared as ${charset.slice(0, 40)}. Save it as UTF-8 and send it again.`,
    })
  }
  return { type, charset }
}

function splitMediaType(mediaType: string | undefined): { essence: string; charset: string | null } {
  const [essence = '', ...parameters] = (mediaType ?? '')
    .toLowerCase()
    .split(';')
    .map((part) => part.trim())
  const charset = parameters
    .find((part) => part.startsWith('charset='))
    ?.slice(8)
    .replaceAll('"', '')
  return { essence, charset: charset || null }
}

function refuseHopeless(content: Content, field: string): void {
  if (content.kind === 'other') throw refuseKind(`The document is ${content.what}, which cannot be read.`)
  if (content.kind !== 'compound') return
  if (content.isEncrypted) {
    const message = 'it is an Office document behind a password. Save it without the password and send it again.'
    throw refuseField([field], 'encrypted', message)
  }
  throw refuseKind('The document is an old Office file (such as .doc), which cannot be read. Save it as .docx.')
}

function fits(type: DocumentType, content: Content, bytes: Uint8Array): boolean {
  if (type === 'application/pdf') return content.kind === 'pdf' || holdsPdf(bytes)
  if (type === wordType) return content.kind === 'zip'
  if (type === 'text/html') return content.kind === 'html' || (content.kind === 'text' && holdsTags(bytes))
  return content.kind === 'text'
}

/** Nobody said anything: what can be known by its first bytes is, and a text needs somebody to say so. */
function guess(content: Content, essence: string, { field }: Claimed): DocumentType {
  if (content.kind === 'pdf') return 'application/pdf'
  if (content.kind === 'zip') return wordType
  if (content.kind === 'html') return 'text/html'
  if (essence === 'text/plain') return 'text/plain'
  // A text sent without a file has a name like "Refund policy": plain text is Markdown, too.
  if (field === 'text') return 'text/markdown'
  if (field === 'url') return 'text/plain'
  throw refuseKind('Neither its media type nor the end of its name says what kind of document it is.')
}

function refuseMislabelled(how: string, content: Content): ParlorError {
  const really = content.kind === 'zip' ? 'a ZIP archive' : (label(typeOfContent(content)) ?? 'something else')
  const type = typeOfContent(content)
  const advice =
    type === null ? whatIsTaken : `Send it as ${type}, with a name that ends in .${documentTypes[type].extensions[0]}.`
  return refuseKind(`The document is mislabelled: ${how}, but it is ${really}.`, advice)
}

function typeOfContent({ kind }: Content): DocumentType | null {
  if (kind === 'pdf') return 'application/pdf'
  if (kind === 'html') return 'text/html'
  return kind === 'text' ? 'text/plain' : null
}

function label(type: DocumentType | null): string | null {
  return type === null ? null : documentTypes[type].label
}

function refuseKind(what: string, advice = whatIsTaken): ParlorError {
  return new ParlorError('unsupported_media_type', { message: `${what} ${advice}` })
}
