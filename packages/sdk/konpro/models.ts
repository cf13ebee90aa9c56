import { type Model, model } from '../fetch-client/models.ts'

/** What a widget session is made with. `settings` is in the vendor's documentation and not in its client; here it is sent. */
export interface WidgetSessionCreate {
  agenticAvatarId: string
  userMetadata?: object | null
  /** Whole origins, such as `https://shop.example:8443`; any when absent. */
  allowedOrigins?: string[] | null
  audioOnly?: boolean
  settings?: WidgetSessionSettings | null
}

export interface WidgetSessionSettings {
  /** Seconds, 1 to 86400; 3600 when absent. */
  maxDuration?: number
  /** Host names; subdomains are listed one by one. */
  allowedDomains?: string[] | null
  features?: WidgetSessionFeatures
  /** Ours: binds the session to its first visitor. */
  singleUse?: boolean
}

/** All on unless switched off. */
export interface WidgetSessionFeatures {
  voiceInput?: boolean
  textInput?: boolean
  knowledgeBase?: boolean
}

/** Give the page `sessionToken` and nothing else. */
export interface WidgetSessionResponse {
  sessionToken: string
  sessionId: string
  /** ISO 8601, UTC. */
  expiresAt: string
  /** Seconds. */
  expiresIn: number
  websocketUrl: string
  userId: string
  avatar: { [name: string]: unknown }
  audioOnly?: boolean
  widgetUrl?: string
}

export interface AgenticAvatarCreate {
  name: string
  avatarId: string
  voiceId: string
  brainId: string
  description?: string | null
  userId?: string
  settings?: AgenticAvatarSettings | null
}

export interface AgenticAvatarSettings {
  greeting?: string | null
  personality?: string | null
  languages?: string[]
  maxConversationLength?: number | null
}

export interface AgenticAvatar {
  id: string
  name: string
  avatarId: string
  voiceId: string
  brainId: string
  createdAt: Date
  updatedAt: Date
  description?: string
  userId?: string
  settings?: AgenticAvatarSettings
}

export interface AvatarResponse {
  id: string
  name: string
  gender: string
  occupation: string
  cdnUrl: string
  createdAt: Date
  previewImage?: string
  isPublic?: boolean
  updatedAt?: Date
}

export interface BrainCreate {
  name: string
  systemPrompt: string
  llmName: string
  knowledgeBaseId?: string | null
  isPublic?: boolean
  isActive?: boolean
}

export interface DeleteResponse {
  success: boolean
  message: string
  deletedId: string
}

/** An API key; `key` is masked. */
export interface ApiKey {
  id: string
  userId: string
  name: string
  key: string
  prefix: string
  requestCount: number
  createdAt: Date
  scopes?: string[]
  rateLimit?: number
  /** Seconds. */
  rateLimitWindow?: number
  expiresAt?: Date
  isActive?: boolean
  lastUsedAt?: Date
  lastUsedIp?: string
  keyMetadata?: object
  updatedAt?: Date
}

export interface ApiKeyValidation {
  valid: boolean
  message: string
  key?: ApiKey
}

export interface PaginationMeta {
  page: number
  pageSize: number
  total: number
  totalPages: number
  hasNext: boolean
  hasPrev: boolean
}

export interface SuccessResponse<T> {
  data: T
  meta?: object
}

export interface PaginatedResponse<T> {
  data: T[]
  meta: PaginationMeta
}

export type SuccessResponseWidgetSessionResponse = SuccessResponse<WidgetSessionResponse>
export type SuccessResponseAgenticAvatar = SuccessResponse<AgenticAvatar>
export type SuccessResponseAvatarResponse = SuccessResponse<AvatarResponse>
export type SuccessResponseDeleteResponse = SuccessResponse<DeleteResponse>
export type SuccessResponseApiKeyValidation = SuccessResponse<ApiKeyValidation>
export type PaginatedResponseAgenticAvatar = PaginatedResponse<AgenticAvatar>
export type PaginatedResponseAvatarResponse = PaginatedResponse<AvatarResponse>

const features = model<WidgetSessionFeatures>({ voiceInput: 'may', textInput: 'may', knowledgeBase: 'may' })

const settings = model<WidgetSessionSettings>({
  maxDuration: 'may',
  allowedDomains: 'may',
  features: { model: features, isOptional: true },
  singleUse: 'may',
})

export const widgetSessionCreate = model<WidgetSessionCreate>({
  agenticAvatarId: 'must',
  userMetadata: 'may',
  allowedOrigins: 'may',
  audioOnly: 'may',
  settings: { model: settings, isOptional: true },
})

export const widgetSessionResponse = model<WidgetSessionResponse>({
  sessionToken: 'must',
  sessionId: 'must',
  expiresAt: 'must',
  expiresIn: 'must',
  websocketUrl: 'must',
  userId: 'must',
  avatar: 'must',
  audioOnly: 'may',
  widgetUrl: 'may',
})

const agentSettings = model<AgenticAvatarSettings>({
  greeting: 'may',
  personality: 'may',
  languages: 'may',
  maxConversationLength: 'may',
})

export const agenticAvatarCreate = model<AgenticAvatarCreate>({
  name: 'must',
  avatarId: 'must',
  voiceId: 'must',
  brainId: 'must',
  description: 'may',
  userId: 'may',
  settings: { model: agentSettings, isOptional: true },
})

export const agenticAvatar = model<AgenticAvatar>({
  id: 'must',
  name: 'must',
  avatarId: 'must',
  voiceId: 'must',
  brainId: 'must',
  createdAt: 'date',
  updatedAt: 'date',
  description: 'may',
  userId: 'may',
  settings: { model: agentSettings, isOptional: true },
})

export const avatarResponse = model<AvatarResponse>({
  id: 'must',
  name: 'must',
  gender: 'must',
  occupation: 'must',
  cdnUrl: 'must',
  createdAt: 'date',
  previewImage: 'may',
  isPublic: 'may',
  updatedAt: 'mayDate',
})

export const brainCreate = model<BrainCreate>({
  name: 'must',
  systemPrompt: 'must',
  llmName: 'must',
  knowledgeBaseId: 'may',
  isPublic: 'may',
  isActive: 'may',
})

export const deleteResponse = model<DeleteResponse>({ success: 'must', message: 'must', deletedId: 'must' })

export const apiKey = model<ApiKey>({
  id: 'must',
  userId: 'must',
  name: 'must',
  key: 'must',
  prefix: 'must',
  requestCount: 'must',
  createdAt: 'date',
  scopes: 'may',
  rateLimit: 'may',
  rateLimitWindow: 'may',
  expiresAt: 'mayDate',
  isActive: 'may',
  lastUsedAt: 'mayDate',
  lastUsedIp: 'may',
  keyMetadata: 'may',
  updatedAt: 'mayDate',
})

export const apiKeyValidation = model<ApiKeyValidation>({
  valid: 'must',
  message: 'must',
  key: { model: apiKey, isOptional: true },
})

const paginationMeta = model<PaginationMeta>({
  page: 'must',
  pageSize: 'must',
  total: 'must',
  totalPages: 'must',
  hasNext: 'must',
  hasPrev: 'must',
})

/** The envelope around one thing. */
export function one<T>(inner: Model<T>): Model<SuccessResponse<T>> {
  return model<SuccessResponse<T>>({ data: { model: inner }, meta: 'may' })
}

/** The envelope around a page of things. */
export function page<T>(inner: Model<T>): Model<PaginatedResponse<T>> {
  return model<PaginatedResponse<T>>({ data: { model: inner, isMany: true }, meta: { model: paginationMeta } })
}

export const successResponseWidgetSessionResponse = one(widgetSessionResponse)
