import type { Chunk, KnowledgeBase, KnowledgeDocument } from '@parlor/conversation/knowledge'
import type { KnowledgeBaseRow, KnowledgeChunkRow, KnowledgeDocumentRow } from './tables.ts'

export function toBase(row: KnowledgeBaseRow): KnowledgeBase {
  return {
    id: row.id,
    accountId: row.account_id,
    projectId: row.project_id,
    name: row.name,
    description: row.description,
    ...(row.client !== null && { client: row.client }),
    createdAt: row.created_at,
    updatedAt: row.updated_at,
  }
}

export function fromBase(base: KnowledgeBase): KnowledgeBaseRow {
  return {
    id: base.id,
    account_id: base.accountId,
    project_id: base.projectId,
    name: base.name,
    description: base.description,
    created_at: base.createdAt,
    updated_at: base.updatedAt,
    client: base.client ?? null,
  }
}

/** @param baseId of the base the row's `base` stands for. */
export function toDocument(row: Omit<KnowledgeDocumentRow, 'chunks'>, baseId: string): KnowledgeDocument {
  return {
    id: row.id,
    knowledgeBaseId: baseId,
    name: row.name,
    title: row.title,
    ...(row.description !== null && { description: row.description }),
    url: row.url,
    mediaType: row.media_type,
    bytes: row.bytes,
    hash: row.hash,
    createdAt: row.created_at,
    updatedAt: row.updated_at,
  }
}

/** @param base the position of the base. */
export function fromDocument(document: KnowledgeDocument, base: number, chunks: number): KnowledgeDocumentRow {
  return {
    id: document.id,
    base,
    name: document.name,
    title: document.title,
    url: document.url,
    media_type: document.mediaType,
    bytes: document.bytes,
    hash: document.hash,
    chunks,
    created_at: document.createdAt,
    updated_at: document.updatedAt,
    description: document.description ?? null,
  }
}

export function toChunk(row: Pick<KnowledgeChunkRow, 'number' | 'headings' | 'anchor' | 'text' | 'keywords'>): Chunk {
  return {
    position: row.number,
    headings: JSON.parse(row.headings),
    anchor: row.anchor,
    text: row.text,
    keywords: row.keywords,
  }
}
