import { ParlorError } from '@parlor/core/errors'
import { newId } from '@parlor/core/time'
import { addDocument, type DocumentPorts, titleFromName } from './add-document.ts'
import { checkDocumentName } from './check-names.ts'
import type { KnowledgePorts } from './create-base.ts'
import type { KnowledgeBase, KnowledgeDocument } from './knowledge-store.ts'

/** A document somebody says they are going to send. */
export interface AwaitedDocument {
  /** As `addDocument` takes it: the name of one that is there already means that one. */
  name: string
  description?: string | null
  /** As declared; believed only once the bytes are there. */
  mediaType: string
}

/** `awaited` until the bytes come, `ready` once its passages are found, `refused` when the bytes could not be read. */
export type DocumentState = { state: 'awaited' } | { state: 'ready' } | { state: 'refused'; reason: string }

const awaitedMark = 'awaited:'
const refusedMark = 'refused:'
const longestReason = 500

/**
 * Puts a document into a base before its bytes are there: it is listed, and nothing is found in it. One of this name that is ready
 * stays as it is until other bytes come for it.
 * @throws ParlorError `validation_failed` for its name.
 */
export async function awaitDocument(
  ports: KnowledgePorts,
  base: Pick<KnowledgeBase, 'id'>,
  awaited: AwaitedDocument,
): Promise<KnowledgeDocument> {
  const name = checkDocumentName(awaited.name)
  const known = await ports.knowledge.findDocumentByName(base.id, name)
  if (known !== null && documentState(known).state === 'ready') return known
  const now = ports.clock.now()
  const { document } = await ports.knowledge.putDocument(
    {
      id: newId(ports.clock),
      knowledgeBaseId: base.id,
      name,
      title: titleFromName(name),
      ...(awaited.description !== undefined && { description: awaited.description }),
      url: null,
      mediaType: awaited.mediaType,
      bytes: 0,
      hash: awaitedMark,
      createdAt: now,
      updatedAt: now,
    },
    [],
  )
  return document
}

/**
 * Reads the bytes of a document of this base, as `addDocument` does, and is searchable when this resolves. What cannot be read leaves
 * one that was ready as it was; one that was awaited then says why it was refused.
 * @throws ParlorError `not_found`; else as `addDocument`.
 */
export async function receiveDocument(
  ports: DocumentPorts,
  base: Pick<KnowledgeBase, 'id'>,
  sent: { documentId: string; bytes: Uint8Array; mediaType: string },
): Promise<KnowledgeDocument> {
  const before = await ports.knowledge.findDocument(sent.documentId)
  if (before?.knowledgeBaseId !== base.id) {
    throw new ParlorError('not_found', { message: 'There is no such document in this knowledge base.' })
  }
  const { name, url } = before
  const { bytes, mediaType } = sent
  try {
    return (await addDocument(ports, base, { name, url, bytes, mediaType })).document
  } catch (error) {
    if (isRefusal(error) && documentState(before).state !== 'ready') {
      const hash = refusedMark + error.message.slice(0, longestReason)
      await ports.knowledge.putDocument({ ...before, hash, bytes: bytes.byteLength, updatedAt: ports.clock.now() }, [])
    }
    throw error
  }
}

/** How far a document has come. */
export function documentState({ hash }: Pick<KnowledgeDocument, 'hash'>): DocumentState {
  if (hash === awaitedMark) return { state: 'awaited' }
  if (hash.startsWith(refusedMark)) return { state: 'refused', reason: hash.slice(refusedMark.length) }
  return { state: 'ready' }
}

const refusals: ReadonlySet<string> = new Set(['validation_failed', 'unsupported_media_type', 'payload_too_large'])

function isRefusal(error: unknown): error is ParlorError {
  return error instanceof ParlorError && refusals.has(error.code)
}
