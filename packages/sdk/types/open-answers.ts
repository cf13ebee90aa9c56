/** How a server is. `status` is `ok`, or `unavailable` with what is wrong under `checks`. */
export interface Health {
  status: 'ok' | 'unavailable'
  version: string
  checks: { store: string; rooms?: string }
}

/** The same in short. */
export interface ShortHealth {
  status: 'ok' | 'unavailable'
  version: string
  reason?: string
}

/** A set of documents agents answer from. Times are ISO 8601, UTC. */
export interface KnowledgeBase {
  id: string
  user_id: string
  name: string
  description: string | null
  knowledge_base_name: string
  knowledge_base_description: string | null
  /** What a base of one uploaded file would have; here nothing. */
  content_type: null
  content_url: null
  content_object_key: null
  pinecone_namespace: null
  document_count: number
  is_public: boolean
  is_processed: boolean
  status: string
  created_at: string
  updated_at: string
}

export interface KnowledgeBaseAnswer extends KnowledgeBase {
  /** In the answer to creating it. */
  knowledge_base_id?: string
  data: KnowledgeBase
  meta: null
}

/** Where in a list a page is; pages are numbered from 1. */
export interface InPages {
  meta: {
    page: number
    limit: number
    total: number
    total_pages: number
    page_size: number
    has_next: boolean
    has_prev: boolean
  }
  pagination: { page: number; limit: number; total: number; total_pages: number }
}

export interface KnowledgeBaseList extends InPages {
  data: KnowledgeBase[]
  knowledge_bases: KnowledgeBase[]
}

/** A document of a knowledge base. Times are ISO 8601, UTC. */
export interface KnowledgeDocument {
  id: string
  knowledge_base_id: string
  name: string
  title: string
  /** Where a visitor finds it. */
  url: string | null
  media_type: string
  /** Its length. */
  bytes: number
  status: string
  created_at: string
  updated_at: string
}

/** A document as it was added: it is searchable. */
export interface AddedDocument extends KnowledgeDocument {
  outcome: 'added' | 'replaced' | 'unchanged'
  /** How many passages it was cut into. */
  chunk_count: number
}

export interface AddedDocumentAnswer extends AddedDocument {
  data: AddedDocument
  meta: null
}

export interface KnowledgeDocumentList extends InPages {
  data: KnowledgeDocument[]
  documents: KnowledgeDocument[]
}

export interface DeletedDocumentAnswer {
  success: boolean
  message: string
  deleted_id: string
  /** ISO 8601, UTC. */
  removed_at: string
  data: { success: boolean; message: string; deleted_id: string }
  meta: null
}
