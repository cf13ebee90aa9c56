import { createHash } from 'node:crypto'
import { newId } from '@parlor/core/time'
import { checkDocumentName, checkUrl } from './check-names.ts'
import type { KnowledgePorts } from './create-base.ts'
import { decodeDocument, fieldOf, readDocument, resolveType } from './decode-document.ts'
import type { KnowledgeBase, KnowledgeDocument } from './knowledge-store.ts'

export type DocumentInput = {
  /** File name with its folders, `/` between them, or a URL; 1 to 300 characters. The same name again replaces the document. */
  name: string
  /** As declared by the sender; the end of the name decides where it says nothing. */
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

/**
 * Reads a document and puts it into a base: searchable when this resolves, and whole or not at all. A document that cannot
 * be read leaves the base as it was.
 * @throws ParlorError `unsupported_media_type`, `payload_too_large`, or `validation_failed` with what to do.
 */
export async function addDocument(
  ports: KnowledgePorts,
  base: Pick<KnowledgeBase, 'id'>,
  input: DocumentInput,
): Promise<AddedDocument> {
  const name = checkDocumentName(input.name)
  const url = input.url ? checkUrl(input.url) : null
  const mediaType = resolveType(name, input.mediaType, 'text' in input)
  const { text, bytes } = decodeDocument(input)
  const { title, chunks } = readDocument(text, mediaType, fieldOf(input))
  const hash = createHash('sha256').update(bytes).digest('hex')
  const before = await ports.knowledge.findDocumentByName(base.id, name)
  if (before?.hash === hash && before.url === url && before.mediaType === mediaType) {
    return { outcome: 'unchanged', document: before, chunks: chunks.length }
  }
  const now = ports.clock.now()
  const wanted: KnowledgeDocument = {
    id: newId(ports.clock),
    knowledgeBaseId: base.id,
    name,
    title: title ?? titleFromName(name),
    url,
    mediaType,
    bytes: bytes.byteLength,
    hash,
    createdAt: now,
    updatedAt: now,
  }
  const { document, replaced } = await ports.knowledge.putDocument(wanted, chunks)
  return { outcome: replaced ? 'replaced' : 'added', document, chunks: chunks.length }
}

/** `guides/refund-policy.md` becomes `refund policy`. */
function titleFromName(name: string): string {
  const file = name.split('/').at(-1) ?? name
  const words = file.replace(/\.[a-z0-9]{1,10}$/i, '').replace(/[-_]+/g, ' ')
  return words.trim() || name
}
