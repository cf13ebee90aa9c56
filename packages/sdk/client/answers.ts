/** What creating a session returns. Give the page `session_token` and nothing else. */
export interface CreatedSession {
  session_token: string
  session_id: string
  /** ISO 8601, UTC. */
  expires_at: string
  /** Seconds. */
  expires_in: number
  widget_url: string
  websocket_url: string
}

/** What is known of a session. */
export interface SessionStatus {
  session_id: string
  agentic_avatar_id: string
  status: 'active' | 'expired' | 'terminated'
  created_at: string
  expires_at: string
  is_revoked: boolean
}

/** What a session is made with; see docs/wires/widget-v1.md for every field. */
export interface NewSession {
  agentic_avatar_id: string
  settings?: {
    /** Seconds, 1 to 86400. */
    max_duration?: number
    /** Host names; subdomains are listed one by one. */
    allowed_domains?: string[]
    features?: { voice_input?: boolean; text_input?: boolean; knowledge_base?: boolean }
    single_use?: boolean
  }
  /** Whole origins, such as `https://shop.example:8443`. */
  allowed_origins?: string[]
  user_metadata?: Record<string, unknown>
  audio_only?: boolean
}

export interface KnowledgeBase {
  id: string
  name: string
  document_count: number
}

export interface KnowledgeDocument {
  id: string
  name: string
  title: string
  /** `added`, `replaced` or `unchanged`, in the answer to adding it. */
  outcome?: 'added' | 'replaced' | 'unchanged'
  chunk_count?: number
}

export interface List<T> {
  data: T[]
  meta: { page: number; page_size: number; total: number; total_pages: number; has_next: boolean; has_prev: boolean }
}
