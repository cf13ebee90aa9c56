import { documentState, type KnowledgeBase, type KnowledgeDocument } from '@parlor/conversation/knowledge'
import { isoSeconds } from '@parlor/core/time'

/** Both generations' fields of a knowledge base (contracts 1.4). */
export function renderBase(base: KnowledgeBase, documentCount: number) {
  return {
    id: base.id,
    user_id: base.accountId,
    name: base.name,
    description: base.description,
    knowledge_base_name: base.name,
    knowledge_base_description: base.description,
    document_count: documentCount,
    // Where older clients look for a base of one uploaded file, in a store this is not.
    content_type: null,
    content_url: null,
    content_object_key: null,
    pinecone_namespace: null,
    is_public: false,
    is_processed: true,
    status: 'created',
    created_at: isoSeconds(base.createdAt),
    updated_at: isoSeconds(base.updatedAt),
  }
}

export function renderDocument(document: KnowledgeDocument) {
  return {
    id: document.id,
    knowledge_base_id: document.knowledgeBaseId,
    name: document.name,
    title: document.title,
    url: document.url,
    media_type: document.mediaType,
    bytes: document.bytes,
    status: statusWords[documentState(document).state],
    created_at: isoSeconds(document.createdAt),
    updated_at: isoSeconds(document.updatedAt),
  }
}

/** One that was announced on another wire has nothing to be found in it until its bytes come. */
const statusWords = { awaited: 'pending', ready: 'ready', refused: 'error' } as const
