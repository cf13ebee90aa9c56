import type { Generated, GeneratedAlways } from 'kysely'

/** The tables that are read and written through the query builder. Times are milliseconds, lists JSON. */
export interface Tables {
  accounts: Placed<AccountRow>
  projects: Placed<ProjectRow>
  keys: Placed<KeyRow>
  signing_keys: Placed<SigningKeyRow>
  agents: Placed<ThingRow & { project_id: string }>
  avatars: Placed<ThingRow>
  voices: Placed<ThingRow>
  brains: Placed<ThingRow>
  knowledge_bases: Placed<KnowledgeBaseRow & BaseSums>
  knowledge_documents: Placed<KnowledgeDocumentRow>
  knowledge_chunks: Placed<KnowledgeChunkRow>
  knowledge_sources: KnowledgeSourceRow
  operator_sessions: Placed<OperatorSessionRow>
  pictures: PictureRow
}

/** A row in its table, numbered as it came. */
type Placed<Row> = Row & { position: GeneratedAlways<number> }

export interface AccountRow {
  id: string
  name: string
  concurrency: number | null
  max_duration_seconds: number | null
  suspended_at: number | null
  created_at: number
}

export interface ProjectRow {
  id: string
  account_id: string
  slug: string
  name: string
  strict_origins: boolean
  allowed_origins: string
  origin_requests: string
  deleted_at: number | null
  created_at: number
}

export interface KeyRow {
  id: string
  account_id: string
  project_id: string
  is_account_wide: boolean
  kind: string
  name: string
  digest: string
  prefix: string
  masked: string
  scopes: string
  rate_limit: number | null
  rate_window_seconds: number | null
  max_duration_seconds: number | null
  concurrency: number | null
  allowed_origins: string
  expires_at: number | null
  disabled_at: number | null
  created_at: number
}

export interface SigningKeyRow {
  kid: string
  project_id: string
  sealed: Uint8Array
  created_at: number
  retires_at: number | null
}

/** An agent, avatar, voice or brain; `facts` holds what only its kind has, and how it was made once more. */
export interface ThingRow {
  id: string
  account_id: string | null
  name: string
  facts: string
  made_as: string | null
  client: string | null
  created_at: number
  archived_at: number | null
}

export interface KnowledgeBaseRow {
  id: string
  account_id: string
  project_id: string
  name: string
  description: string | null
  created_at: number
  updated_at: number
  client: string | null
}

/** What is found in a base, summed up; moved with its documents. */
export interface BaseSums {
  version: Generated<number>
  chunks: Generated<number>
  words: Generated<number>
}

export interface KnowledgeDocumentRow {
  id: string
  base: number
  name: string
  title: string
  url: string | null
  media_type: string
  bytes: number
  hash: string
  chunks: number
  created_at: number
  updated_at: number
  description: string | null
}

export interface KnowledgeSourceRow {
  document: number
  media_type: string
  bytes: Uint8Array
}

export interface KnowledgeChunkRow {
  document: number
  number: number
  headings: string
  anchor: string | null
  text: string
  keywords: string
}

export interface OperatorSessionRow {
  id: string
  account_id: string
  key_id: string
  digest: string
  created_at: number
  expires_at: number
  revoked_at: number | null
}

export interface PictureRow {
  avatar_id: string
  type: string
  bytes: Uint8Array
}
