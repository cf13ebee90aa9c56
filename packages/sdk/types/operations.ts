// Made by `npm run sdk:types` from the server's interface description; changes made here are lost.

import type {
  AddedDocumentAnswer,
  DeletedDocumentAnswer,
  Health,
  KnowledgeBaseAnswer,
  KnowledgeBaseList,
  KnowledgeDocumentList,
  ShortHealth,
} from './open-answers.ts'

export interface WidgetSessionFeatures {
  voice_input: boolean
  text_input: boolean
  knowledge_base: boolean
}

export interface CreatedWidgetSession {
  session_token: string
  session_id: string
  /** ISO 8601, UTC. */
  expires_at: string
  /** Seconds. */
  expires_in: number
  widget_url: string
  websocket_url: string
  user_id: string
  avatar: {
    id: string
    name: string
    agentic_avatar_id: string
    agentic_avatar_name: string
  }
  audio_only: boolean
}

export interface WidgetSession {
  id: string
  session_id: string
  agentic_avatar_id: string
  user_id: string
  api_key_id: string | null
  user_metadata: { [name: string]: unknown } | null
  allowed_domains: string[] | null
  allowed_origins: string[] | null
  features: WidgetSessionFeatures
  audio_only: boolean
  /** Active, expired or terminated. */
  status: string
  valid: boolean
  is_revoked: boolean
  ended_reason: string | null
  /** ISO 8601, UTC. */
  created_at: string
  /** ISO 8601, UTC. */
  expires_at: string
  /** ISO 8601, UTC. */
  ended_at: string | null
}

export interface Agent {
  id: string
  user_id: string
  name: string
  description: string | null
  avatar_id: string
  voice_id: string
  brain_id: string
  avatar: Avatar | null
  voice: Voice | null
  brain: Brain | null
  settings: {
    greeting: string | null
    personality: string | null
    languages: string[]
    max_conversation_length: number | null
  }
  status: string
  usage: {
    total_sessions: number
    total_messages: number
    /** ISO 8601, UTC. */
    last_used: string | null
  }
  /** ISO 8601, UTC. */
  created_at: string
  /** ISO 8601, UTC. */
  updated_at: string
}

export interface Avatar {
  id: string
  user_id: string | null
  name: string
  description: string | null
  gender: string
  occupation: string
  url: string
  object_key: null
  cdn_url: string
  video_url: string
  preview_image: string | null
  thumbnail_url: string | null
  is_public: boolean
  scope: string
  properties: {
    gender: string
    age_range: null
    style: string
  }
  /** ISO 8601, UTC. */
  created_at: string
  /** ISO 8601, UTC. */
  updated_at: string
}

export interface Voice {
  id: string
  user_id: string | null
  name: string
  description: string | null
  gender: string
  language: string
  elevenlabs_voice_id: string
  preview_url: null
  is_public: boolean
  scope: string
  properties: {
    accent: null
    age: null
    style: null
  }
  /** ISO 8601, UTC. */
  created_at: string
  /** ISO 8601, UTC. */
  updated_at: string
}

export interface Brain {
  id: string
  user_id: string | null
  name: string
  system_prompt: string
  llm_name: string
  knowledge_base_id: string | null
  is_public: boolean
  is_active: boolean
  description: null
  type: string
  document_count: number
  /** ISO 8601, UTC. */
  last_updated: string
  status: string
  /** ISO 8601, UTC. */
  created_at: string
  /** ISO 8601, UTC. */
  updated_at: string
}

export interface Model {
  name: string
  provider: string
}

export interface RequestRecord {
  id: string
  /** ISO 8601, UTC, with milliseconds. */
  time: string
  method: string
  path: string
  operation: string
  status: number
  user_agent: string | null
  duration_ms: number
  request_id: string
}

export interface ListedKey {
  id: string
  key_id: string
  user_id: string
  name: string
  /** Masked. */
  key: string
  prefix: string
  scopes: string[]
  request_count: number
  rate_limit: number | null
  /** Seconds. */
  rate_limit_window: number | null
  is_active: boolean
  status: string
  /** ISO 8601, UTC. */
  expires_at: string | null
  /** ISO 8601, UTC. */
  last_used: string | null
  /** ISO 8601, UTC. */
  last_used_at: string | null
  last_used_ip: string | null
  key_metadata: null
  /** ISO 8601, UTC. */
  created_at: string
  /** ISO 8601, UTC. */
  updated_at: string | null
}

export interface PageMeta {
  page: number
  limit: number
  total: number
  total_pages: number
  page_size: number
  has_next: boolean
  has_prev: boolean
}

export interface AdminPageMeta {
  page: number
  page_size: number
  total: number
  total_pages: number
  has_next: boolean
  has_prev: boolean
}

export interface Pagination {
  page: number
  limit: number
  total: number
  total_pages: number
}

export interface Account {
  id: string
  name: string
  concurrency: number | null
  max_duration: number | null
  suspended: boolean
  /** ISO 8601, UTC. */
  suspended_at: string | null
  is_operator: boolean
  /** ISO 8601, UTC. */
  created_at: string
}

export interface Project {
  id: string
  account_id: string
  slug: string
  name: string
  strict_origins: boolean
  allowed_origins: string[]
  /** ISO 8601, UTC. */
  created_at: string
}

export interface ApiKey {
  id: string
  account_id: string
  project_id: string
  kind: string
  name: string
  masked: string
  prefix: string
  scopes: string[]
  rate_limit: number | null
  rate_limit_window: number | null
  max_duration: number | null
  concurrency: number | null
  allowed_origins: string[]
  /** Active, expired or revoked. */
  status: string
  /** ISO 8601, UTC. */
  expires_at: string | null
  /** ISO 8601, UTC. */
  revoked_at: string | null
  /** ISO 8601, UTC. */
  created_at: string
}

export interface AdminAgent {
  id: string
  account_id: string
  project_id: string
  name: string
  description: string | null
  avatar_id: string
  voice_id: string
  brain_id: string
  /** ISO 8601, UTC. */
  created_at: string
}

export interface Session {
  id: string
  kind: string
  account_id: string
  project_id: string
  agent_id: string
  key_id: string | null
  /** Issued, live or ended. */
  state: string
  reason: string | null
  /** ISO 8601, UTC. */
  created_at: string
  /** ISO 8601, UTC. */
  expires_at: string
  /** ISO 8601, UTC. */
  ended_at: string | null
}

export interface Citation {
  n: number
  title: string
  heading: string
  source: string
  url?: string
  passage?: string
}

export interface ChatOverview {
  id: string
  title: string
  external_user_id?: string
  num_messages: number
  created_at: string
  updated_at: string
}

export interface ChatMessage {
  id: string
  seq: number
  role: 'user' | 'assistant' | 'tool'
  content: string
  model: string
  created_at: string
  /** JSON: the calls in OpenAI’s shape. */
  tool_calls?: string
  tool_call_id?: string
  finish_reason?: string
  citations?: Citation[]
}

export interface ChatProject {
  id: string
  name: string
  slug: string
}

export interface ChatKey {
  id: string
  organization_id: string
  project_id?: string
  created_by_user_id: string
  name: string
  key_prefix: string
  scopes: string[]
  /** ISO 8601, UTC. */
  created_at: string
  /** ISO 8601, UTC. */
  updated_at: string
  /** ISO 8601, UTC. */
  last_accessed_at?: string
}

export interface RoomAgent {
  id: string
  organizationId: string
  provider: string
  name?: string
  client?: string | null
  model?: string
  voice?: string
  instructions?: string
  greetingMsg?: string
  remoteId?: string
  search: boolean
  emotions: boolean
  memory: boolean
  /** ISO 8601, UTC. */
  createdAt: string
  /** ISO 8601, UTC. */
  updatedAt: string
}

export interface RoomAvatar {
  id: string
  organizationId: string
  identity: string
  name: string
  description: string
  /** Where its picture is; empty without one. */
  thumbnailUrl: string
  agentId?: string | null
  client?: string | null
  agent?: RoomAgent
  /** ISO 8601, UTC. */
  createdAt: string
  /** ISO 8601, UTC. */
  updatedAt: string
}

export interface RoomBrain {
  id: string
  organizationId: string
  name: string
  instructions: string
  greetingMessage: string
  model: string
  client?: string | null
  /** ISO 8601, UTC. */
  createdAt: string
  /** ISO 8601, UTC. */
  updatedAt: string
}

export interface RoomFace {
  id: string
  organizationId: string
  identity: string
  /** Processing, ready or error; a drawn face is ready at once. */
  status: string
  description: string | null
  thumbnailUrl: string | null
  thumbnailNoBgUrl: string | null
  referenceImgUrl: string | null
  referenceImgNoBgUrl: string | null
  videoUrl: string | null
  client?: string | null
  /** ISO 8601, UTC. */
  createdAt: string
  /** ISO 8601, UTC. */
  updatedAt: string
}

export interface RoomVoice {
  id: string
  organizationId: string
  name: string
  description: string
  sampleUrl: string
  voiceId: string
  client?: string | null
  /** ISO 8601, UTC. */
  createdAt: string
  /** ISO 8601, UTC. */
  updatedAt: string
}

export interface RoomDocument {
  id: string
  knowledgeBaseId: string
  name: string
  description: string
  /** Bytes. */
  size: number
  /** Pending, ready or error. */
  status: string
  /** Why it is in error. */
  reason?: string
  /** ISO 8601, UTC. */
  createdAt: string
  /** ISO 8601, UTC. */
  updatedAt: string
}

export interface RoomKnowledgeBase {
  id: string
  organizationId: string
  name: string
  description: string
  client?: string | null
  documents: RoomDocument[]
  /** ISO 8601, UTC. */
  createdAt: string
  /** ISO 8601, UTC. */
  updatedAt: string
}

export interface RoomCharacter {
  id: string
  organizationId: string
  name: string
  livekitIdentity: string
  client?: string | null
  faceId: string | null
  voiceId: string | null
  brainId: string | null
  knowledgeBaseId: string | null
  elevenlabsAgentId: string | null
  search: boolean
  face: RoomFace | null
  voice: RoomVoice | null
  brain: RoomBrain | null
  knowledgeBase: RoomKnowledgeBase | null
  /** ISO 8601, UTC. */
  createdAt: string
  /** ISO 8601, UTC. */
  updatedAt: string
}

export interface AvatarSession {
  id: string
  organizationId: string
  name: string
  provider: string
  /** Starting, running, ended, error or blocked. */
  status: string
  freemium: boolean
  host: {
    serverUrl: string
  }
  client?: string
  /** Seconds. */
  maxDuration: number
  additionalCtx?: string
  templateVars: { [name: string]: string }
  avatarId: string
  avatar: RoomAvatar | null
  agentId?: string
  agent: RoomAgent | null
  knowledgeBaseId?: string
  knowledgeBase?:
    | RoomKnowledgeBase
    | {
        id: string
      }
  remoteAgentIdentity?: string
  transcript: {
    transcription: {
      text: string
      /** ISO 8601, UTC. */
      received_at: string
      identity: string
    }[]
  } | null
  /** ISO 8601, UTC. */
  startedAt: string
  /** ISO 8601, UTC. */
  endedAt: string | null
  /** Ours: stopped, revoked, expired, limit or failed. */
  endReason: string | null
  /** Ours: what happened, in words. */
  endMessage: string | null
  /** ISO 8601, UTC. */
  createdAt: string
  /** ISO 8601, UTC. */
  updatedAt: string
}

export type HealthRequest = Record<string, never>

export type HealthAnswer = Health

export type HealthV1Request = Record<string, never>

export type HealthV1Answer = Health

export type HealthV3Request = Record<string, never>

export type HealthV3Answer = ShortHealth

export type RootRequest = Record<string, never>

export type RootAnswer = { [name: string]: unknown }

export interface CreateWidgetSessionRequest {
  /** At most 200 characters. */
  agentic_avatar_id: string
  /** 1 to 86400. */
  max_duration?: number
  allowed_domains?: string[] | null
  allowed_origins?: string[] | null
  features?: {
    voice_input?: boolean
    text_input?: boolean
    knowledge_base?: boolean
  }
  single_use?: boolean
  settings?: {
    /** 1 to 86400. */
    max_duration?: number
    allowed_domains?: string[] | null
    allowed_origins?: string[] | null
    features?: {
      voice_input?: boolean
      text_input?: boolean
      knowledge_base?: boolean
    }
    single_use?: boolean
  } | null
  user_metadata?: { [name: string]: unknown } | null
  audio_only?: boolean
}

export interface CreateWidgetSessionAnswer extends CreatedWidgetSession {
  data: CreatedWidgetSession
  meta: null
}

export interface GetWidgetSessionStatusRequest {
  session_id: string
}

export interface GetWidgetSessionStatusAnswer extends WidgetSession {
  data: WidgetSession
  meta: null
}

export interface RevokeWidgetSessionRequest {
  session_id: string
}

export interface RevokeWidgetSessionAnswer {
  success: boolean
  message: string
  session_id: string
  data: {
    success: boolean
    message: string
    session_id: string
  }
  meta: null
}

export interface CreateAgenticAvatarRequest {
  /** At most 200 characters. */
  name: string
  /** At most 200 characters. */
  avatar_id: string
  /** At most 200 characters. */
  voice_id: string
  /** At most 200 characters. */
  brain_id: string
  /** At most 2000 characters. */
  description?: string | null
  settings?: {
    /** At most 2000 characters. */
    greeting?: string | null
    /** At most 8000 characters. */
    personality?: string | null
    languages?: string[]
    /** 2 to 10000. */
    max_conversation_length?: number | null
  } | null
}

export interface CreateAgenticAvatarAnswer extends Agent {
  data: Agent
  meta: null
}

export interface ListAgenticAvatarsRequest {
  /** 1 to 1000000. 1 unless said. */
  page?: number
  page_size?: number
  limit?: number
  /** "all" unless said. */
  scope?: 'all' | 'public' | 'private' | 'my'
  status?: 'active' | 'inactive'
}

export interface ListAgenticAvatarsAnswer {
  data: Agent[]
  agentic_avatars: Agent[]
  meta: PageMeta
  pagination: Pagination
}

export interface GetAgenticAvatarRequest {
  id: string
}

export interface GetAgenticAvatarAnswer extends Agent {
  data: Agent
  meta: null
}

export interface DeleteAgenticAvatarRequest {
  id: string
}

export interface DeleteAgenticAvatarAnswer {
  success: boolean
  message: string
  id: string
  deleted_id: string
  data: {
    success: boolean
    message: string
    id: string
    deleted_id: string
  }
  meta: null
}

export interface ListAvatarsRequest {
  /** 1 to 1000000. 1 unless said. */
  page?: number
  page_size?: number
  limit?: number
  /** "all" unless said. */
  scope?: 'all' | 'public' | 'private' | 'my'
}

export interface ListAvatarsAnswer {
  data: Avatar[]
  avatars: Avatar[]
  meta: PageMeta
  pagination: Pagination
}

export interface GetAvatarRequest {
  id: string
}

export interface GetAvatarAnswer extends Avatar {
  data: Avatar
  meta: null
}

export interface DeleteAvatarRequest {
  id: string
}

export interface DeleteAvatarAnswer {
  success: boolean
  message: string
  id: string
  deleted_id: string
  avatar_id: string
  data: {
    success: boolean
    message: string
    id: string
    deleted_id: string
    avatar_id: string
  }
  meta: null
}

export interface GetAvatarDetailsRequest {
  id: string
}

export interface GetAvatarDetailsAnswer {
  error: null
  data: {
    type: string
    id: string
    name: string
    gender: string
    preview_image_url: string | null
    preview_video_url: string | null
    premium: boolean
    is_public: boolean
    default_voice_id: string
    tags: string[]
  }
}

export interface ListVoicesRequest {
  /** 1 to 1000000. 1 unless said. */
  page?: number
  page_size?: number
  limit?: number
  /** "all" unless said. */
  scope?: 'all' | 'public' | 'private' | 'my'
  /** At most 35 characters. */
  language?: string
  /** At most 20 characters. */
  gender?: string
}

export interface ListVoicesAnswer {
  data: Voice[]
  voices: Voice[]
  meta: PageMeta
  pagination: Pagination
}

export interface GetVoiceRequest {
  id: string
}

export interface GetVoiceAnswer extends Voice {
  data: Voice
  meta: null
}

export interface CreateBrainRequest {
  /** At most 200 characters. */
  name: string
  /** At most 32000 characters. */
  system_prompt: string
  /** At most 200 characters. */
  llm_name: string
  /** At most 200 characters. */
  knowledge_base_id?: string | null
  is_public?: boolean
  is_active?: boolean
}

export interface CreateBrainAnswer extends Brain {
  data: Brain
  meta: null
}

export interface ListBrainsRequest {
  /** 1 to 1000000. 1 unless said. */
  page?: number
  page_size?: number
  limit?: number
  /** "all" unless said. */
  scope?: 'all' | 'public' | 'private' | 'my'
  /** At most 50 characters. */
  type?: string
}

export interface ListBrainsAnswer {
  data: Brain[]
  brains: Brain[]
  meta: PageMeta
  pagination: Pagination
}

export interface GetBrainRequest {
  id: string
}

export interface GetBrainAnswer extends Brain {
  data: Brain
  meta: null
}

export interface DeleteBrainRequest {
  id: string
}

export interface DeleteBrainAnswer {
  success: boolean
  message: string
  id: string
  deleted_id: string
  data: {
    success: boolean
    message: string
    id: string
    deleted_id: string
  }
  meta: null
}

export interface CreateKnowledgeBaseRequest {
  /** At most 200 characters. */
  name: string
  /** At most 2000 characters. */
  description?: string | null
}

export type CreateKnowledgeBaseAnswer = KnowledgeBaseAnswer

export interface ListKnowledgeBasesRequest {
  /** 1 to 1000000. 1 unless said. */
  page?: number
  page_size?: number
  limit?: number
  /** "all" unless said. */
  scope?: 'all' | 'public' | 'private' | 'my'
}

export type ListKnowledgeBasesAnswer = KnowledgeBaseList

export interface GetKnowledgeBaseRequest {
  id: string
}

export type GetKnowledgeBaseAnswer = KnowledgeBaseAnswer

export interface DeleteKnowledgeBaseRequest {
  id: string
}

export interface DeleteKnowledgeBaseAnswer {
  success: boolean
  message: string
  id: string
  deleted_id: string
  data: {
    success: boolean
    message: string
    id: string
    deleted_id: string
  }
  meta: null
}

export interface ListDocumentsRequest {
  /** 1 to 1000000. 1 unless said. */
  page?: number
  page_size?: number
  limit?: number
  /** "all" unless said. */
  scope?: 'all' | 'public' | 'private' | 'my'
  id: string
}

export type ListDocumentsAnswer = KnowledgeDocumentList

export interface AddDocumentRequest {
  id: string
  /** At most 300 characters. */
  name?: string
  text?: string
  /** At most 100 characters. */
  media_type?: string
  /** At most 2000 characters. */
  url?: string | null
}

export type AddDocumentAnswer = AddedDocumentAnswer

export interface DeleteDocumentRequest {
  id: string
  document_id: string
}

export type DeleteDocumentAnswer = DeletedDocumentAnswer

export interface ReindexDocumentRequest {
  id: string
  document_id: string
}

export type ReindexDocumentAnswer = AddedDocumentAnswer

export interface ListKnowledgeBasesAtDocumentedPathRequest {
  /** 1 to 1000000. 1 unless said. */
  page?: number
  page_size?: number
  limit?: number
  /** "all" unless said. */
  scope?: 'all' | 'public' | 'private' | 'my'
}

export type ListKnowledgeBasesAtDocumentedPathAnswer = KnowledgeBaseList

export interface CreateKnowledgeBaseAtDocumentedPathRequest {
  /** At most 200 characters. */
  name: string
  /** At most 2000 characters. */
  description?: string | null
}

export interface CreateKnowledgeBaseAtDocumentedPathAnswer {
  knowledge_base_id: string
  name: string
  status: string
  message: string
}

export type ListLlmsRequest = Record<string, never>

export interface ListLlmsAnswer {
  data: Model[]
  llms: Model[]
  meta: null
}

export type ValidateApiKeyRequest = Record<string, never>

export interface ValidateApiKeyAnswer {
  valid: boolean
  message: string
  key: ListedKey | null
  key_id: string | null
  scopes: string[]
  metadata: Record<string, never>
  /** ISO 8601, UTC. */
  expires_at: string | null
  data: {
    valid: boolean
    message: string
    key: ListedKey | null
    key_id: string | null
    scopes: string[]
    metadata: Record<string, never>
    /** ISO 8601, UTC. */
    expires_at: string | null
  }
  meta: null
}

export interface ListApiKeysRequest {
  /** 1 to 1000000. 1 unless said. */
  page?: number
  page_size?: number
  limit?: number
  /** "all" unless said. */
  scope?: 'all' | 'public' | 'private' | 'my'
}

export interface ListApiKeysAnswer {
  data: ListedKey[]
  api_keys: ListedKey[]
  meta: PageMeta
  pagination: Pagination
}

export type ValidateApiKeyAtDocumentedPathRequest = Record<string, never>

export interface ValidateApiKeyAtDocumentedPathAnswer {
  valid: boolean
  message: string
  key: ListedKey | null
  key_id: string | null
  scopes: string[]
  metadata: Record<string, never>
  /** ISO 8601, UTC. */
  expires_at: string | null
  data: {
    valid: boolean
    message: string
    key: ListedKey | null
    key_id: string | null
    scopes: string[]
    metadata: Record<string, never>
    /** ISO 8601, UTC. */
    expires_at: string | null
  }
  meta: null
}

export interface ListRequestsRequest {
  /** 1 to 1000000. 1 unless said. */
  page?: number
  page_size?: number
  limit?: number
  /** "all" unless said. */
  scope?: 'all' | 'public' | 'private' | 'my'
  /** At most 100 characters. */
  operation?: string
}

export interface ListRequestsAnswer {
  data: RequestRecord[]
  requests: RequestRecord[]
  meta: PageMeta
  pagination: Pagination
  requests_this_month: number
}

export interface CreateChatSessionRequest {
  /** The origin whose pages may use the token, to the letter. */
  embed_origin: string
  /** Seconds; 3600 when left out. 1 to 3600. */
  expires_after?: number | null
  /** Your own name for who will use the token. */
  user_identifier?: string | null
}

export interface CreateChatSessionAnswer {
  /** The token, a JWT. It is in no other answer. */
  client_token: string
  embed_origin: string
  /** Seconds. */
  expires_after: number
  /** Always active. */
  status: string
  user_identifier?: string
}

export interface RevokeChatSessionRequest {
  /** The token to end. */
  token: string
}

export type RevokeChatSessionAnswer = undefined

export interface KeysCreateRequest {
  /** At most 200 characters. */
  name: string
  scopes: ('consumer' | 'producer' | 'chat' | 'hooks' | 'agent' | 'agent_user')[]
  /** The one project the key is bound to. At most 40 characters. */
  project_id?: string | null
}

export interface KeysCreateAnswer {
  id: string
  organization_id: string
  project_id?: string
  created_by_user_id: string
  name: string
  key_prefix: string
  scopes: string[]
  /** ISO 8601, UTC. */
  created_at: string
  /** ISO 8601, UTC. */
  updated_at: string
  /** ISO 8601, UTC. */
  last_accessed_at?: string
  /** The key itself. It is shown this once. */
  key: string
}

export type KeysListRequest = Record<string, never>

export interface KeysListAnswer {
  keys: ChatKey[]
}

export interface KeysRevokeRequest {
  /** At most 100 characters. */
  id: string
}

export type KeysRevokeAnswer = { [name: string]: unknown }

export type KeysVerifyRequest = Record<string, never>

export interface KeysVerifyAnswer {
  organization: ChatProject
  projects: ChatProject[]
  scopes: string[]
}

export interface ProjectsListRequest {
  /** Your account’s id. No other is taken. At most 100 characters. */
  organization_id?: string
}

export interface ProjectsListAnswer {
  projects: ChatProject[]
}

export interface ProjectsGetRequest {
  /** At most 128 characters. */
  slug: string
}

export interface ProjectsGetAnswer {
  project: {
    id: string
    name: string
    slug: string
    organization_id: string
    /** Whether the approved origins bind every session of the project. */
    strict_origins: boolean
    /** ISO 8601, UTC. */
    created_at: string
    /** ISO 8601, UTC. */
    updated_at: string
  }
}

export interface ProjectsCreateRequest {
  /** At most 40 characters. */
  name: string
  /** Your account’s id. No other is taken. At most 100 characters. */
  organization_id?: string | null
  /** Made from the name when left out. */
  slug?: string | null
}

export interface ProjectsCreateAnswer {
  project: {
    id: string
    name: string
    slug: string
    organization_id: string
    /** Whether the approved origins bind every session of the project. */
    strict_origins: boolean
    /** ISO 8601, UTC. */
    created_at: string
    /** ISO 8601, UTC. */
    updated_at: string
  }
}

export interface ProjectsDeleteRequest {
  /** At most 100 characters. */
  id: string
}

export type ProjectsDeleteAnswer = undefined

export type ProjectsListAllowedOriginsRequest = Record<string, never>

export interface ProjectsListAllowedOriginsAnswer {
  allowed_origins: {
    id: string
    project_id: string
    origin: string
    /** Pending, approved or rejected. */
    status: string
    /** ISO 8601, UTC. */
    created_at: string
    /** ISO 8601, UTC. */
    updated_at: string
  }[]
}

export interface ProjectsUpsertAllowedOriginRequest {
  /** At most 500 characters. */
  origin: string
  /** Pending when left out. */
  status?: 'pending' | 'approved' | 'rejected' | null
}

export interface ProjectsUpsertAllowedOriginAnswer {
  allowed_origin: {
    id: string
    project_id: string
    origin: string
    /** Pending, approved or rejected. */
    status: string
    /** ISO 8601, UTC. */
    created_at: string
    /** ISO 8601, UTC. */
    updated_at: string
  }
}

export interface ProjectsSetStrictOriginsRequest {
  strict_origins: boolean
}

export interface ProjectsSetStrictOriginsAnswer {
  project: {
    id: string
    name: string
    slug: string
    organization_id: string
    /** Whether the approved origins bind every session of the project. */
    strict_origins: boolean
    /** ISO 8601, UTC. */
    created_at: string
    /** ISO 8601, UTC. */
    updated_at: string
  }
}

export interface CreateAvatarSessionV3Request {
  /** At most 200 characters. */
  name: string
  /** At most 500 characters. */
  client?: string | null
  /** Seconds; the account’s limit unless said. */
  maxDuration?: number | null
  /** At most 8192 characters. */
  additionalCtx?: string | null
  templateVars?: { [name: string]: string | number | boolean } | null
  /** `{ id }`, or what it is to be made from. */
  avatar:
    | { id: string }
    | {
        /** At most 200 characters. */
        identity: string
        /** At most 200 characters. */
        name: string
        /** A data URL of a PNG, JPEG, WebP or GIF of at most 5 MB. */
        refImage: string
        /** At most 200 characters. */
        agentId?: string | null
        /** At most 500 characters. */
        client?: string | null
      }
  /** `{ id }`, or what it is to be made from. */
  agent?:
    | { id: string }
    | {
        provider: 'openai' | 'gemini' | 'elevenlabs'
        /** At most 200 characters. */
        name?: string | null
        /** At most 500 characters. */
        client?: string | null
        /** At most 32000 characters. */
        instructions?: string | null
        /** At most 200 characters. */
        model?: string | null
        /** At most 200 characters. */
        voice?: string | null
        /** At most 2000 characters. */
        greetingMsg?: string | null
        /** At most 200 characters. */
        remoteId?: string | null
        search?: boolean | null
        emotions?: boolean | null
        memory?: boolean | null
      }
    | null
  host?: {
    /** At most 2000 characters. */
    serverUrl: string
    /** At most 16000 characters. */
    accessToken: string
  } | null
  remoteAgentConnectingIdentity?: {
    /** At most 256 characters. */
    identity: string
    /** At most 256 characters. */
    name: string
  } | null
  consumerIdentity?: {
    /** At most 256 characters. */
    identity: string
    /** At most 256 characters. */
    name: string
  } | null
  knowledgeBase?: {
    /** At most 200 characters. */
    id: string
  } | null
}

export interface CreateAvatarSessionV3Answer {
  session: AvatarSession
  /** A LiveKit token. */
  consumerAccessToken?: string
  /** A LiveKit token. */
  remoteAgentAccessToken?: string
}

export interface ListAvatarSessionsV3Request {
  /** How many, 20 if unsaid; 50 at most. */
  take?: number
  /** How many to leave out first. */
  skip?: number
  /** Only what was made for this client. At most 500 characters. */
  client?: string
}

export interface ListAvatarSessionsV3Answer {
  skip: number
  take: number
  total: number
  sessions: AvatarSession[]
}

export interface StartSessionPassV3Request {
  /** At most 200 characters. */
  name: string
  /** At most 500 characters. */
  client?: string | null
  /** Seconds; the account’s limit unless said. */
  maxDuration?: number | null
  /** At most 8192 characters. */
  additionalCtx?: string | null
  templateVars?: { [name: string]: string | number | boolean } | null
  avatar: {
    /** At most 200 characters. */
    id: string
  }
  agent: {
    /** At most 200 characters. */
    id: string
  }
  consumerIdentity: {
    /** At most 256 characters. */
    identity: string
    /** At most 256 characters. */
    name: string
  }
}

export interface StartSessionPassV3Answer {
  session: AvatarSession
  /** A LiveKit token. */
  consumerAccessToken?: string
  /** A LiveKit token. */
  remoteAgentAccessToken?: string
}

export interface GetAvatarSessionV3Request {
  id: string
}

export type GetAvatarSessionV3Answer = AvatarSession

export interface StopAvatarSessionV3Request {
  id: string
}

export type StopAvatarSessionV3Answer = AvatarSession | null

export interface StopByPostAvatarSessionV3Request {
  id: string
}

export type StopByPostAvatarSessionV3Answer = AvatarSession | null

export interface StopSessionPassV3Request {
  id: string
}

export type StopSessionPassV3Answer = AvatarSession | null

export interface StopByPostSessionPassV3Request {
  id: string
}

export type StopByPostSessionPassV3Answer = AvatarSession | null

export type GetLimitsV3Request = Record<string, never>

export type GetLimitsV3Answer = {
  organizationId: string
  /** Sessions at once; null for no ceiling. */
  concurrent: number | null
  /** Seconds. */
  duration: number
  suspended: boolean
  reason: string | null
  /** ISO 8601, UTC. */
  createdAt: string
  /** ISO 8601, UTC. */
  updatedAt: string
} | null

export interface CreateAgentV3Request {
  provider: 'openai' | 'gemini' | 'elevenlabs'
  /** At most 200 characters. */
  name?: string | null
  /** At most 500 characters. */
  client?: string | null
  /** At most 32000 characters. */
  instructions?: string | null
  /** At most 200 characters. */
  model?: string | null
  /** At most 200 characters. */
  voice?: string | null
  /** At most 2000 characters. */
  greetingMsg?: string | null
  /** At most 200 characters. */
  remoteId?: string | null
  search?: boolean | null
  emotions?: boolean | null
  memory?: boolean | null
}

export type CreateAgentV3Answer = RoomAgent

export interface ListAgentsV3Request {
  /** How many, 20 if unsaid; 50 at most. */
  take?: number
  /** How many to leave out first. */
  skip?: number
  /** Only what was made for this client. At most 500 characters. */
  client?: string
}

export interface ListAgentsV3Answer {
  skip: number
  take: number
  total: number
  agents: RoomAgent[]
}

export interface GetAgentV3Request {
  id: string
}

export type GetAgentV3Answer = RoomAgent | null

export interface DeleteAgentV3Request {
  id: string
}

export type DeleteAgentV3Answer = RoomAgent | null

export interface UpdateAgentV3Request {
  id: string
  provider?: 'openai' | 'gemini' | 'elevenlabs'
  /** At most 200 characters. */
  name?: string | null
  /** At most 500 characters. */
  client?: string | null
  /** At most 32000 characters. */
  instructions?: string | null
  /** At most 200 characters. */
  model?: string | null
  /** At most 200 characters. */
  voice?: string | null
  /** At most 2000 characters. */
  greetingMsg?: string | null
  /** At most 200 characters. */
  remoteId?: string | null
  search?: boolean | null
  emotions?: boolean | null
  memory?: boolean | null
}

export type UpdateAgentV3Answer = RoomAgent

export interface CreateAvatarV3Request {
  /** At most 200 characters. */
  identity: string
  /** At most 200 characters. */
  name: string
  /** A data URL of a PNG, JPEG, WebP or GIF of at most 5 MB. */
  refImage: string
  /** At most 200 characters. */
  agentId?: string | null
  /** At most 500 characters. */
  client?: string | null
}

export type CreateAvatarV3Answer = RoomAvatar

export interface ListAvatarsV3Request {
  /** How many, 20 if unsaid; 50 at most. */
  take?: number
  /** How many to leave out first. */
  skip?: number
  /** Only what was made for this client. At most 500 characters. */
  client?: string
}

export interface ListAvatarsV3Answer {
  skip: number
  take: number
  total: number
  avatars: RoomAvatar[]
}

export interface GetAvatarV3Request {
  id: string
}

export type GetAvatarV3Answer = RoomAvatar | null

export interface DeleteAvatarV3Request {
  id: string
}

export type DeleteAvatarV3Answer = RoomAvatar | null

export interface UpdateAvatarV3Request {
  id: string
  /** At most 200 characters. */
  identity?: string
  /** At most 200 characters. */
  name?: string
  /** At most 200 characters. */
  agentId?: string | null
  /** At most 500 characters. */
  client?: string | null
  /** A data URL of a PNG, JPEG, WebP or GIF of at most 5 MB. */
  refImage?: string | null
}

export type UpdateAvatarV3Answer = RoomAvatar

export interface CreateBrainV3Request {
  /** At most 200 characters. */
  name: string
  /** At most 32000 characters. */
  instructions: string
  /** At most 2000 characters. */
  greetingMessage: string
  /** At most 200 characters. */
  model: string
  /** At most 500 characters. */
  client?: string | null
}

export type CreateBrainV3Answer = RoomBrain

export interface ListBrainsV3Request {
  /** How many, 20 if unsaid; 50 at most. */
  take?: number
  /** How many to leave out first. */
  skip?: number
  /** Only what was made for this client. At most 500 characters. */
  client?: string
}

export interface ListBrainsV3Answer {
  skip: number
  take: number
  total: number
  brains: RoomBrain[]
}

export interface GetBrainV3Request {
  id: string
}

export type GetBrainV3Answer = RoomBrain

export interface DeleteBrainV3Request {
  id: string
}

export type DeleteBrainV3Answer = RoomBrain

export interface CreateFaceV3Request {
  identity: 'byron' | 'emily'
  /** At most 500 characters. */
  client?: string | null
}

export type CreateFaceV3Answer = RoomFace

export interface ListFacesV3Request {
  /** How many, 20 if unsaid; 50 at most. */
  take?: number
  /** How many to leave out first. */
  skip?: number
  /** Only what was made for this client. At most 500 characters. */
  client?: string
}

export interface ListFacesV3Answer {
  skip: number
  take: number
  total: number
  faces: RoomFace[]
}

export interface GetFaceV3Request {
  id: string
}

export type GetFaceV3Answer = RoomFace

export interface DeleteFaceV3Request {
  id: string
}

export type DeleteFaceV3Answer = RoomFace

export interface CreateVoiceV3Request {
  /** At most 200 characters. */
  name: string
  /** At most 2000 characters. */
  description: string
  /** Http or https; never fetched. At most 2000 characters. */
  sampleUrl: string
  /** At most 200 characters. */
  voiceId: string
  /** At most 500 characters. */
  client?: string | null
}

export type CreateVoiceV3Answer = RoomVoice

export interface ListVoicesV3Request {
  /** How many, 20 if unsaid; 50 at most. */
  take?: number
  /** How many to leave out first. */
  skip?: number
  /** Only what was made for this client. At most 500 characters. */
  client?: string
}

export interface ListVoicesV3Answer {
  skip: number
  take: number
  total: number
  voices: RoomVoice[]
}

export interface GetVoiceV3Request {
  id: string
}

export type GetVoiceV3Answer = RoomVoice

export interface DeleteVoiceV3Request {
  id: string
}

export type DeleteVoiceV3Answer = RoomVoice

export interface CreateCharacterV3Request {
  /** At most 200 characters. */
  name: string
  /** At most 200 characters. */
  faceId?: string | null
  /** At most 200 characters. */
  voiceId?: string | null
  /** At most 200 characters. */
  brainId?: string | null
  /** At most 200 characters. */
  knowledgeBaseId?: string | null
  /** At most 200 characters. */
  elevenlabsAgentId?: string | null
  search?: boolean | null
  /** At most 200 characters. */
  livekitIdentity: string
  /** At most 500 characters. */
  client?: string | null
}

export type CreateCharacterV3Answer = RoomCharacter

export interface ListCharactersV3Request {
  /** How many, 20 if unsaid; 50 at most. */
  take?: number
  /** How many to leave out first. */
  skip?: number
  /** Only what was made for this client. At most 500 characters. */
  client?: string
}

export interface ListCharactersV3Answer {
  skip: number
  take: number
  total: number
  characters: RoomCharacter[]
}

export interface GetCharacterV3Request {
  id: string
}

export type GetCharacterV3Answer = RoomCharacter

export interface DeleteCharacterV3Request {
  id: string
}

export type DeleteCharacterV3Answer = RoomCharacter

export interface UpdateCharacterV3Request {
  id: string
  /** At most 200 characters. */
  name?: string
  /** At most 200 characters. */
  faceId?: string | null
  /** At most 200 characters. */
  voiceId?: string | null
  /** At most 200 characters. */
  brainId?: string | null
  /** At most 200 characters. */
  knowledgeBaseId?: string | null
  /** At most 200 characters. */
  elevenlabsAgentId?: string | null
  search?: boolean | null
}

export type UpdateCharacterV3Answer = RoomCharacter

export interface CreateKnowledgeBaseV3Request {
  /** At most 200 characters. */
  name: string
  /** At most 2000 characters. */
  description: string
  /** At most 500 characters. */
  client?: string | null
}

export type CreateKnowledgeBaseV3Answer = RoomKnowledgeBase

export interface ListKnowledgeBasesV3Request {
  /** How many, 20 if unsaid; 50 at most. */
  take?: number
  /** How many to leave out first. */
  skip?: number
  /** Only what was made for this client. At most 500 characters. */
  client?: string
}

export interface ListKnowledgeBasesV3Answer {
  skip: number
  take: number
  total: number
  items: RoomKnowledgeBase[]
  knowledgeBases: RoomKnowledgeBase[]
}

export interface GetKnowledgeBaseV3Request {
  id: string
}

export type GetKnowledgeBaseV3Answer = RoomKnowledgeBase | null

export interface DeleteKnowledgeBaseV3Request {
  id: string
}

export type DeleteKnowledgeBaseV3Answer = RoomKnowledgeBase | null

export interface AddDocumentV3Request {
  id: string
  /** At most 300 characters. */
  name: string
  /** At most 2000 characters. */
  description: string
  /** At most 200 characters. */
  mimeType: string
}

export interface AddDocumentV3Answer {
  document: RoomDocument
  /** Where the bytes are to be PUT. No credential but itself. */
  uploadUrl: string
  /** ISO 8601, UTC. */
  expireAt: string
}

export interface IndexDocumentV3Request {
  id: string
  doc: string
}

export type IndexDocumentV3Answer = RoomDocument

export interface DeleteDocumentV3Request {
  id: string
  doc: string
}

export type DeleteDocumentV3Answer = RoomDocument

export interface CreateChatCompletionRequest {
  messages: {
    role: 'system' | 'developer' | 'user' | 'assistant' | 'tool'
    content?:
      | string
      | {
          type: string
          text?: string
        }[]
      | null
    tool_calls?:
      | {
          /** At most 256 characters. */
          id: string
          type?: string
          function: {
            /** At most 256 characters. */
            name: string
            arguments: string
          }
        }[]
      | null
    /** At most 256 characters. */
    tool_call_id?: string | null
  }[]
  /** At most 512 characters. */
  model?: string | null
  stream?: boolean | null
  stream_options?: {
    include_usage?: boolean | null
  } | null
  /** 1 to 1. */
  n?: number | null
  max_tokens?: number | null
  max_completion_tokens?: number | null
  /** 0 to 2. */
  temperature?: number | null
  /** 0 to 1. */
  top_p?: number | null
  stop?: string | string[] | null
  tools?:
    | {
        type: string
        function?: {
          name: string
          description?: string | null
          parameters?: { [name: string]: unknown } | null
        }
      }[]
    | null
  tool_choice?:
    | 'auto'
    | 'none'
    | 'required'
    | {
        type: string
        function: {
          name: string
        }
      }
    | null
}

export interface CreateChatCompletionAnswer {
  id: string
  object: 'chat.completion'
  created: number
  model: string
  choices: {
    index: number
    message: {
      role: 'assistant'
      content: string | null
      refusal: null
      tool_calls?: {
        /** At most 256 characters. */
        id: string
        type?: string
        function: {
          /** At most 256 characters. */
          name: string
          arguments: string
        }
      }[]
      citations: Citation[]
    }
    logprobs: null
    finish_reason: 'stop' | 'length' | 'tool_calls'
  }[]
  usage: {
    prompt_tokens: number
    completion_tokens: number
    total_tokens: number
  }
  citations: Citation[]
}

export interface ListChatsRequest {
  /** 1 to 100. 50 unless said. */
  limit?: number
  /** 0 to 1000000. 0 unless said. */
  offset?: number
}

export interface ListChatsAnswer {
  chats: ChatOverview[]
  total: number
}

export interface LoadChatRequest {
  /** A UUID. */
  id: string
  /** 1 to 200. 50 unless said. */
  limit?: number
  /** 0 to 9007199254740991. */
  before_seq?: number
  /** 0 to 9007199254740991. */
  after_seq?: number
}

export interface LoadChatAnswer {
  id: string
  title: string
  external_user_id?: string
  num_messages: number
  created_at: string
  updated_at: string
  messages: ChatMessage[]
  has_more_before: boolean
  has_more_after: boolean
}

export interface TitleChatRequest {
  /** A UUID. */
  id: string
  /** A title of one’s own; an empty one asks for ours again. At most 200 characters. */
  title?: string
}

export interface TitleChatAnswer {
  title: string
}

export interface RateChatRequest {
  /** A UUID. */
  id: string
  feedback: 'success' | 'failure'
}

export interface RateChatAnswer {
  success: boolean
}

export interface CreateAccountRequest {
  /** At most 1000 characters. */
  name: string
  concurrency?: number | null
  /** Seconds. */
  max_duration?: number | null
}

export interface CreateAccountAnswer {
  id: string
  name: string
  concurrency: number | null
  max_duration: number | null
  suspended: boolean
  /** ISO 8601, UTC. */
  suspended_at: string | null
  is_operator: boolean
  /** ISO 8601, UTC. */
  created_at: string
  project: Project
}

export interface ListAccountsRequest {
  /** 1 to 1000000. 1 unless said. */
  page?: number
  /** At most 100 are sent. 20 unless said. */
  page_size?: number
}

export interface ListAccountsAnswer {
  data: Account[]
  meta: AdminPageMeta
}

export interface SetAccountRequest {
  id: string
  concurrency?: number | null
  /** Seconds. */
  max_duration?: number | null
  suspended?: boolean
}

export interface SetAccountAnswer {
  id: string
  name: string
  concurrency: number | null
  max_duration: number | null
  suspended: boolean
  /** ISO 8601, UTC. */
  suspended_at: string | null
  is_operator: boolean
  /** ISO 8601, UTC. */
  created_at: string
  ended_sessions: number
}

export interface CreateProjectRequest {
  /** At most 1000 characters. */
  name: string
  /** At most 1000 characters. */
  slug: string
  /** An account, by id or name. Only keys of the operator’s account may name another than their own. At most 300 characters. */
  account?: string
}

export type CreateProjectAnswer = Project

export interface ListProjectsRequest {
  /** 1 to 1000000. 1 unless said. */
  page?: number
  /** At most 100 are sent. 20 unless said. */
  page_size?: number
  /** An account, by id or name. Only keys of the operator’s account may name another than their own. At most 300 characters. */
  account?: string
}

export interface ListProjectsAnswer {
  data: Project[]
  meta: AdminPageMeta
}

export interface SetProjectRequest {
  /** An account, by id or name. Only keys of the operator’s account may name another than their own. At most 300 characters. */
  account?: string
  id: string
  /** Whether the allowed origins bind every session of the project. */
  strict_origins?: boolean
  allowed_origins?: string[]
}

export type SetProjectAnswer = Project

export interface DeleteProjectRequest {
  /** An account, by id or name. Only keys of the operator’s account may name another than their own. At most 300 characters. */
  account?: string
  id: string
}

export interface DeleteProjectAnswer {
  id: string
  ended_sessions: number
}

export interface CreateApiKeyRequest {
  /** At most 1000 characters. */
  name: string
  /** An account, by id or name. Only keys of the operator’s account may name another than their own. At most 300 characters. */
  account?: string
  /** A project, by slug or id; default: the slug "default". At most 300 characters. */
  project?: string
  kind?: 'secret' | 'client'
  scopes?: string[]
  /** Requests in a window; 0 for no limit. */
  rate_limit?: number | null
  /** Seconds; 60 when left out. */
  rate_limit_window?: number
  /** Seconds. */
  max_duration?: number | null
  /** Sessions it may have open at once. */
  concurrency?: number | null
  expires_at?: string | null
  allowed_origins?: string[]
}

export interface CreateApiKeyAnswer {
  id: string
  account_id: string
  project_id: string
  kind: string
  name: string
  masked: string
  prefix: string
  scopes: string[]
  rate_limit: number | null
  rate_limit_window: number | null
  max_duration: number | null
  concurrency: number | null
  allowed_origins: string[]
  /** Active, expired or revoked. */
  status: string
  /** ISO 8601, UTC. */
  expires_at: string | null
  /** ISO 8601, UTC. */
  revoked_at: string | null
  /** ISO 8601, UTC. */
  created_at: string
  /** The key itself. It is shown this once. */
  key: string
}

export interface ListAccountKeysRequest {
  /** 1 to 1000000. 1 unless said. */
  page?: number
  /** At most 100 are sent. 20 unless said. */
  page_size?: number
  /** An account, by id or name. Only keys of the operator’s account may name another than their own. At most 300 characters. */
  account?: string
}

export interface ListAccountKeysAnswer {
  data: ApiKey[]
  meta: AdminPageMeta
}

export interface RevokeApiKeyRequest {
  /** An account, by id or name. Only keys of the operator’s account may name another than their own. At most 300 characters. */
  account?: string
  id: string
}

export interface RevokeApiKeyAnswer {
  id: string
  status: string
}

export interface RotateSigningKeyRequest {
  /** An account, by id or name. Only keys of the operator’s account may name another than their own. At most 300 characters. */
  account?: string
  /** A project, by slug or id; default: the slug "default". At most 300 characters. */
  project?: string
  /** Refuse older tokens at once and end their sessions. */
  now?: boolean
}

export interface RotateSigningKeyAnswer {
  project_id: string
  ended_sessions: number
}

export interface ListAgentsRequest {
  /** 1 to 1000000. 1 unless said. */
  page?: number
  /** At most 100 are sent. 20 unless said. */
  page_size?: number
  /** An account, by id or name. Only keys of the operator’s account may name another than their own. At most 300 characters. */
  account?: string
}

export interface ListAgentsAnswer {
  data: AdminAgent[]
  meta: AdminPageMeta
}

export interface ListSessionsRequest {
  /** 1 to 1000000. 1 unless said. */
  page?: number
  /** At most 100 are sent. 20 unless said. */
  page_size?: number
  /** An account, by id or name. Only keys of the operator’s account may name another than their own. At most 300 characters. */
  account?: string
  /** An agent’s id. At most 300 characters. */
  agent?: string
  /** Only those that are neither ended nor expired. */
  open?: boolean
}

export interface ListSessionsAnswer {
  data: Session[]
  meta: AdminPageMeta
}

export interface EndSessionRequest {
  /** An account, by id or name. Only keys of the operator’s account may name another than their own. At most 300 characters. */
  account?: string
  id: string
}

export type EndSessionAnswer = Session

export type LoginRequest = Record<string, never>

export interface LoginAnswer {
  id: string
  /** It is shown this once. */
  operator_session: string
  account_id: string
  /** ISO 8601, UTC. */
  expires_at: string
}

export interface LogoutRequest {
  /** At most 1000 characters. */
  operator_session: string
}

export interface LogoutAnswer {
  success: boolean
}

export type GetAccessRequest = Record<string, never>

export interface GetAccessAnswer {
  version: string
  public_url: string
  /** ISO 8601, UTC. */
  time: string
  is_operator: boolean
  account: {
    id: string
    name: string
  }
  key: {
    id: string
    name: string
    masked: string
    scopes: string[]
    /** ISO 8601, UTC. */
    expires_at: string | null
  }
}

/** Every operation by its name in the interface description. */
export interface Operations {
  /** Reads and writes the store, at most once a second, and says whether that worked. */
  health: { request: HealthRequest; answer: HealthAnswer }
  /** The same as /health, for clients that look under /v1. */
  healthV1: { request: HealthV1Request; answer: HealthV1Answer }
  /** The same in short, for clients that look under /v3. */
  healthV3: { request: HealthV3Request; answer: HealthV3Answer }
  /** Says what answers here. */
  root: { request: RootRequest; answer: RootAnswer }
  /** Creates a session for an agentic avatar and signs the token a page embeds the widget with. */
  createWidgetSession: { request: CreateWidgetSessionRequest; answer: CreateWidgetSessionAnswer }
  /** Shows a session: whether it is active, when it ends, what it allows. Never its token. */
  getWidgetSessionStatus: { request: GetWidgetSessionStatusRequest; answer: GetWidgetSessionStatusAnswer }
  /** Ends a session for good. When it answers, every connection of it is closed. */
  revokeWidgetSession: { request: RevokeWidgetSessionRequest; answer: RevokeWidgetSessionAnswer }
  /** Puts an avatar, a voice and a brain together. */
  createAgenticAvatar: { request: CreateAgenticAvatarRequest; answer: CreateAgenticAvatarAnswer }
  /** Lists your agentic avatars, newest first. */
  listAgenticAvatars: { request: ListAgenticAvatarsRequest; answer: ListAgenticAvatarsAnswer }
  /** Shows one with its settings and what it was used for. */
  getAgenticAvatar: { request: GetAgenticAvatarRequest; answer: GetAgenticAvatarAnswer }
  /** Deletes one. New sessions are refused; running ones go on until they end. */
  deleteAgenticAvatar: { request: DeleteAgenticAvatarRequest; answer: DeleteAgenticAvatarAnswer }
  /** Lists the looks you may use. */
  listAvatars: { request: ListAvatarsRequest; answer: ListAvatarsAnswer }
  /** Shows one look. */
  getAvatar: { request: GetAvatarRequest; answer: GetAvatarAnswer }
  /** Deletes one of your own looks. Public ones stay. */
  deleteAvatar: { request: DeleteAvatarRequest; answer: DeleteAvatarAnswer }
  /** Shows one look in the older envelope. */
  getAvatarDetails: { request: GetAvatarDetailsRequest; answer: GetAvatarDetailsAnswer }
  /** Lists the voices you may use. */
  listVoices: { request: ListVoicesRequest; answer: ListVoicesAnswer }
  /** Shows one voice. */
  getVoice: { request: GetVoiceRequest; answer: GetVoiceAnswer }
  /** Makes a brain: instructions, a model, and a knowledge base. */
  createBrain: { request: CreateBrainRequest; answer: CreateBrainAnswer }
  /** Lists your brains. */
  listBrains: { request: ListBrainsRequest; answer: ListBrainsAnswer }
  /** Shows one brain. */
  getBrain: { request: GetBrainRequest; answer: GetBrainAnswer }
  /** Deletes a brain. Agentic avatars that have it keep it. */
  deleteBrain: { request: DeleteBrainRequest; answer: DeleteBrainAnswer }
  /** Makes an empty knowledge base. */
  createKnowledgeBase: { request: CreateKnowledgeBaseRequest; answer: CreateKnowledgeBaseAnswer }
  /** Lists your knowledge bases. */
  listKnowledgeBases: { request: ListKnowledgeBasesRequest; answer: ListKnowledgeBasesAnswer }
  /** Shows one knowledge base. */
  getKnowledgeBase: { request: GetKnowledgeBaseRequest; answer: GetKnowledgeBaseAnswer }
  /** Deletes a knowledge base with its documents. */
  deleteKnowledgeBase: { request: DeleteKnowledgeBaseRequest; answer: DeleteKnowledgeBaseAnswer }
  /** Lists the documents of a knowledge base. */
  listDocuments: { request: ListDocumentsRequest; answer: ListDocumentsAnswer }
  /** Adds a document (a text, a file, or a page read from its URL) or replaces the one of the same name. When it answers, the document is searchable. */
  addDocument: { request: AddDocumentRequest; answer: AddDocumentAnswer }
  /** Removes a document. The next answer no longer quotes it. */
  deleteDocument: { request: DeleteDocumentRequest; answer: DeleteDocumentAnswer }
  /** Reads a document anew: from its URL, or as it was sent in. */
  reindexDocument: { request: ReindexDocumentRequest; answer: ReindexDocumentAnswer }
  /** Lists your knowledge bases, at the older path. */
  listKnowledgeBasesAtDocumentedPath: {
    request: ListKnowledgeBasesAtDocumentedPathRequest
    answer: ListKnowledgeBasesAtDocumentedPathAnswer
  }
  /** Makes an empty knowledge base, at the older path. */
  createKnowledgeBaseAtDocumentedPath: {
    request: CreateKnowledgeBaseAtDocumentedPathRequest
    answer: CreateKnowledgeBaseAtDocumentedPathAnswer
  }
  /** Lists the models a brain may name. */
  listLlms: { request: ListLlmsRequest; answer: ListLlmsAnswer }
  /** Says whether a key is good. A bad one is an answer, not an error. */
  validateApiKey: { request: ValidateApiKeyRequest; answer: ValidateApiKeyAnswer }
  /** Lists the keys of your account, masked, with what they were used for. */
  listApiKeys: { request: ListApiKeysRequest; answer: ListApiKeysAnswer }
  /** The same, at the documented path. */
  validateApiKeyAtDocumentedPath: {
    request: ValidateApiKeyAtDocumentedPathRequest
    answer: ValidateApiKeyAtDocumentedPathAnswer
  }
  /** Shows the calls made with the keys of your account, newest first, and how many this month. */
  listRequests: { request: ListRequestsRequest; answer: ListRequestsAnswer }
  /** Creates a chat session and signs a token for pages of one origin, at most an hour long. */
  createChatSession: { request: CreateChatSessionRequest; answer: CreateChatSessionAnswer }
  /** Ends the chat session of a token, once. When it answers, nothing is served on it any more. */
  revokeChatSession: { request: RevokeChatSessionRequest; answer: RevokeChatSessionAnswer }
  /** Makes a key for the whole account or for one project. Its text is shown this once. */
  keysCreate: { request: KeysCreateRequest; answer: KeysCreateAnswer }
  /** Lists the secret keys of the account that were not revoked, without their text. */
  keysList: { request: KeysListRequest; answer: KeysListAnswer }
  /** Takes a key out of use for good. Its sessions go on. */
  keysRevoke: { request: KeysRevokeRequest; answer: KeysRevokeAnswer }
  /** Says whose key this is, which projects it may act in, and what it may do. */
  keysVerify: { request: KeysVerifyRequest; answer: KeysVerifyAnswer }
  /** Lists the projects the caller may act in. */
  projectsList: { request: ProjectsListRequest; answer: ProjectsListAnswer }
  /** Shows a project by its slug. */
  projectsGet: { request: ProjectsGetRequest; answer: ProjectsGetAnswer }
  /** Makes a project; its slug comes from its name unless one is sent. */
  projectsCreate: { request: ProjectsCreateRequest; answer: ProjectsCreateAnswer }
  /** Deletes a project: its open sessions end and the keys bound to it are disabled. */
  projectsDelete: { request: ProjectsDeleteRequest; answer: ProjectsDeleteAnswer }
  /** Lists what the project thinks of origins: approved, pending, rejected. */
  projectsListAllowedOrigins: { request: ProjectsListAllowedOriginsRequest; answer: ProjectsListAllowedOriginsAnswer }
  /** Asks for an origin, approves or rejects it. */
  projectsUpsertAllowedOrigin: {
    request: ProjectsUpsertAllowedOriginRequest
    answer: ProjectsUpsertAllowedOriginAnswer
  }
  /** Says whether the approved origins bind every session of the project. */
  projectsSetStrictOrigins: { request: ProjectsSetStrictOriginsRequest; answer: ProjectsSetStrictOriginsAnswer }
  /** Creates a live room in which an avatar meets somebody, and grants tokens to those who are named. When it answers, the room can be joined. */
  createAvatarSessionV3: { request: CreateAvatarSessionV3Request; answer: CreateAvatarSessionV3Answer }
  /** Lists your avatar sessions and those of your passes, newest first. */
  listAvatarSessionsV3: { request: ListAvatarSessionsV3Request; answer: ListAvatarSessionsV3Answer }
  /** Creates an avatar session from a page, with a client key: an avatar and an agent that exist. */
  startSessionPassV3: { request: StartSessionPassV3Request; answer: StartSessionPassV3Answer }
  /** Shows an avatar session: where it stands, what was said, and how it ended. */
  getAvatarSessionV3: { request: GetAvatarSessionV3Request; answer: GetAvatarSessionV3Answer }
  /** Ends an avatar session for good: everybody is put out of its room. Null when it was over already. */
  stopAvatarSessionV3: { request: StopAvatarSessionV3Request; answer: StopAvatarSessionV3Answer }
  /** The same, for clients that POST. */
  stopByPostAvatarSessionV3: { request: StopByPostAvatarSessionV3Request; answer: StopByPostAvatarSessionV3Answer }
  /** Ends a session this client key started. Null for any other, and for one that was over already. */
  stopSessionPassV3: { request: StopSessionPassV3Request; answer: StopSessionPassV3Answer }
  /** The same, for clients that POST. */
  stopByPostSessionPassV3: { request: StopByPostSessionPassV3Request; answer: StopByPostSessionPassV3Answer }
  /** Shows what your account may have at once and for how long; null where nothing limits it. */
  getLimitsV3: { request: GetLimitsV3Request; answer: GetLimitsV3Answer }
  /** Makes an agent: instructions, a greeting, and how it was asked for. */
  createAgentV3: { request: CreateAgentV3Request; answer: CreateAgentV3Answer }
  /** Lists your agents, newest first. */
  listAgentsV3: { request: ListAgentsV3Request; answer: ListAgentsV3Answer }
  /** Shows an agent; null for one that is not yours or not there. */
  getAgentV3: { request: GetAgentV3Request; answer: GetAgentV3Answer }
  /** Archives an agent for good. Old sessions still show it. */
  deleteAgentV3: { request: DeleteAgentV3Request; answer: DeleteAgentV3Answer }
  /** Changes what is given of an agent. */
  updateAgentV3: { request: UpdateAgentV3Request; answer: UpdateAgentV3Answer }
  /** Makes an avatar: its identity in the room, its picture, and the agent it speaks for. */
  createAvatarV3: { request: CreateAvatarV3Request; answer: CreateAvatarV3Answer }
  /** Lists your avatars, newest first. */
  listAvatarsV3: { request: ListAvatarsV3Request; answer: ListAvatarsV3Answer }
  /** Shows an avatar; null for one that is not yours or not there. */
  getAvatarV3: { request: GetAvatarV3Request; answer: GetAvatarV3Answer }
  /** Archives an avatar for good. Old sessions still show it. */
  deleteAvatarV3: { request: DeleteAvatarV3Request; answer: DeleteAvatarV3Answer }
  /** Changes what is given of an avatar. */
  updateAvatarV3: { request: UpdateAvatarV3Request; answer: UpdateAvatarV3Answer }
  /** Makes a brain: instructions, a greeting, a model. */
  createBrainV3: { request: CreateBrainV3Request; answer: CreateBrainV3Answer }
  /** Lists your brains, newest first. */
  listBrainsV3: { request: ListBrainsV3Request; answer: ListBrainsV3Answer }
  /** Shows a brain. */
  getBrainV3: { request: GetBrainV3Request; answer: GetBrainV3Answer }
  /** Archives a brain. Characters that have it keep it. */
  deleteBrainV3: { request: DeleteBrainV3Request; answer: DeleteBrainV3Answer }
  /** Makes a face from one of the identities there are. */
  createFaceV3: { request: CreateFaceV3Request; answer: CreateFaceV3Answer }
  /** Lists your faces, newest first. */
  listFacesV3: { request: ListFacesV3Request; answer: ListFacesV3Answer }
  /** Shows a face. */
  getFaceV3: { request: GetFaceV3Request; answer: GetFaceV3Answer }
  /** Archives a face. Characters that have it keep it. */
  deleteFaceV3: { request: DeleteFaceV3Request; answer: DeleteFaceV3Answer }
  /** Makes a voice from a sample and a name at its provider. */
  createVoiceV3: { request: CreateVoiceV3Request; answer: CreateVoiceV3Answer }
  /** Lists your voices, newest first. */
  listVoicesV3: { request: ListVoicesV3Request; answer: ListVoicesV3Answer }
  /** Shows a voice. */
  getVoiceV3: { request: GetVoiceV3Request; answer: GetVoiceV3Answer }
  /** Archives a voice. Characters that have it keep it. */
  deleteVoiceV3: { request: DeleteVoiceV3Request; answer: DeleteVoiceV3Answer }
  /** Puts a face, a voice, a brain and a knowledge base together. */
  createCharacterV3: { request: CreateCharacterV3Request; answer: CreateCharacterV3Answer }
  /** Lists your characters, newest first. */
  listCharactersV3: { request: ListCharactersV3Request; answer: ListCharactersV3Answer }
  /** Shows a character with what it is made of. */
  getCharacterV3: { request: GetCharacterV3Request; answer: GetCharacterV3Answer }
  /** Archives a character. */
  deleteCharacterV3: { request: DeleteCharacterV3Request; answer: DeleteCharacterV3Answer }
  /** Changes what is given of a character. */
  updateCharacterV3: { request: UpdateCharacterV3Request; answer: UpdateCharacterV3Answer }
  /** Makes an empty knowledge base. */
  createKnowledgeBaseV3: { request: CreateKnowledgeBaseV3Request; answer: CreateKnowledgeBaseV3Answer }
  /** Lists your knowledge bases. */
  listKnowledgeBasesV3: { request: ListKnowledgeBasesV3Request; answer: ListKnowledgeBasesV3Answer }
  /** Shows a knowledge base with its documents; null for one that is not yours or not there. */
  getKnowledgeBaseV3: { request: GetKnowledgeBaseV3Request; answer: GetKnowledgeBaseV3Answer }
  /** Deletes a knowledge base with its documents. */
  deleteKnowledgeBaseV3: { request: DeleteKnowledgeBaseV3Request; answer: DeleteKnowledgeBaseV3Answer }
  /** Announces a document and answers where its bytes are to be put. */
  addDocumentV3: { request: AddDocumentV3Request; answer: AddDocumentV3Answer }
  /** Reads a document again, so that answers may quote it. */
  indexDocumentV3: { request: IndexDocumentV3Request; answer: IndexDocumentV3Answer }
  /** Removes a document. The next answer no longer quotes it. */
  deleteDocumentV3: { request: DeleteDocumentV3Request; answer: DeleteDocumentV3Answer }
  /** Answers a chat in OpenAI’s shape, streamed or whole, by the project’s agent. */
  createChatCompletion: { request: CreateChatCompletionRequest; answer: CreateChatCompletionAnswer }
  /** Lists chats, the most recently changed first; with a token, only its own person’s or session’s. */
  listChats: { request: ListChatsRequest; answer: ListChatsAnswer }
  /** Shows a chat with a page of its messages. */
  loadChat: { request: LoadChatRequest; answer: LoadChatAnswer }
  /** Gives a chat a title: the one sent, or else the beginning of its first question. */
  titleChat: { request: TitleChatRequest; answer: TitleChatAnswer }
  /** Keeps whether a chat was of use. */
  rateChat: { request: RateChatRequest; answer: RateChatAnswer }
  /** Makes an account with its default project. */
  createAccount: { request: CreateAccountRequest; answer: CreateAccountAnswer }
  /** Lists the accounts of this installation. */
  listAccounts: { request: ListAccountsRequest; answer: ListAccountsAnswer }
  /** Changes an account’s ceilings, or suspends it, which ends its sessions. */
  setAccount: { request: SetAccountRequest; answer: SetAccountAnswer }
  /** Makes a project. */
  createProject: { request: CreateProjectRequest; answer: CreateProjectAnswer }
  /** Lists an account’s projects. */
  listProjects: { request: ListProjectsRequest; answer: ListProjectsAnswer }
  /** Says which origins a project allows, and whether they bind its sessions. */
  setProject: { request: SetProjectRequest; answer: SetProjectAnswer }
  /** Deletes a project: its open sessions end and the keys bound to it are disabled. */
  deleteProject: { request: DeleteProjectRequest; answer: DeleteProjectAnswer }
  /** Makes a key. Its text is shown this once. */
  createApiKey: { request: CreateApiKeyRequest; answer: CreateApiKeyAnswer }
  /** Lists an account’s keys, masked. */
  listAccountKeys: { request: ListAccountKeysRequest; answer: ListAccountKeysAnswer }
  /** Disables a key for good. */
  revokeApiKey: { request: RevokeApiKeyRequest; answer: RevokeApiKeyAnswer }
  /** Puts a new signing key in place; with now, it ends what the old one signed. */
  rotateSigningKey: { request: RotateSigningKeyRequest; answer: RotateSigningKeyAnswer }
  /** Lists an account’s agents. */
  listAgents: { request: ListAgentsRequest; answer: ListAgentsAnswer }
  /** Lists an account’s sessions, newest first. */
  listSessions: { request: ListSessionsRequest; answer: ListSessionsAnswer }
  /** Ends a session of any kind, for good. */
  endSession: { request: EndSessionRequest; answer: EndSessionAnswer }
  /** Makes an operator session from a key, for 30 days. */
  login: { request: LoginRequest; answer: LoginAnswer }
  /** Ends an operator session. */
  logout: { request: LogoutRequest; answer: LogoutAnswer }
  /** Says what the key in hand may do, and for whom. */
  getAccess: { request: GetAccessRequest; answer: GetAccessAnswer }
}
