import type { Page, Paged } from '@parlor/core/agent'

export interface KnowledgeBase {
  id: string
  accountId: string
  projectId: string
  /** Unique within the account. */
  name: string
  description: string | null
  /** The customer's own name for whom it was made; null or absent for nobody. */
  client?: string | null
  createdAt: number
  updatedAt: number
}

/** A document as it is stored beside its chunks. */
export interface KnowledgeDocument {
  id: string
  knowledgeBaseId: string
  /** File name (with its folders, `/` between them) or URL: what a citation calls its source. Unique within the base. */
  name: string
  title: string
  /** What the customer says of it; null or absent for nothing. */
  description?: string | null
  /** A link visitors can open, or null. */
  url: string | null
  mediaType: string
  /** Size of what was sent in. */
  bytes: number
  /**
   * SHA-256 of what was sent in, hex: the same again changes nothing. Behind `url:` where Parlor got it from its address itself.
   * A document without passages that is still awaited, or was refused, has a mark instead: see `documentState`.
   */
  hash: string
  createdAt: number
  updatedAt: number
}

/** A passage: the unit that is found and quoted. */
export interface Chunk {
  /** From 0, in the order of the document. */
  position: number
  /** Heading path, outermost first. */
  headings: string[]
  /** Where in the document: an anchor without `#`, or null. */
  anchor: string | null
  /** The passage in Markdown, as it stands in the document. */
  text: string
  /** Searched beside the passage but never shown: the parts of its identifiers, and pairs of signs where words have no spaces. */
  keywords: string
}

export interface SearchHit {
  document: KnowledgeDocument
  chunk: Chunk
  /** BM25 over title, headings, body and keywords (weights 6, 4, 1, 1): higher is better. Comparable within one knowledge base only. */
  score: number
}

/** What a document was read from, as it was sent in. */
export interface DocumentSource {
  /** What it was read as, with its charset where one was declared. */
  mediaType: string
  bytes: Uint8Array
}

/** Knowledge bases in a store. Every promise resolves after the change is durable and searchable. */
export interface KnowledgeStore {
  /** @throws ParlorError `conflict` when the account already has a base of this name. */
  insertBase(base: KnowledgeBase): Promise<void>
  findBase(id: string): Promise<KnowledgeBase | null>
  findBaseByName(accountId: string, name: string): Promise<KnowledgeBase | null>
  /** Newest first; with a filter, only those made for just this client. */
  listBases(accountId: string, page: Page, filter?: { client?: string }): Promise<Paged<KnowledgeBase>>
  /** Removes the base with its documents; false when it is unknown or of another account. */
  removeBase(accountId: string, id: string): Promise<boolean>
  countDocuments(baseId: string): Promise<number>

  /**
   * Adds the document, or replaces the one of the same name (which keeps its id and `createdAt`), whole or not at all: with its source, or
   * without one where none is given.
   */
  putDocument(
    document: KnowledgeDocument,
    chunks: readonly Chunk[],
    source?: DocumentSource,
  ): Promise<{ document: KnowledgeDocument; replaced: boolean }>
  findDocument(id: string): Promise<KnowledgeDocument | null>
  /** Null where none was given, and for a document that is gone. */
  findSource(documentId: string): Promise<DocumentSource | null>
  hasSource(documentId: string): Promise<boolean>
  findDocumentByName(baseId: string, name: string): Promise<KnowledgeDocument | null>
  listDocuments(baseId: string, page: Page): Promise<Paged<KnowledgeDocument>>
  /** Removes a document with its chunks; false when it is not in this base. */
  removeDocument(baseId: string, id: string): Promise<boolean>

  /** The chunks that hold any of `words`, best first. Words are plain; the store stems and quotes them itself. */
  search(baseId: string, words: readonly string[], limit: number): Promise<SearchHit[]>
  /** In how many chunks each word stands (stemmed alike), and how many chunks there are. */
  countWords(baseId: string, words: readonly string[]): Promise<{ chunks: number; containing: number[] }>
}
