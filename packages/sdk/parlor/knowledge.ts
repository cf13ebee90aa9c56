import {
  addDocument,
  type CallOptions,
  createKnowledgeBase,
  deleteDocument,
  deleteKnowledgeBase,
  getKnowledgeBase,
  listDocuments,
  listKnowledgeBases,
  type ParlorCore,
  reindexDocument,
  type UploadDocumentRequest,
  unwrap,
  uploadDocument,
} from '../functions/index.ts'
import type {
  AddDocumentAnswer,
  AddDocumentRequest,
  AddedDocumentAnswer,
  CreateKnowledgeBaseAnswer,
  CreateKnowledgeBaseRequest,
  DeleteDocumentAnswer,
  DeleteKnowledgeBaseAnswer,
  GetKnowledgeBaseAnswer,
  KnowledgeBase,
  KnowledgeDocument,
  ListDocumentsAnswer,
  ListDocumentsRequest,
  ListKnowledgeBasesAnswer,
  ListKnowledgeBasesRequest,
  ReindexDocumentAnswer,
} from '../types/index.ts'
import { byPage, type Listing, listing } from './listing.ts'

/** What is in knowledge bases. */
export class Documents {
  readonly #core: ParlorCore

  constructor(core: ParlorCore) {
    this.#core = core
  }

  /** Adds a text, or the page at a `url`, or replaces the one of the same name. When it resolves, the document is searchable. */
  add(request: AddDocumentRequest, options?: CallOptions): Promise<AddDocumentAnswer> {
    return unwrap(addDocument(this.#core, request, options))
  }

  /** Adds a file by its bytes, or replaces the one of the same name. When it resolves, the document is searchable. */
  upload(request: UploadDocumentRequest, options?: CallOptions): Promise<AddedDocumentAnswer> {
    return unwrap(uploadDocument(this.#core, request, options))
  }

  /** Those of one knowledge base. */
  list(
    id: string,
    query: Omit<ListDocumentsRequest, 'id'> = {},
    options?: CallOptions,
  ): Listing<ListDocumentsAnswer, KnowledgeDocument> {
    return listing(
      (asked: ListDocumentsRequest, how) => listDocuments(this.#core, asked, how),
      byPage<ListDocumentsAnswer>(),
      { ...query, id },
      options,
    )
  }

  /** Reads a document anew: a page from its address, another as it was sent in. */
  reindex(id: string, documentId: string, options?: CallOptions): Promise<ReindexDocumentAnswer> {
    return unwrap(reindexDocument(this.#core, { id, document_id: documentId }, options))
  }

  /** Takes a document away. */
  delete(id: string, documentId: string, options?: CallOptions): Promise<DeleteDocumentAnswer> {
    return unwrap(deleteDocument(this.#core, { id, document_id: documentId }, options))
  }
}

/** What agents answer from. */
export class KnowledgeBases {
  /** What is in them. */
  readonly documents: Documents

  readonly #core: ParlorCore

  constructor(core: ParlorCore) {
    this.documents = new Documents(core)
    this.#core = core
  }

  /** Makes an empty one. */
  create(request: CreateKnowledgeBaseRequest, options?: CallOptions): Promise<CreateKnowledgeBaseAnswer> {
    return unwrap(createKnowledgeBase(this.#core, request, options))
  }

  /** Yours, newest first. */
  list(query: ListKnowledgeBasesRequest = {}, options?: CallOptions): Listing<ListKnowledgeBasesAnswer, KnowledgeBase> {
    return listing(
      (asked: ListKnowledgeBasesRequest, how) => listKnowledgeBases(this.#core, asked, how),
      byPage<ListKnowledgeBasesAnswer>(),
      query,
      options,
    )
  }

  /** One of them. */
  get(id: string, options?: CallOptions): Promise<GetKnowledgeBaseAnswer> {
    return unwrap(getKnowledgeBase(this.#core, { id }, options))
  }

  /** Takes it away with its documents. */
  delete(id: string, options?: CallOptions): Promise<DeleteKnowledgeBaseAnswer> {
    return unwrap(deleteKnowledgeBase(this.#core, { id }, options))
  }
}
