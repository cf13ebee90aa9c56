// Made by `npm run sdk:types` from the server's interface description; changes made here are lost.

import { type OperationFunction, operation } from './operation.ts'

/** Reads and writes the store, at most once a second, and says whether that worked. `GET /health` */
export const health: OperationFunction<'health'> = /* @__PURE__ */ operation('health', {
  method: 'GET',
  path: '/health',
  door: 'open',
  answer: 'object',
})

/** The same as /health, for clients that look under /v1. `GET /v1/health` */
export const healthV1: OperationFunction<'healthV1'> = /* @__PURE__ */ operation('healthV1', {
  method: 'GET',
  path: '/v1/health',
  door: 'open',
  answer: 'object',
})

/** The same in short, for clients that look under /v3. `GET /v3/health` */
export const healthV3: OperationFunction<'healthV3'> = /* @__PURE__ */ operation('healthV3', {
  method: 'GET',
  path: '/v3/health',
  door: 'open',
  answer: 'object',
})

/** Says what answers here. `GET /` */
export const root: OperationFunction<'root'> = /* @__PURE__ */ operation('root', {
  method: 'GET',
  path: '/',
  door: 'open',
  answer: 'object',
})

/** Creates a session for an agentic avatar and signs the token a page embeds the widget with. `POST /v1/widget/sessions` */
export const createWidgetSession: OperationFunction<'createWidgetSession'> = /* @__PURE__ */ operation(
  'createWidgetSession',
  {
    method: 'POST',
    path: '/v1/widget/sessions',
    door: 'key',
    hasBody: true,
    makesOnce: true,
    answer: 'object',
    has: { session_token: 'string', session_id: 'string', expires_at: 'string' },
  },
)

/** Shows a session: whether it is active, when it ends, what it allows. Never its token. `GET /v1/widget/sessions/{session_id}` */
export const getWidgetSessionStatus: OperationFunction<'getWidgetSessionStatus'> = /* @__PURE__ */ operation(
  'getWidgetSessionStatus',
  {
    method: 'GET',
    path: '/v1/widget/sessions/{session_id}',
    door: 'key',
    answer: 'object',
    has: { id: 'string', session_id: 'string', agentic_avatar_id: 'string' },
  },
)

/** Ends a session for good. When it answers, every connection of it is closed. `DELETE /v1/widget/sessions/{session_id}` */
export const revokeWidgetSession: OperationFunction<'revokeWidgetSession'> = /* @__PURE__ */ operation(
  'revokeWidgetSession',
  {
    method: 'DELETE',
    path: '/v1/widget/sessions/{session_id}',
    door: 'key',
    answer: 'object',
    has: { success: 'boolean', message: 'string', session_id: 'string' },
  },
)

/** Puts an avatar, a voice and a brain together. `POST /v1/agentic-avatars` */
export const createAgenticAvatar: OperationFunction<'createAgenticAvatar'> = /* @__PURE__ */ operation(
  'createAgenticAvatar',
  {
    method: 'POST',
    path: '/v1/agentic-avatars',
    door: 'key',
    hasBody: true,
    makesOnce: true,
    answer: 'object',
    has: { id: 'string', user_id: 'string', name: 'string' },
  },
)

/** Lists your agentic avatars, newest first. `GET /v1/agentic-avatars` */
export const listAgenticAvatars: OperationFunction<'listAgenticAvatars'> = /* @__PURE__ */ operation(
  'listAgenticAvatars',
  {
    method: 'GET',
    path: '/v1/agentic-avatars',
    door: 'key',
    answer: 'object',
    has: { data: 'object', agentic_avatars: 'object', meta: 'object' },
  },
)

/** Shows one with its settings and what it was used for. `GET /v1/agentic-avatars/{id}` */
export const getAgenticAvatar: OperationFunction<'getAgenticAvatar'> = /* @__PURE__ */ operation('getAgenticAvatar', {
  method: 'GET',
  path: '/v1/agentic-avatars/{id}',
  door: 'key',
  answer: 'object',
  has: { id: 'string', user_id: 'string', name: 'string' },
})

/** Deletes one. New sessions are refused; running ones go on until they end. `DELETE /v1/agentic-avatars/{id}` */
export const deleteAgenticAvatar: OperationFunction<'deleteAgenticAvatar'> = /* @__PURE__ */ operation(
  'deleteAgenticAvatar',
  {
    method: 'DELETE',
    path: '/v1/agentic-avatars/{id}',
    door: 'key',
    answer: 'object',
    has: { success: 'boolean', message: 'string', id: 'string' },
  },
)

/** Lists the looks you may use. `GET /v1/avatars` */
export const listAvatars: OperationFunction<'listAvatars'> = /* @__PURE__ */ operation('listAvatars', {
  method: 'GET',
  path: '/v1/avatars',
  door: 'key',
  answer: 'object',
  has: { data: 'object', avatars: 'object', meta: 'object' },
})

/** Shows one look. `GET /v1/avatars/{id}` */
export const getAvatar: OperationFunction<'getAvatar'> = /* @__PURE__ */ operation('getAvatar', {
  method: 'GET',
  path: '/v1/avatars/{id}',
  door: 'key',
  answer: 'object',
  has: { id: 'string', name: 'string', gender: 'string' },
})

/** Deletes one of your own looks. Public ones stay. `DELETE /v1/avatars/{id}` */
export const deleteAvatar: OperationFunction<'deleteAvatar'> = /* @__PURE__ */ operation('deleteAvatar', {
  method: 'DELETE',
  path: '/v1/avatars/{id}',
  door: 'key',
  answer: 'object',
  has: { success: 'boolean', message: 'string', id: 'string' },
})

/** Shows one look in the older envelope. `GET /v1/avatars/{id}/details` */
export const getAvatarDetails: OperationFunction<'getAvatarDetails'> = /* @__PURE__ */ operation('getAvatarDetails', {
  method: 'GET',
  path: '/v1/avatars/{id}/details',
  door: 'key',
  answer: 'object',
  has: { data: 'object' },
})

/** Lists the voices you may use. `GET /v1/voices` */
export const listVoices: OperationFunction<'listVoices'> = /* @__PURE__ */ operation('listVoices', {
  method: 'GET',
  path: '/v1/voices',
  door: 'key',
  answer: 'object',
  has: { data: 'object', voices: 'object', meta: 'object' },
})

/** Shows one voice. `GET /v1/voices/{id}` */
export const getVoice: OperationFunction<'getVoice'> = /* @__PURE__ */ operation('getVoice', {
  method: 'GET',
  path: '/v1/voices/{id}',
  door: 'key',
  answer: 'object',
  has: { id: 'string', name: 'string', gender: 'string' },
})

/** Makes a brain: instructions, a model, and a knowledge base. `POST /v1/brains` */
export const createBrain: OperationFunction<'createBrain'> = /* @__PURE__ */ operation('createBrain', {
  method: 'POST',
  path: '/v1/brains',
  door: 'key',
  hasBody: true,
  makesOnce: true,
  answer: 'object',
  has: { id: 'string', name: 'string', system_prompt: 'string' },
})

/** Lists your brains. `GET /v1/brains` */
export const listBrains: OperationFunction<'listBrains'> = /* @__PURE__ */ operation('listBrains', {
  method: 'GET',
  path: '/v1/brains',
  door: 'key',
  answer: 'object',
  has: { data: 'object', brains: 'object', meta: 'object' },
})

/** Shows one brain. `GET /v1/brains/{id}` */
export const getBrain: OperationFunction<'getBrain'> = /* @__PURE__ */ operation('getBrain', {
  method: 'GET',
  path: '/v1/brains/{id}',
  door: 'key',
  answer: 'object',
  has: { id: 'string', name: 'string', system_prompt: 'string' },
})

/** Deletes a brain. Agentic avatars that have it keep it. `DELETE /v1/brains/{id}` */
export const deleteBrain: OperationFunction<'deleteBrain'> = /* @__PURE__ */ operation('deleteBrain', {
  method: 'DELETE',
  path: '/v1/brains/{id}',
  door: 'key',
  answer: 'object',
  has: { success: 'boolean', message: 'string', id: 'string' },
})

/** Makes an empty knowledge base. `POST /v1/knowledge-bases` */
export const createKnowledgeBase: OperationFunction<'createKnowledgeBase'> = /* @__PURE__ */ operation(
  'createKnowledgeBase',
  { method: 'POST', path: '/v1/knowledge-bases', door: 'key', hasBody: true, makesOnce: true, answer: 'object' },
)

/** Lists your knowledge bases. `GET /v1/knowledge-bases` */
export const listKnowledgeBases: OperationFunction<'listKnowledgeBases'> = /* @__PURE__ */ operation(
  'listKnowledgeBases',
  { method: 'GET', path: '/v1/knowledge-bases', door: 'key', answer: 'object' },
)

/** Shows one knowledge base. `GET /v1/knowledge-bases/{id}` */
export const getKnowledgeBase: OperationFunction<'getKnowledgeBase'> = /* @__PURE__ */ operation('getKnowledgeBase', {
  method: 'GET',
  path: '/v1/knowledge-bases/{id}',
  door: 'key',
  answer: 'object',
})

/** Deletes a knowledge base with its documents. `DELETE /v1/knowledge-bases/{id}` */
export const deleteKnowledgeBase: OperationFunction<'deleteKnowledgeBase'> = /* @__PURE__ */ operation(
  'deleteKnowledgeBase',
  {
    method: 'DELETE',
    path: '/v1/knowledge-bases/{id}',
    door: 'key',
    answer: 'object',
    has: { success: 'boolean', message: 'string', id: 'string' },
  },
)

/** Lists the documents of a knowledge base. `GET /v1/knowledge-bases/{id}/documents` */
export const listDocuments: OperationFunction<'listDocuments'> = /* @__PURE__ */ operation('listDocuments', {
  method: 'GET',
  path: '/v1/knowledge-bases/{id}/documents',
  door: 'key',
  answer: 'object',
})

/** Adds a document (a text, a file, or a page read from its URL) or replaces the one of the same name. When it answers, the document is searchable. `POST /v1/knowledge-bases/{id}/documents` */
export const addDocument: OperationFunction<'addDocument'> = /* @__PURE__ */ operation('addDocument', {
  method: 'POST',
  path: '/v1/knowledge-bases/{id}/documents',
  door: 'key',
  hasBody: true,
  makesOnce: true,
  answer: 'object',
})

/** Removes a document. The next answer no longer quotes it. `DELETE /v1/knowledge-bases/{id}/documents/{document_id}` */
export const deleteDocument: OperationFunction<'deleteDocument'> = /* @__PURE__ */ operation('deleteDocument', {
  method: 'DELETE',
  path: '/v1/knowledge-bases/{id}/documents/{document_id}',
  door: 'key',
  answer: 'object',
})

/** Reads a document anew: from its URL, or as it was sent in. `POST /v1/knowledge-bases/{id}/documents/{document_id}/reindex` */
export const reindexDocument: OperationFunction<'reindexDocument'> = /* @__PURE__ */ operation('reindexDocument', {
  method: 'POST',
  path: '/v1/knowledge-bases/{id}/documents/{document_id}/reindex',
  door: 'key',
  answer: 'object',
})

/** Lists your knowledge bases, at the older path. `GET /v1/streaming/knowledge_base/list` */
export const listKnowledgeBasesAtDocumentedPath: OperationFunction<'listKnowledgeBasesAtDocumentedPath'> =
  /* @__PURE__ */ operation('listKnowledgeBasesAtDocumentedPath', {
    method: 'GET',
    path: '/v1/streaming/knowledge_base/list',
    door: 'key',
    answer: 'object',
  })

/** Makes an empty knowledge base, at the older path. `POST /v1/streaming/knowledge_base/create` */
export const createKnowledgeBaseAtDocumentedPath: OperationFunction<'createKnowledgeBaseAtDocumentedPath'> =
  /* @__PURE__ */ operation('createKnowledgeBaseAtDocumentedPath', {
    method: 'POST',
    path: '/v1/streaming/knowledge_base/create',
    door: 'key',
    hasBody: true,
    makesOnce: true,
    answer: 'object',
    has: { knowledge_base_id: 'string', name: 'string', status: 'string' },
  })

/** Lists the models a brain may name. `GET /v1/llms` */
export const listLlms: OperationFunction<'listLlms'> = /* @__PURE__ */ operation('listLlms', {
  method: 'GET',
  path: '/v1/llms',
  door: 'key',
  answer: 'object',
  has: { data: 'object', llms: 'object' },
})

/** Says whether a key is good. A bad one is an answer, not an error. `POST /v1/api-keys` */
export const validateApiKey: OperationFunction<'validateApiKey'> = /* @__PURE__ */ operation('validateApiKey', {
  method: 'POST',
  path: '/v1/api-keys',
  door: 'key',
  answer: 'object',
  has: { valid: 'boolean', message: 'string', scopes: 'object' },
})

/** Lists the keys of your account, masked, with what they were used for. `GET /v1/api-keys` */
export const listApiKeys: OperationFunction<'listApiKeys'> = /* @__PURE__ */ operation('listApiKeys', {
  method: 'GET',
  path: '/v1/api-keys',
  door: 'key',
  answer: 'object',
  has: { data: 'object', api_keys: 'object', meta: 'object' },
})

/** The same, at the documented path. `POST /v1/api-keys/validate` */
export const validateApiKeyAtDocumentedPath: OperationFunction<'validateApiKeyAtDocumentedPath'> =
  /* @__PURE__ */ operation('validateApiKeyAtDocumentedPath', {
    method: 'POST',
    path: '/v1/api-keys/validate',
    door: 'key',
    answer: 'object',
    has: { valid: 'boolean', message: 'string', scopes: 'object' },
  })

/** Shows the calls made with the keys of your account, newest first, and how many this month. `GET /v1/requests` */
export const listRequests: OperationFunction<'listRequests'> = /* @__PURE__ */ operation('listRequests', {
  method: 'GET',
  path: '/v1/requests',
  door: 'key',
  answer: 'object',
  has: { data: 'object', requests: 'object', meta: 'object' },
})

/** Creates a chat session and signs a token for pages of one origin, at most an hour long. `POST /rpc/chatSessions.create` */
export const createChatSession: OperationFunction<'createChatSession'> = /* @__PURE__ */ operation(
  'createChatSession',
  {
    method: 'POST',
    path: '/rpc/chatSessions.create',
    door: 'chat',
    hasBody: true,
    makesOnce: true,
    answer: 'object',
    has: { client_token: 'string', embed_origin: 'string', expires_after: 'number' },
  },
)

/** Ends the chat session of a token, once. When it answers, nothing is served on it any more. `DELETE /rpc/chatSessions.revoke` */
export const revokeChatSession: OperationFunction<'revokeChatSession'> = /* @__PURE__ */ operation(
  'revokeChatSession',
  { method: 'DELETE', path: '/rpc/chatSessions.revoke', door: 'chat' },
)

/** Makes a key for the whole account or for one project. Its text is shown this once. `POST /rpc/keys.create` */
export const keysCreate: OperationFunction<'keysCreate'> = /* @__PURE__ */ operation('keysCreate', {
  method: 'POST',
  path: '/rpc/keys.create',
  door: 'chat',
  hasBody: true,
  makesOnce: true,
  answer: 'object',
  has: { id: 'string', organization_id: 'string', created_by_user_id: 'string' },
})

/** Lists the secret keys of the account that were not revoked, without their text. `GET /rpc/keys.list` */
export const keysList: OperationFunction<'keysList'> = /* @__PURE__ */ operation('keysList', {
  method: 'GET',
  path: '/rpc/keys.list',
  door: 'chat',
  answer: 'object',
  has: { keys: 'object' },
})

/** Takes a key out of use for good. Its sessions go on. `DELETE /rpc/keys.revoke` */
export const keysRevoke: OperationFunction<'keysRevoke'> = /* @__PURE__ */ operation('keysRevoke', {
  method: 'DELETE',
  path: '/rpc/keys.revoke',
  door: 'chat',
  answer: 'object',
})

/** Says whose key this is, which projects it may act in, and what it may do. `GET /rpc/keys.verify` */
export const keysVerify: OperationFunction<'keysVerify'> = /* @__PURE__ */ operation('keysVerify', {
  method: 'GET',
  path: '/rpc/keys.verify',
  door: 'chat',
  answer: 'object',
  has: { organization: 'object', projects: 'object', scopes: 'object' },
})

/** Lists the projects the caller may act in. `GET /rpc/projects.list` */
export const projectsList: OperationFunction<'projectsList'> = /* @__PURE__ */ operation('projectsList', {
  method: 'GET',
  path: '/rpc/projects.list',
  door: 'chat',
  answer: 'object',
  has: { projects: 'object' },
})

/** Shows a project by its slug. `GET /rpc/projects.get` */
export const projectsGet: OperationFunction<'projectsGet'> = /* @__PURE__ */ operation('projectsGet', {
  method: 'GET',
  path: '/rpc/projects.get',
  door: 'chat',
  answer: 'object',
  has: { project: 'object' },
})

/** Makes a project; its slug comes from its name unless one is sent. `POST /rpc/projects.create` */
export const projectsCreate: OperationFunction<'projectsCreate'> = /* @__PURE__ */ operation('projectsCreate', {
  method: 'POST',
  path: '/rpc/projects.create',
  door: 'chat',
  hasBody: true,
  makesOnce: true,
  answer: 'object',
  has: { project: 'object' },
})

/** Deletes a project: its open sessions end and the keys bound to it are disabled. `DELETE /rpc/projects.delete` */
export const projectsDelete: OperationFunction<'projectsDelete'> = /* @__PURE__ */ operation('projectsDelete', {
  method: 'DELETE',
  path: '/rpc/projects.delete',
  door: 'chat',
})

/** Lists what the project thinks of origins: approved, pending, rejected. `GET /rpc/projects.listAllowedOrigins` */
export const projectsListAllowedOrigins: OperationFunction<'projectsListAllowedOrigins'> = /* @__PURE__ */ operation(
  'projectsListAllowedOrigins',
  {
    method: 'GET',
    path: '/rpc/projects.listAllowedOrigins',
    door: 'chat',
    answer: 'object',
    has: { allowed_origins: 'object' },
  },
)

/** Asks for an origin, approves or rejects it. `POST /rpc/projects.upsertAllowedOrigin` */
export const projectsUpsertAllowedOrigin: OperationFunction<'projectsUpsertAllowedOrigin'> = /* @__PURE__ */ operation(
  'projectsUpsertAllowedOrigin',
  {
    method: 'POST',
    path: '/rpc/projects.upsertAllowedOrigin',
    door: 'chat',
    hasBody: true,
    answer: 'object',
    has: { allowed_origin: 'object' },
  },
)

/** Says whether the approved origins bind every session of the project. `POST /rpc/projects.setStrictOrigins` */
export const projectsSetStrictOrigins: OperationFunction<'projectsSetStrictOrigins'> = /* @__PURE__ */ operation(
  'projectsSetStrictOrigins',
  {
    method: 'POST',
    path: '/rpc/projects.setStrictOrigins',
    door: 'chat',
    hasBody: true,
    answer: 'object',
    has: { project: 'object' },
  },
)

/** Creates a live room in which an avatar meets somebody, and grants tokens to those who are named. When it answers, the room can be joined. `POST /v3/sessions` */
export const createAvatarSessionV3: OperationFunction<'createAvatarSessionV3'> = /* @__PURE__ */ operation(
  'createAvatarSessionV3',
  {
    method: 'POST',
    path: '/v3/sessions',
    door: 'key',
    hasBody: true,
    makesOnce: true,
    answer: 'object',
    has: { session: 'object' },
  },
)

/** Lists your avatar sessions and those of your passes, newest first. `GET /v3/sessions` */
export const listAvatarSessionsV3: OperationFunction<'listAvatarSessionsV3'> = /* @__PURE__ */ operation(
  'listAvatarSessionsV3',
  {
    method: 'GET',
    path: '/v3/sessions',
    door: 'key',
    answer: 'object',
    has: { skip: 'number', take: 'number', total: 'number' },
  },
)

/** Creates an avatar session from a page, with a client key: an avatar and an agent that exist. `POST /v3/session-passes` */
export const startSessionPassV3: OperationFunction<'startSessionPassV3'> = /* @__PURE__ */ operation(
  'startSessionPassV3',
  {
    method: 'POST',
    path: '/v3/session-passes',
    door: 'client',
    hasBody: true,
    makesOnce: true,
    answer: 'object',
    has: { session: 'object' },
  },
)

/** Shows an avatar session: where it stands, what was said, and how it ended. `GET /v3/sessions/{id}` */
export const getAvatarSessionV3: OperationFunction<'getAvatarSessionV3'> = /* @__PURE__ */ operation(
  'getAvatarSessionV3',
  {
    method: 'GET',
    path: '/v3/sessions/{id}',
    door: 'key',
    answer: 'object',
    has: { id: 'string', organizationId: 'string', name: 'string' },
  },
)

/** Ends an avatar session for good: everybody is put out of its room. Null when it was over already. `PATCH /v3/sessions/{id}/stop` */
export const stopAvatarSessionV3: OperationFunction<'stopAvatarSessionV3'> = /* @__PURE__ */ operation(
  'stopAvatarSessionV3',
  { method: 'PATCH', path: '/v3/sessions/{id}/stop', door: 'key', answer: 'object or null' },
)

/** The same, for clients that POST. `POST /v3/sessions/{id}/stop` */
export const stopByPostAvatarSessionV3: OperationFunction<'stopByPostAvatarSessionV3'> = /* @__PURE__ */ operation(
  'stopByPostAvatarSessionV3',
  { method: 'POST', path: '/v3/sessions/{id}/stop', door: 'key', answer: 'object or null' },
)

/** Ends a session this client key started. Null for any other, and for one that was over already. `PATCH /v3/session-passes/{id}/stop` */
export const stopSessionPassV3: OperationFunction<'stopSessionPassV3'> = /* @__PURE__ */ operation(
  'stopSessionPassV3',
  { method: 'PATCH', path: '/v3/session-passes/{id}/stop', door: 'client', answer: 'object or null' },
)

/** The same, for clients that POST. `POST /v3/session-passes/{id}/stop` */
export const stopByPostSessionPassV3: OperationFunction<'stopByPostSessionPassV3'> = /* @__PURE__ */ operation(
  'stopByPostSessionPassV3',
  { method: 'POST', path: '/v3/session-passes/{id}/stop', door: 'client', answer: 'object or null' },
)

/** Shows what your account may have at once and for how long; null where nothing limits it. `GET /v3/limits` */
export const getLimitsV3: OperationFunction<'getLimitsV3'> = /* @__PURE__ */ operation('getLimitsV3', {
  method: 'GET',
  path: '/v3/limits',
  door: 'key',
  answer: 'object or null',
})

/** Makes an agent: instructions, a greeting, and how it was asked for. `POST /v3/agents` */
export const createAgentV3: OperationFunction<'createAgentV3'> = /* @__PURE__ */ operation('createAgentV3', {
  method: 'POST',
  path: '/v3/agents',
  door: 'key',
  hasBody: true,
  makesOnce: true,
  answer: 'object',
  has: { id: 'string', organizationId: 'string', provider: 'string' },
})

/** Lists your agents, newest first. `GET /v3/agents` */
export const listAgentsV3: OperationFunction<'listAgentsV3'> = /* @__PURE__ */ operation('listAgentsV3', {
  method: 'GET',
  path: '/v3/agents',
  door: 'key',
  answer: 'object',
  has: { skip: 'number', take: 'number', total: 'number' },
})

/** Shows an agent; null for one that is not yours or not there. `GET /v3/agents/{id}` */
export const getAgentV3: OperationFunction<'getAgentV3'> = /* @__PURE__ */ operation('getAgentV3', {
  method: 'GET',
  path: '/v3/agents/{id}',
  door: 'key',
  answer: 'object or null',
})

/** Archives an agent for good. Old sessions still show it. `DELETE /v3/agents/{id}` */
export const deleteAgentV3: OperationFunction<'deleteAgentV3'> = /* @__PURE__ */ operation('deleteAgentV3', {
  method: 'DELETE',
  path: '/v3/agents/{id}',
  door: 'key',
  answer: 'object or null',
})

/** Changes what is given of an agent. `PUT /v3/agents/{id}` */
export const updateAgentV3: OperationFunction<'updateAgentV3'> = /* @__PURE__ */ operation('updateAgentV3', {
  method: 'PUT',
  path: '/v3/agents/{id}',
  door: 'key',
  hasBody: true,
  answer: 'object',
  has: { id: 'string', organizationId: 'string', provider: 'string' },
})

/** Makes an avatar: its identity in the room, its picture, and the agent it speaks for. `POST /v3/avatars` */
export const createAvatarV3: OperationFunction<'createAvatarV3'> = /* @__PURE__ */ operation('createAvatarV3', {
  method: 'POST',
  path: '/v3/avatars',
  door: 'key',
  hasBody: true,
  makesOnce: true,
  answer: 'object',
  has: { id: 'string', organizationId: 'string', identity: 'string' },
})

/** Lists your avatars, newest first. `GET /v3/avatars` */
export const listAvatarsV3: OperationFunction<'listAvatarsV3'> = /* @__PURE__ */ operation('listAvatarsV3', {
  method: 'GET',
  path: '/v3/avatars',
  door: 'key',
  answer: 'object',
  has: { skip: 'number', take: 'number', total: 'number' },
})

/** Shows an avatar; null for one that is not yours or not there. `GET /v3/avatars/{id}` */
export const getAvatarV3: OperationFunction<'getAvatarV3'> = /* @__PURE__ */ operation('getAvatarV3', {
  method: 'GET',
  path: '/v3/avatars/{id}',
  door: 'key',
  answer: 'object or null',
})

/** Archives an avatar for good. Old sessions still show it. `DELETE /v3/avatars/{id}` */
export const deleteAvatarV3: OperationFunction<'deleteAvatarV3'> = /* @__PURE__ */ operation('deleteAvatarV3', {
  method: 'DELETE',
  path: '/v3/avatars/{id}',
  door: 'key',
  answer: 'object or null',
})

/** Changes what is given of an avatar. `PUT /v3/avatars/{id}` */
export const updateAvatarV3: OperationFunction<'updateAvatarV3'> = /* @__PURE__ */ operation('updateAvatarV3', {
  method: 'PUT',
  path: '/v3/avatars/{id}',
  door: 'key',
  hasBody: true,
  answer: 'object',
  has: { id: 'string', organizationId: 'string', identity: 'string' },
})

/** Makes a brain: instructions, a greeting, a model. `POST /v3/brains` */
export const createBrainV3: OperationFunction<'createBrainV3'> = /* @__PURE__ */ operation('createBrainV3', {
  method: 'POST',
  path: '/v3/brains',
  door: 'key',
  hasBody: true,
  makesOnce: true,
  answer: 'object',
  has: { id: 'string', organizationId: 'string', name: 'string' },
})

/** Lists your brains, newest first. `GET /v3/brains` */
export const listBrainsV3: OperationFunction<'listBrainsV3'> = /* @__PURE__ */ operation('listBrainsV3', {
  method: 'GET',
  path: '/v3/brains',
  door: 'key',
  answer: 'object',
  has: { skip: 'number', take: 'number', total: 'number' },
})

/** Shows a brain. `GET /v3/brains/{id}` */
export const getBrainV3: OperationFunction<'getBrainV3'> = /* @__PURE__ */ operation('getBrainV3', {
  method: 'GET',
  path: '/v3/brains/{id}',
  door: 'key',
  answer: 'object',
  has: { id: 'string', organizationId: 'string', name: 'string' },
})

/** Archives a brain. Characters that have it keep it. `DELETE /v3/brains/{id}` */
export const deleteBrainV3: OperationFunction<'deleteBrainV3'> = /* @__PURE__ */ operation('deleteBrainV3', {
  method: 'DELETE',
  path: '/v3/brains/{id}',
  door: 'key',
  answer: 'object',
  has: { id: 'string', organizationId: 'string', name: 'string' },
})

/** Makes a face from one of the identities there are. `POST /v3/faces` */
export const createFaceV3: OperationFunction<'createFaceV3'> = /* @__PURE__ */ operation('createFaceV3', {
  method: 'POST',
  path: '/v3/faces',
  door: 'key',
  hasBody: true,
  makesOnce: true,
  answer: 'object',
  has: { id: 'string', organizationId: 'string', identity: 'string' },
})

/** Lists your faces, newest first. `GET /v3/faces` */
export const listFacesV3: OperationFunction<'listFacesV3'> = /* @__PURE__ */ operation('listFacesV3', {
  method: 'GET',
  path: '/v3/faces',
  door: 'key',
  answer: 'object',
  has: { skip: 'number', take: 'number', total: 'number' },
})

/** Shows a face. `GET /v3/faces/{id}` */
export const getFaceV3: OperationFunction<'getFaceV3'> = /* @__PURE__ */ operation('getFaceV3', {
  method: 'GET',
  path: '/v3/faces/{id}',
  door: 'key',
  answer: 'object',
  has: { id: 'string', organizationId: 'string', identity: 'string' },
})

/** Archives a face. Characters that have it keep it. `DELETE /v3/faces/{id}` */
export const deleteFaceV3: OperationFunction<'deleteFaceV3'> = /* @__PURE__ */ operation('deleteFaceV3', {
  method: 'DELETE',
  path: '/v3/faces/{id}',
  door: 'key',
  answer: 'object',
  has: { id: 'string', organizationId: 'string', identity: 'string' },
})

/** Makes a voice from a sample and a name at its provider. `POST /v3/voices` */
export const createVoiceV3: OperationFunction<'createVoiceV3'> = /* @__PURE__ */ operation('createVoiceV3', {
  method: 'POST',
  path: '/v3/voices',
  door: 'key',
  hasBody: true,
  makesOnce: true,
  answer: 'object',
  has: { id: 'string', organizationId: 'string', name: 'string' },
})

/** Lists your voices, newest first. `GET /v3/voices` */
export const listVoicesV3: OperationFunction<'listVoicesV3'> = /* @__PURE__ */ operation('listVoicesV3', {
  method: 'GET',
  path: '/v3/voices',
  door: 'key',
  answer: 'object',
  has: { skip: 'number', take: 'number', total: 'number' },
})

/** Shows a voice. `GET /v3/voices/{id}` */
export const getVoiceV3: OperationFunction<'getVoiceV3'> = /* @__PURE__ */ operation('getVoiceV3', {
  method: 'GET',
  path: '/v3/voices/{id}',
  door: 'key',
  answer: 'object',
  has: { id: 'string', organizationId: 'string', name: 'string' },
})

/** Archives a voice. Characters that have it keep it. `DELETE /v3/voices/{id}` */
export const deleteVoiceV3: OperationFunction<'deleteVoiceV3'> = /* @__PURE__ */ operation('deleteVoiceV3', {
  method: 'DELETE',
  path: '/v3/voices/{id}',
  door: 'key',
  answer: 'object',
  has: { id: 'string', organizationId: 'string', name: 'string' },
})

/** Puts a face, a voice, a brain and a knowledge base together. `POST /v3/characters` */
export const createCharacterV3: OperationFunction<'createCharacterV3'> = /* @__PURE__ */ operation(
  'createCharacterV3',
  {
    method: 'POST',
    path: '/v3/characters',
    door: 'key',
    hasBody: true,
    makesOnce: true,
    answer: 'object',
    has: { id: 'string', organizationId: 'string', name: 'string' },
  },
)

/** Lists your characters, newest first. `GET /v3/characters` */
export const listCharactersV3: OperationFunction<'listCharactersV3'> = /* @__PURE__ */ operation('listCharactersV3', {
  method: 'GET',
  path: '/v3/characters',
  door: 'key',
  answer: 'object',
  has: { skip: 'number', take: 'number', total: 'number' },
})

/** Shows a character with what it is made of. `GET /v3/characters/{id}` */
export const getCharacterV3: OperationFunction<'getCharacterV3'> = /* @__PURE__ */ operation('getCharacterV3', {
  method: 'GET',
  path: '/v3/characters/{id}',
  door: 'key',
  answer: 'object',
  has: { id: 'string', organizationId: 'string', name: 'string' },
})

/** Archives a character. `DELETE /v3/characters/{id}` */
export const deleteCharacterV3: OperationFunction<'deleteCharacterV3'> = /* @__PURE__ */ operation(
  'deleteCharacterV3',
  {
    method: 'DELETE',
    path: '/v3/characters/{id}',
    door: 'key',
    answer: 'object',
    has: { id: 'string', organizationId: 'string', name: 'string' },
  },
)

/** Changes what is given of a character. `PUT /v3/characters/{id}` */
export const updateCharacterV3: OperationFunction<'updateCharacterV3'> = /* @__PURE__ */ operation(
  'updateCharacterV3',
  {
    method: 'PUT',
    path: '/v3/characters/{id}',
    door: 'key',
    hasBody: true,
    answer: 'object',
    has: { id: 'string', organizationId: 'string', name: 'string' },
  },
)

/** Makes an empty knowledge base. `POST /v3/knowledge-bases` */
export const createKnowledgeBaseV3: OperationFunction<'createKnowledgeBaseV3'> = /* @__PURE__ */ operation(
  'createKnowledgeBaseV3',
  {
    method: 'POST',
    path: '/v3/knowledge-bases',
    door: 'key',
    hasBody: true,
    makesOnce: true,
    answer: 'object',
    has: { id: 'string', organizationId: 'string', name: 'string' },
  },
)

/** Lists your knowledge bases. `GET /v3/knowledge-bases` */
export const listKnowledgeBasesV3: OperationFunction<'listKnowledgeBasesV3'> = /* @__PURE__ */ operation(
  'listKnowledgeBasesV3',
  {
    method: 'GET',
    path: '/v3/knowledge-bases',
    door: 'key',
    answer: 'object',
    has: { skip: 'number', take: 'number', total: 'number' },
  },
)

/** Shows a knowledge base with its documents; null for one that is not yours or not there. `GET /v3/knowledge-bases/{id}` */
export const getKnowledgeBaseV3: OperationFunction<'getKnowledgeBaseV3'> = /* @__PURE__ */ operation(
  'getKnowledgeBaseV3',
  { method: 'GET', path: '/v3/knowledge-bases/{id}', door: 'key', answer: 'object or null' },
)

/** Deletes a knowledge base with its documents. `DELETE /v3/knowledge-bases/{id}` */
export const deleteKnowledgeBaseV3: OperationFunction<'deleteKnowledgeBaseV3'> = /* @__PURE__ */ operation(
  'deleteKnowledgeBaseV3',
  { method: 'DELETE', path: '/v3/knowledge-bases/{id}', door: 'key', answer: 'object or null' },
)

/** Announces a document and answers where its bytes are to be put. `POST /v3/knowledge-bases/{id}/documents` */
export const addDocumentV3: OperationFunction<'addDocumentV3'> = /* @__PURE__ */ operation('addDocumentV3', {
  method: 'POST',
  path: '/v3/knowledge-bases/{id}/documents',
  door: 'key',
  hasBody: true,
  makesOnce: true,
  answer: 'object',
  has: { document: 'object', uploadUrl: 'string', expireAt: 'string' },
})

/** Reads a document again, so that answers may quote it. `PATCH /v3/knowledge-bases/{id}/documents/{doc}/index` */
export const indexDocumentV3: OperationFunction<'indexDocumentV3'> = /* @__PURE__ */ operation('indexDocumentV3', {
  method: 'PATCH',
  path: '/v3/knowledge-bases/{id}/documents/{doc}/index',
  door: 'key',
  answer: 'object',
  has: { id: 'string', knowledgeBaseId: 'string', name: 'string' },
})

/** Removes a document. The next answer no longer quotes it. `DELETE /v3/knowledge-bases/{id}/documents/{doc}` */
export const deleteDocumentV3: OperationFunction<'deleteDocumentV3'> = /* @__PURE__ */ operation('deleteDocumentV3', {
  method: 'DELETE',
  path: '/v3/knowledge-bases/{id}/documents/{doc}',
  door: 'key',
  answer: 'object',
  has: { id: 'string', knowledgeBaseId: 'string', name: 'string' },
})

/** Answers a chat in OpenAI’s shape, streamed or whole, by the project’s agent. `POST /chat/completions` */
export const createChatCompletion: OperationFunction<'createChatCompletion'> = /* @__PURE__ */ operation(
  'createChatCompletion',
  {
    method: 'POST',
    path: '/chat/completions',
    door: 'chat',
    hasBody: true,
    answer: 'object',
    has: { id: 'string', object: 'string', created: 'number' },
  },
)

/** Lists chats, the most recently changed first; with a token, only its own person’s or session’s. `GET /rpc/chat.list` */
export const listChats: OperationFunction<'listChats'> = /* @__PURE__ */ operation('listChats', {
  method: 'GET',
  path: '/rpc/chat.list',
  door: 'chat',
  answer: 'object',
  has: { chats: 'object', total: 'number' },
})

/** Shows a chat with a page of its messages. `GET /rpc/chat.load` */
export const loadChat: OperationFunction<'loadChat'> = /* @__PURE__ */ operation('loadChat', {
  method: 'GET',
  path: '/rpc/chat.load',
  door: 'chat',
  answer: 'object',
  has: { id: 'string', title: 'string', num_messages: 'number' },
})

/** Gives a chat a title: the one sent, or else the beginning of its first question. `POST /rpc/chat.generateTitle` */
export const titleChat: OperationFunction<'titleChat'> = /* @__PURE__ */ operation('titleChat', {
  method: 'POST',
  path: '/rpc/chat.generateTitle',
  door: 'chat',
  hasBody: true,
  answer: 'object',
  has: { title: 'string' },
})

/** Keeps whether a chat was of use. `POST /rpc/chat.submitFeedback` */
export const rateChat: OperationFunction<'rateChat'> = /* @__PURE__ */ operation('rateChat', {
  method: 'POST',
  path: '/rpc/chat.submitFeedback',
  door: 'chat',
  hasBody: true,
  answer: 'object',
  has: { success: 'boolean' },
})

/** Makes an account with its default project. `POST /admin/v1/accounts` */
export const createAccount: OperationFunction<'createAccount'> = /* @__PURE__ */ operation('createAccount', {
  method: 'POST',
  path: '/admin/v1/accounts',
  door: 'key',
  hasBody: true,
  makesOnce: true,
  answer: 'object',
  has: { id: 'string', name: 'string', suspended: 'boolean' },
})

/** Lists the accounts of this installation. `GET /admin/v1/accounts` */
export const listAccounts: OperationFunction<'listAccounts'> = /* @__PURE__ */ operation('listAccounts', {
  method: 'GET',
  path: '/admin/v1/accounts',
  door: 'key',
  answer: 'object',
  has: { data: 'object', meta: 'object' },
})

/** Changes an account’s ceilings, or suspends it, which ends its sessions. `PATCH /admin/v1/accounts/{id}` */
export const setAccount: OperationFunction<'setAccount'> = /* @__PURE__ */ operation('setAccount', {
  method: 'PATCH',
  path: '/admin/v1/accounts/{id}',
  door: 'key',
  hasBody: true,
  answer: 'object',
  has: { id: 'string', name: 'string', suspended: 'boolean' },
})

/** Makes a project. `POST /admin/v1/projects` */
export const createProject: OperationFunction<'createProject'> = /* @__PURE__ */ operation('createProject', {
  method: 'POST',
  path: '/admin/v1/projects',
  door: 'key',
  hasBody: true,
  makesOnce: true,
  answer: 'object',
  has: { id: 'string', account_id: 'string', slug: 'string' },
})

/** Lists an account’s projects. `GET /admin/v1/projects` */
export const listProjects: OperationFunction<'listProjects'> = /* @__PURE__ */ operation('listProjects', {
  method: 'GET',
  path: '/admin/v1/projects',
  door: 'key',
  answer: 'object',
  has: { data: 'object', meta: 'object' },
})

/** Says which origins a project allows, and whether they bind its sessions. `PATCH /admin/v1/projects/{id}` */
export const setProject: OperationFunction<'setProject'> = /* @__PURE__ */ operation('setProject', {
  method: 'PATCH',
  path: '/admin/v1/projects/{id}',
  door: 'key',
  query: ['account'],
  hasBody: true,
  answer: 'object',
  has: { id: 'string', account_id: 'string', slug: 'string' },
})

/** Deletes a project: its open sessions end and the keys bound to it are disabled. `DELETE /admin/v1/projects/{id}` */
export const deleteProject: OperationFunction<'deleteProject'> = /* @__PURE__ */ operation('deleteProject', {
  method: 'DELETE',
  path: '/admin/v1/projects/{id}',
  door: 'key',
  answer: 'object',
  has: { id: 'string', ended_sessions: 'number' },
})

/** Makes a key. Its text is shown this once. `POST /admin/v1/keys` */
export const createApiKey: OperationFunction<'createApiKey'> = /* @__PURE__ */ operation('createApiKey', {
  method: 'POST',
  path: '/admin/v1/keys',
  door: 'key',
  hasBody: true,
  makesOnce: true,
  answer: 'object',
  has: { id: 'string', account_id: 'string', project_id: 'string' },
})

/** Lists an account’s keys, masked. `GET /admin/v1/keys` */
export const listAccountKeys: OperationFunction<'listAccountKeys'> = /* @__PURE__ */ operation('listAccountKeys', {
  method: 'GET',
  path: '/admin/v1/keys',
  door: 'key',
  answer: 'object',
  has: { data: 'object', meta: 'object' },
})

/** Disables a key for good. `DELETE /admin/v1/keys/{id}` */
export const revokeApiKey: OperationFunction<'revokeApiKey'> = /* @__PURE__ */ operation('revokeApiKey', {
  method: 'DELETE',
  path: '/admin/v1/keys/{id}',
  door: 'key',
  answer: 'object',
  has: { id: 'string', status: 'string' },
})

/** Puts a new signing key in place; with now, it ends what the old one signed. `POST /admin/v1/keys/rotate-signing` */
export const rotateSigningKey: OperationFunction<'rotateSigningKey'> = /* @__PURE__ */ operation('rotateSigningKey', {
  method: 'POST',
  path: '/admin/v1/keys/rotate-signing',
  door: 'key',
  hasBody: true,
  answer: 'object',
  has: { project_id: 'string', ended_sessions: 'number' },
})

/** Lists an account’s agents. `GET /admin/v1/agents` */
export const listAgents: OperationFunction<'listAgents'> = /* @__PURE__ */ operation('listAgents', {
  method: 'GET',
  path: '/admin/v1/agents',
  door: 'key',
  answer: 'object',
  has: { data: 'object', meta: 'object' },
})

/** Lists an account’s sessions, newest first. `GET /admin/v1/sessions` */
export const listSessions: OperationFunction<'listSessions'> = /* @__PURE__ */ operation('listSessions', {
  method: 'GET',
  path: '/admin/v1/sessions',
  door: 'key',
  answer: 'object',
  has: { data: 'object', meta: 'object' },
})

/** Ends a session of any kind, for good. `DELETE /admin/v1/sessions/{id}` */
export const endSession: OperationFunction<'endSession'> = /* @__PURE__ */ operation('endSession', {
  method: 'DELETE',
  path: '/admin/v1/sessions/{id}',
  door: 'key',
  answer: 'object',
  has: { id: 'string', kind: 'string', account_id: 'string' },
})

/** Makes an operator session from a key, for 30 days. `POST /admin/v1/login` */
export const login: OperationFunction<'login'> = /* @__PURE__ */ operation('login', {
  method: 'POST',
  path: '/admin/v1/login',
  door: 'key',
  answer: 'object',
  has: { id: 'string', operator_session: 'string', account_id: 'string' },
})

/** Ends an operator session. `POST /admin/v1/logout` */
export const logout: OperationFunction<'logout'> = /* @__PURE__ */ operation('logout', {
  method: 'POST',
  path: '/admin/v1/logout',
  door: 'key',
  hasBody: true,
  answer: 'object',
  has: { success: 'boolean' },
})

/** Says what the key in hand may do, and for whom. `GET /admin/v1/access` */
export const getAccess: OperationFunction<'getAccess'> = /* @__PURE__ */ operation('getAccess', {
  method: 'GET',
  path: '/admin/v1/access',
  door: 'key',
  answer: 'object',
  has: { version: 'string', public_url: 'string', time: 'string' },
})
