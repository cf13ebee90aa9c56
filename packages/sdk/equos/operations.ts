import { operation } from '../fetch-client/operations.ts'
import { readEntity } from './json.ts'
import type * as models from './models.ts'

export interface SessionsControllerCreateV3Request {
  createEquosSessionRequest: models.CreateEquosSessionRequest
}
/** One thing by its id. */
export interface ByIdRequest {
  id: string
}
/** Part of a list. */
export interface PartRequest {
  /** How many, 20 if unsaid; 50 at most. */
  take?: number
  /** How many to leave out first. */
  skip?: number
  /** Only what was made for this client. */
  client?: string
}
export type SessionsControllerGetByIdV3Request = ByIdRequest
export type SessionsControllerListV3Request = PartRequest
export type SessionsControllerStopV3Request = ByIdRequest
export interface SessionPassesControllerStartV3Request {
  createSessionPassRequest: models.CreateSessionPassRequest
}
export type SessionPassesControllerStopV3Request = ByIdRequest

/** A list as it comes: its plural's name, and the numbers that counted. */
export type EquosList<Plural extends string, Item> = { skip: number; take: number; total: number } & {
  [K in Plural]: Item[]
}

const part = { take: 'take', skip: 'skip', client: 'client' } as const

export const sessionOperations = {
  sessionsControllerCreateV3: operation<SessionsControllerCreateV3Request, models.CreateEquosSessionResponse>({
    method: 'POST',
    path: '/v3/sessions',
    body: 'createEquosSessionRequest',
    read: readEntity,
  }),
  sessionsControllerGetByIdV3: operation<ByIdRequest, models.EquosSession>({
    method: 'GET',
    path: '/v3/sessions/{id}',
    read: readEntity,
  }),
  sessionsControllerListV3: operation<PartRequest, models.ListEquosSessionsResponse>({
    method: 'GET',
    path: '/v3/sessions',
    query: part,
    read: readEntity,
  }),
  /** Null when it is over already, or unknown. */
  sessionsControllerStopV3: operation<ByIdRequest, models.EquosSession | null>({
    method: 'PATCH',
    path: '/v3/sessions/{id}/stop',
    read: readEntity,
  }),
}

export const sessionPassOperations = {
  sessionPassesControllerStartV3: operation<SessionPassesControllerStartV3Request, models.CreateEquosSessionResponse>({
    method: 'POST',
    path: '/v3/session-passes',
    body: 'createSessionPassRequest',
    read: readEntity,
  }),
  /** Null when it is over already, or was not started with this key. */
  sessionPassesControllerStopV3: operation<ByIdRequest, models.EquosSession | null>({
    method: 'PATCH',
    path: '/v3/session-passes/{id}/stop',
    read: readEntity,
  }),
}

export const agentOperations = {
  agentControllerCreateV3: operation<{ createEquosAgentRequest: models.CreateEquosAgentRequest }, models.EquosAgent>({
    method: 'POST',
    path: '/v3/agents',
    body: 'createEquosAgentRequest',
    read: readEntity,
  }),
  agentControllerListV3: operation<PartRequest, EquosList<'agents', models.EquosAgent>>({
    method: 'GET',
    path: '/v3/agents',
    query: part,
    read: readEntity,
  }),
  agentControllerGetByIdV3: operation<ByIdRequest, models.EquosAgent | null>({
    method: 'GET',
    path: '/v3/agents/{id}',
    read: readEntity,
  }),
  agentControllerUpdateV3: operation<
    { id: string; updateEquosAgentRequest: models.UpdateEquosAgentRequest },
    models.EquosAgent
  >({
    method: 'PUT',
    path: '/v3/agents/{id}',
    body: 'updateEquosAgentRequest',
    read: readEntity,
  }),
  agentControllerArchiveV3: operation<ByIdRequest, models.EquosAgent | null>({
    method: 'DELETE',
    path: '/v3/agents/{id}',
    read: readEntity,
  }),
}

export const avatarOperations = {
  avatarControllerCreateV3: operation<
    { createEquosAvatarRequest: models.CreateEquosAvatarRequest },
    models.EquosAvatar
  >({
    method: 'POST',
    path: '/v3/avatars',
    body: 'createEquosAvatarRequest',
    read: readEntity,
  }),
  avatarControllerListV3: operation<PartRequest, EquosList<'avatars', models.EquosAvatar>>({
    method: 'GET',
    path: '/v3/avatars',
    query: part,
    read: readEntity,
  }),
  avatarControllerGetByIdV3: operation<ByIdRequest, models.EquosAvatar | null>({
    method: 'GET',
    path: '/v3/avatars/{id}',
    read: readEntity,
  }),
  avatarControllerUpdateV3: operation<
    { id: string; updateEquosAvatarRequest: models.UpdateEquosAvatarRequest },
    models.EquosAvatar
  >({
    method: 'PUT',
    path: '/v3/avatars/{id}',
    body: 'updateEquosAvatarRequest',
    read: readEntity,
  }),
  avatarControllerArchiveV3: operation<ByIdRequest, models.EquosAvatar | null>({
    method: 'DELETE',
    path: '/v3/avatars/{id}',
    read: readEntity,
  }),
}

export const brainOperations = {
  brainControllerCreateV3: operation<{ createEquosBrainRequest: models.CreateEquosBrainRequest }, models.EquosBrain>({
    method: 'POST',
    path: '/v3/brains',
    body: 'createEquosBrainRequest',
    read: readEntity,
  }),
  brainControllerListV3: operation<PartRequest, EquosList<'brains', models.EquosBrain>>({
    method: 'GET',
    path: '/v3/brains',
    query: part,
    read: readEntity,
  }),
  brainControllerGetByIdV3: operation<ByIdRequest, models.EquosBrain>({
    method: 'GET',
    path: '/v3/brains/{id}',
    read: readEntity,
  }),
  brainControllerSoftDeleteV3: operation<ByIdRequest, models.EquosBrain>({
    method: 'DELETE',
    path: '/v3/brains/{id}',
    read: readEntity,
  }),
}

export const faceOperations = {
  faceControllerCreateV3: operation<{ createEquosFaceRequest: models.CreateEquosFaceRequest }, models.EquosFace>({
    method: 'POST',
    path: '/v3/faces',
    body: 'createEquosFaceRequest',
    read: readEntity,
  }),
  faceControllerListV3: operation<PartRequest, EquosList<'faces', models.EquosFace>>({
    method: 'GET',
    path: '/v3/faces',
    query: part,
    read: readEntity,
  }),
  faceControllerGetByIdV3: operation<ByIdRequest, models.EquosFace>({
    method: 'GET',
    path: '/v3/faces/{id}',
    read: readEntity,
  }),
  faceControllerSoftDeleteV3: operation<ByIdRequest, models.EquosFace>({
    method: 'DELETE',
    path: '/v3/faces/{id}',
    read: readEntity,
  }),
}

export const voiceOperations = {
  voiceControllerCreateV3: operation<{ createEquosVoiceRequest: models.CreateEquosVoiceRequest }, models.EquosVoice>({
    method: 'POST',
    path: '/v3/voices',
    body: 'createEquosVoiceRequest',
    read: readEntity,
  }),
  voiceControllerListV3: operation<PartRequest, EquosList<'voices', models.EquosVoice>>({
    method: 'GET',
    path: '/v3/voices',
    query: part,
    read: readEntity,
  }),
  voiceControllerGetByIdV3: operation<ByIdRequest, models.EquosVoice>({
    method: 'GET',
    path: '/v3/voices/{id}',
    read: readEntity,
  }),
  voiceControllerSoftDeleteV3: operation<ByIdRequest, models.EquosVoice>({
    method: 'DELETE',
    path: '/v3/voices/{id}',
    read: readEntity,
  }),
}

export const characterOperations = {
  characterControllerCreateV3: operation<
    { createEquosCharacterRequest: models.CreateEquosCharacterRequest },
    models.EquosCharacter
  >({
    method: 'POST',
    path: '/v3/characters',
    body: 'createEquosCharacterRequest',
    read: readEntity,
  }),
  characterControllerListV3: operation<PartRequest, EquosList<'characters', models.EquosCharacter>>({
    method: 'GET',
    path: '/v3/characters',
    query: part,
    read: readEntity,
  }),
  characterControllerGetByIdV3: operation<ByIdRequest, models.EquosCharacter>({
    method: 'GET',
    path: '/v3/characters/{id}',
    read: readEntity,
  }),
  characterControllerUpdateV3: operation<
    { id: string; updateEquosCharacterRequest: models.UpdateEquosCharacterRequest },
    models.EquosCharacter
  >({
    method: 'PUT',
    path: '/v3/characters/{id}',
    body: 'updateEquosCharacterRequest',
    read: readEntity,
  }),
  characterControllerSoftDeleteV3: operation<ByIdRequest, models.EquosCharacter>({
    method: 'DELETE',
    path: '/v3/characters/{id}',
    read: readEntity,
  }),
}

type ByDocRequest = { id: string; doc: string }

export const knowledgeBaseOperations = {
  knowledgeBaseControllerCreateKnowledgeBaseV3: operation<
    { createEquosKnowledgeBaseRequest: models.CreateEquosKnowledgeBaseRequest },
    models.EquosKnowledgeBase
  >({
    method: 'POST',
    path: '/v3/knowledge-bases',
    body: 'createEquosKnowledgeBaseRequest',
    read: readEntity,
  }),
  knowledgeBaseControllerListV3: operation<
    PartRequest,
    EquosList<'items' | 'knowledgeBases', models.EquosKnowledgeBase>
  >({
    method: 'GET',
    path: '/v3/knowledge-bases',
    query: part,
    read: readEntity,
  }),
  knowledgeBaseControllerGetByIdV3: operation<ByIdRequest, models.EquosKnowledgeBase | null>({
    method: 'GET',
    path: '/v3/knowledge-bases/{id}',
    read: readEntity,
  }),
  knowledgeBaseControllerDeleteV3: operation<ByIdRequest, models.EquosKnowledgeBase | null>({
    method: 'DELETE',
    path: '/v3/knowledge-bases/{id}',
    read: readEntity,
  }),
  /** Announces a document; its bytes are then PUT to `uploadUrl`. */
  knowledgeBaseControllerAddDocumentV3: operation<
    { id: string; createEquosDocumentRequest: models.CreateEquosDocumentRequest },
    { document: models.EquosDocument; uploadUrl: string; expireAt: string }
  >({
    method: 'POST',
    path: '/v3/knowledge-bases/{id}/documents',
    body: 'createEquosDocumentRequest',
    read: readEntity,
  }),
  knowledgeBaseControllerIndexDocumentV3: operation<ByDocRequest, models.EquosDocument>({
    method: 'PATCH',
    path: '/v3/knowledge-bases/{id}/documents/{doc}/index',
    read: readEntity,
  }),
  knowledgeBaseControllerDeleteDocV3: operation<ByDocRequest, models.EquosDocument>({
    method: 'DELETE',
    path: '/v3/knowledge-bases/{id}/documents/{doc}',
    read: readEntity,
  }),
}

export const limitOperations = {
  /** Null when none is configured. */
  limitsControllerLimitV3: operation<undefined, models.EquosLimits | null>({
    method: 'GET',
    path: '/v3/limits',
    read: readEntity,
  }),
}

export const healthOperations = {
  healthControllerCheckV3: operation<undefined, models.EquosHealth>({
    method: 'GET',
    path: '/v3/health',
    read: readEntity,
  }),
}
