import { newId } from '@parlor/core/time'
import { checkDocumentName, checkUrl } from './check-names.ts'
import type { KnowledgePorts } from './create-base.ts'
import { checkSize, encodeText, isBlank, refuseEmpty } from './decode-document.ts'
import { type DocumentReader, textReader } from './document-reader.ts'
import type { KnowledgeBase, KnowledgeDocument } from './knowledge-store.ts'
import { resolveType } from './resolve-type.ts'

export type DocumentInput = {
  /** File name with its folders, `/` between them, or a URL; 1 to 300 characters. The same name again replaces the document. */
  name: string
  /** As declared by the sender; the end of the name decides where it says nothing, and the content has the last word. */
  mediaType?: string
  /** Where visitors can open it. */
  url?: string | null
} & ({ bytes: Uint8Array } | { text: string })

export interface AddedDocument {
  outcome: 'added' | 'replaced' | 'unchanged'
  document: KnowledgeDocument
  /** How many passages it has. */
  chunks: number
}

/** Without a reader, only Markdown and plain text are read. */
export interface DocumentPorts extends KnowledgePorts {
  reader?: DocumentReader
}

/**
 * Reads a document and puts it into a base: searchable when this resolves, and whole or not at all. A document that cannot
 * be read leaves the base as it was.
 * @throws ParlorError `unsupported_media_type`, `payload_too_large`, or `validation_failed` with what to do.
 */
export async function addDocument(
  ports: DocumentPorts,
  base: Pick<KnowledgeBase, 'id'>,
  input: DocumentInput,
): Promise<AddedDocument> {
  const name = checkDocumentName(input.name)
  const url = input.url ? checkUrl(input.url) : null
  const isText = 'text' in input
  const bytes = isText ? encodeText(input.text) : input.bytes
  const field = isText ? 'text' : 'file'
  return putRead(ports, base, { name, url, bytes, mediaType: input.mediaType, field, typeFrom: name, isFetched: false })
}

/** A document that is in our hands, and what is known of it. */
export interface InHand {
  name: string
  url: string | null
  bytes: Uint8Array
  mediaType: string | undefined
  field: 'file' | 'text' | 'url'
  /** The name whose end says what it is. */
  typeFrom: string
  isFetched: boolean
  /** Read and written again even when it is the same as before. */
  isForced?: boolean
}

/** What adding, fetching and reading again have in common. */
export async function putRead(
  ports: DocumentPorts,
  base: Pick<KnowledgeBase, 'id'>,
  inHand: InHand,
): Promise<AddedDocument> {
  const { name, url, bytes, field } = inHand
  if (isBlank(bytes)) throw refuseEmpty(field)
  const { type, charset } = resolveType({ bytes, field, name: inHand.typeFrom, mediaType: inHand.mediaType })
  checkSize(bytes, type)
  const reader = ports.reader ?? textReader()
  const { title, chunks } = await reader.read({ bytes, type, charset, url, field }, new AbortController().signal)
  const hash = await hashOf(bytes, inHand.isFetched)
  const before = await ports.knowledge.findDocumentByName(base.id, name)
  const isSame = before?.hash === hash && before.url === url && before.mediaType === type
  // One from before sources were kept is written once more, with its own.
  if (isSame && !inHand.isForced && (inHand.isFetched || (await ports.knowledge.hasSource(before.id)))) {
    return { outcome: 'unchanged', document: before, chunks: chunks.length }
  }
  const now = ports.clock.now()
  const wanted: KnowledgeDocument = {
    id: newId(ports.clock),
    knowledgeBaseId: base.id,
    name,
    title: title ?? titleFromName(name),
    ...(before?.description !== undefined && { description: before.description }),
    url,
    mediaType: type,
    bytes: bytes.byteLength,
    hash,
    createdAt: now,
    updatedAt: now,
  }
  const source = { mediaType: charset === null ? type : `${type}; charset=${charset}`, bytes }
  const { document, replaced } = await ports.knowledge.putDocument(
    wanted,
    chunks,
    inHand.isFetched ? undefined : source,
  )
  return { outcome: replaced ? 'replaced' : 'added', document, chunks: chunks.length }
}

const fetchedMark = 'url:'

/** Whether Parlor got this document from its address by itself, and so can get it again. */
export function wasFetched(document: Pick<KnowledgeDocument, 'hash'>): boolean {
  return document.hash.startsWith(fetchedMark)
}

/** Not on the event loop: twenty mebibytes take long enough to be felt. */
async function hashOf(bytes: Uint8Array, isFetched: boolean): Promise<string> {
  const digest = await crypto.subtle.digest('SHA-256', bytes as Uint8Array<ArrayBuffer>)
  return (isFetched ? fetchedMark : '') + Buffer.from(digest).toString('hex')
}

/** `guides/refund-policy.md` becomes `refund policy`. */
export function titleFromName(name: string): string {
  const file = name.split('/').at(-1) ?? name
  const words = file.replace(/\.[a-z0-9]{1,10}$/i, '').replace(/[-_]+/g, ' ')
  return words.trim() || name
}
