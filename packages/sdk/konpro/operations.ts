import { operation } from '../fetch-client/operations.ts'
import type {
  CreateBrainAnswer,
  DeleteAgenticAvatarAnswer,
  DeleteBrainAnswer,
  GetWidgetSessionStatusAnswer,
  HealthAnswer,
  ListBrainsAnswer,
  ListKnowledgeBasesAnswer,
  ListLlmsAnswer,
  ListVoicesAnswer,
  RevokeWidgetSessionAnswer,
  RootAnswer,
} from '../types/index.ts'
import * as models from './models.ts'

export interface CreateWidgetSessionRequest {
  widgetSessionCreate: models.WidgetSessionCreate
}
export interface GetWidgetSessionStatusRequest {
  sessionId: string
}
export interface RevokeWidgetSessionRequest {
  sessionId: string
}
export interface ListAgenticAvatarsRequest {
  /** From 1. */
  page?: number
  /** At most 100. */
  pageSize?: number
}
export interface GetAgenticAvatarRequest {
  avatarId: string
}
export interface CreateAgenticAvatarRequest {
  agenticAvatarCreate: models.AgenticAvatarCreate
}
export interface DeleteAgenticAvatarRequest {
  avatarId: string
}
export const ListAvatarsScopeEnum = { All: 'all', Public: 'public', Private: 'private' } as const
export type ListAvatarsScopeEnum = (typeof ListAvatarsScopeEnum)[keyof typeof ListAvatarsScopeEnum]
export const ListBrainsScopeEnum = ListAvatarsScopeEnum
export type ListBrainsScopeEnum = ListAvatarsScopeEnum
export const ListVoicesScopeEnum = ListAvatarsScopeEnum
export type ListVoicesScopeEnum = ListAvatarsScopeEnum
export interface ListAvatarsRequest extends ListAgenticAvatarsRequest {
  scope?: ListAvatarsScopeEnum
}
export interface GetAvatarRequest {
  avatarId: string
}
export interface DeleteAvatarRequest {
  avatarId: string
}
export type ListBrainsRequest = ListAvatarsRequest
export interface CreateBrainRequest {
  brainCreate: models.BrainCreate
}
export interface DeleteBrainRequest {
  brainId: string
}
export type ListVoicesRequest = ListAvatarsRequest
export type ListKnowledgeBasesRequest = ListAgenticAvatarsRequest

const paged = { page: 'page', pageSize: 'page_size' } as const
const scoped = { scope: 'scope', ...paged } as const

// What the vendor's client leaves as `any` is what came: the wire's own names.
export const widgetOperations = {
  createWidgetSession: operation<CreateWidgetSessionRequest, models.SuccessResponseWidgetSessionResponse>({
    method: 'POST',
    path: '/v1/widget/sessions',
    body: 'widgetSessionCreate',
    write: models.widgetSessionCreate.ToJSON,
    read: models.successResponseWidgetSessionResponse.FromJSON,
  }),
  getWidgetSessionStatus: operation<GetWidgetSessionStatusRequest, GetWidgetSessionStatusAnswer>({
    method: 'GET',
    path: '/v1/widget/sessions/{sessionId}',
  }),
  revokeWidgetSession: operation<RevokeWidgetSessionRequest, RevokeWidgetSessionAnswer>({
    method: 'DELETE',
    path: '/v1/widget/sessions/{sessionId}',
  }),
}

export const agenticAvatarOperations = {
  listAgenticAvatars: operation<ListAgenticAvatarsRequest, models.PaginatedResponseAgenticAvatar>({
    method: 'GET',
    path: '/v1/agentic-avatars',
    query: paged,
    read: models.page(models.agenticAvatar).FromJSON,
  }),
  getAgenticAvatar: operation<GetAgenticAvatarRequest, models.SuccessResponseAgenticAvatar>({
    method: 'GET',
    path: '/v1/agentic-avatars/{avatarId}',
    read: models.one(models.agenticAvatar).FromJSON,
  }),
  createAgenticAvatar: operation<CreateAgenticAvatarRequest, models.SuccessResponseAgenticAvatar>({
    method: 'POST',
    path: '/v1/agentic-avatars',
    body: 'agenticAvatarCreate',
    write: models.agenticAvatarCreate.ToJSON,
    read: models.one(models.agenticAvatar).FromJSON,
  }),
  deleteAgenticAvatar: operation<DeleteAgenticAvatarRequest, DeleteAgenticAvatarAnswer>({
    method: 'DELETE',
    path: '/v1/agentic-avatars/{avatarId}',
  }),
}

export const avatarOperations = {
  listAvatars: operation<ListAvatarsRequest, models.PaginatedResponseAvatarResponse>({
    method: 'GET',
    path: '/v1/avatars',
    query: scoped,
    read: models.page(models.avatarResponse).FromJSON,
  }),
  getAvatar: operation<GetAvatarRequest, models.SuccessResponseAvatarResponse>({
    method: 'GET',
    path: '/v1/avatars/{avatarId}',
    read: models.one(models.avatarResponse).FromJSON,
  }),
  deleteAvatar: operation<DeleteAvatarRequest, models.SuccessResponseDeleteResponse>({
    method: 'DELETE',
    path: '/v1/avatars/{avatarId}',
    read: models.one(models.deleteResponse).FromJSON,
  }),
}

export const brainOperations = {
  listBrains: operation<ListBrainsRequest, ListBrainsAnswer>({ method: 'GET', path: '/v1/brains', query: scoped }),
  createBrain: operation<CreateBrainRequest, CreateBrainAnswer>({
    method: 'POST',
    path: '/v1/brains',
    body: 'brainCreate',
    write: models.brainCreate.ToJSON,
  }),
  deleteBrain: operation<DeleteBrainRequest, DeleteBrainAnswer>({ method: 'DELETE', path: '/v1/brains/{brainId}' }),
}

export const voiceOperations = {
  listVoices: operation<ListVoicesRequest, ListVoicesAnswer>({ method: 'GET', path: '/v1/voices', query: scoped }),
}

export const knowledgeBaseOperations = {
  listKnowledgeBases: operation<ListKnowledgeBasesRequest, ListKnowledgeBasesAnswer>({
    method: 'GET',
    path: '/v1/knowledge-bases',
    query: paged,
  }),
}

export const llmOperations = { listLlms: operation<undefined, ListLlmsAnswer>({ method: 'GET', path: '/v1/llms' }) }

export const apiKeyOperations = {
  validateApiKey: operation<undefined, models.SuccessResponseApiKeyValidation>({
    method: 'POST',
    path: '/v1/api-keys/validate',
    read: models.one(models.apiKeyValidation).FromJSON,
  }),
}

export const defaultOperations = {
  health: operation<undefined, HealthAnswer>({ method: 'GET', path: '/health' }),
  root: operation<undefined, RootAnswer>({ method: 'GET', path: '/' }),
}
