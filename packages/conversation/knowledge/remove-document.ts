import { ParlorError } from '@parlor/core/errors'
import type { KnowledgePorts } from './create-base.ts'
import type { KnowledgeBase } from './knowledge-store.ts'

/**
 * Takes a document out of a base; the next answer no longer quotes it.
 * @throws ParlorError `not_found` when this base has no such document.
 */
export async function removeDocument(
  ports: Pick<KnowledgePorts, 'knowledge'>,
  base: Pick<KnowledgeBase, 'id'>,
  documentId: string,
): Promise<void> {
  if (await ports.knowledge.removeDocument(base.id, documentId)) return
  throw new ParlorError('not_found', { message: 'There is no such document in this knowledge base.' })
}
