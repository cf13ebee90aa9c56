import { ParlorError } from '@parlor/core/errors'
import { type AddedDocument, type DocumentPorts, putRead, wasFetched } from './add-document.ts'
import { checkDocumentName, checkUrl } from './check-names.ts'
import { largestDocument } from './document-types.ts'
import type { KnowledgeBase } from './knowledge-store.ts'
import type { PageFetcher } from './page-fetcher.ts'

export interface PagePorts extends DocumentPorts {
  pages: PageFetcher
}

/**
 * Gets a document from its address and puts it into a base, as `addDocument` does. Its name is the address unless another
 * is given, as it must be for an address of more than 300 characters.
 * @throws ParlorError `validation_failed`, `unsupported_media_type` or `payload_too_large`, with what to do.
 */
export async function addPage(
  ports: PagePorts,
  base: Pick<KnowledgeBase, 'id'>,
  wanted: { url: string; name?: string },
): Promise<AddedDocument> {
  const url = checkUrl(wanted.url)
  const name = checkDocumentName(wanted.name ?? url)
  return fetchAndPut(ports, base, { url, name, isForced: false })
}

/**
 * Reads a document anew, also when it has not changed: got from its address again, or as it was sent in. What cannot be got or read
 * leaves the base as it was.
 * @throws ParlorError `not_found`; `conflict` for a document nothing was kept of; else as `addPage`.
 */
export async function reindexDocument(
  ports: PagePorts,
  base: Pick<KnowledgeBase, 'id'>,
  documentId: string,
): Promise<AddedDocument> {
  const document = await ports.knowledge.findDocument(documentId)
  if (document?.knowledgeBaseId !== base.id) {
    throw new ParlorError('not_found', { message: 'There is no such document in this knowledge base.' })
  }
  const { name, url } = document
  if (wasFetched(document) && url !== null) return fetchAndPut(ports, base, { url, name, isForced: true })
  const source = await ports.knowledge.findSource(document.id)
  if (source === null) {
    throw new ParlorError('conflict', {
      message: 'Nothing is kept of what this document was read from. Send it again under the same name.',
    })
  }
  return putRead(ports, base, { ...source, name, url, field: 'file', typeFrom: name, isFetched: false, isForced: true })
}

async function fetchAndPut(
  ports: PagePorts,
  base: Pick<KnowledgeBase, 'id'>,
  { url, name, isForced }: { url: string; name: string; isForced: boolean },
): Promise<AddedDocument> {
  const page = await ports.pages.fetch(url, largestDocument, new AbortController().signal)
  const { bytes, mediaType } = page
  const typeFrom = new URL(page.url).pathname
  return putRead(ports, base, { name, url, bytes, mediaType, field: 'url', typeFrom, isFetched: true, isForced })
}
