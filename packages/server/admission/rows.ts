import { adminRows } from './admin-rows.ts'
import { avatarRows } from './avatar-rows.ts'
import type { Row } from './row.ts'

export type { Row } from './row.ts'

const sites = { settings: { allowed_domains: ['shop.example'] } }

/** Every route that takes a secret key. A route without a row fails the test, and so does a row without a route. */
export const keyRows: Record<string, Row> = {
  'POST /v1/widget/sessions': {
    url: () => '/v1/widget/sessions',
    body: (o) => ({ agentic_avatar_id: o.agent, ...sites }),
    foreign: 404,
  },
  'GET /v1/widget/sessions/:session_id': { url: (o) => `/v1/widget/sessions/${o.session}`, foreign: 404 },
  'DELETE /v1/widget/sessions/:session_id': { url: (o) => `/v1/widget/sessions/${o.session}`, foreign: 404 },
  'POST /v1/agentic-avatars': {
    url: () => '/v1/agentic-avatars',
    body: (o) => ({ name: 'new', avatar_id: o.avatar, voice_id: o.voice, brain_id: o.brain }),
    foreign: 422,
  },
  'GET /v1/agentic-avatars': { url: () => '/v1/agentic-avatars', foreign: 'not listed' },
  'GET /v1/agentic-avatars/:id': { url: (o) => `/v1/agentic-avatars/${o.agent}`, foreign: 404 },
  'DELETE /v1/agentic-avatars/:id': { url: (o) => `/v1/agentic-avatars/${o.agent}`, foreign: 404 },
  'DELETE /v1/avatars/:id': { url: (o) => `/v1/avatars/${o.avatar}`, foreign: 404 },
  'GET /v1/avatars/:id/details': { url: (o) => `/v1/avatars/${o.avatar}/details`, foreign: 404 },
  'DELETE /v1/brains/:id': { url: (o) => `/v1/brains/${o.brain}`, foreign: 404 },
  'DELETE /v1/knowledge-bases/:id': { url: (o) => `/v1/knowledge-bases/${o.base}`, foreign: 404 },
  'GET /v1/streaming/knowledge_base/list': { url: () => '/v1/streaming/knowledge_base/list', foreign: 'not listed' },
  'POST /v1/streaming/knowledge_base/create': {
    url: () => '/v1/streaming/knowledge_base/create',
    body: () => ({ name: `base ${Math.random()}` }),
    foreign: 'not listed',
  },
  'GET /v1/llms': { url: () => '/v1/llms', foreign: 'not listed' },
  'GET /v1/api-keys': { url: () => '/v1/api-keys', foreign: 'not listed' },
  'GET /v1/requests': { url: () => '/v1/requests?page_size=100', foreign: 'own calls' },
  'GET /v1/avatars': { url: () => '/v1/avatars', foreign: 'not listed' },
  'GET /v1/avatars/:id': { url: (o) => `/v1/avatars/${o.avatar}`, foreign: 404 },
  'GET /v1/voices': { url: () => '/v1/voices', foreign: 'not listed' },
  'GET /v1/voices/:id': { url: (o) => `/v1/voices/${o.voice}`, foreign: 404 },
  'POST /v1/brains': {
    url: () => '/v1/brains',
    body: (o) => ({ name: 'new', system_prompt: 'x', llm_name: 'extractive', knowledge_base_id: o.base }),
    foreign: 422,
  },
  'GET /v1/brains': { url: () => '/v1/brains', foreign: 'not listed' },
  'GET /v1/brains/:id': { url: (o) => `/v1/brains/${o.brain}`, foreign: 404 },
  'POST /v1/knowledge-bases': {
    url: () => '/v1/knowledge-bases',
    body: () => ({ name: `base ${Math.random()}` }),
    foreign: 'not listed',
  },
  'GET /v1/knowledge-bases': { url: () => '/v1/knowledge-bases', foreign: 'not listed' },
  'GET /v1/knowledge-bases/:id': { url: (o) => `/v1/knowledge-bases/${o.base}`, foreign: 404 },
  'GET /v1/knowledge-bases/:id/documents': { url: (o) => `/v1/knowledge-bases/${o.base}/documents`, foreign: 404 },
  'POST /v1/knowledge-bases/:id/documents': {
    url: (o) => `/v1/knowledge-bases/${o.base}/documents`,
    body: () => ({ name: 'new.md', text: '# New\n\nA new page.' }),
    foreign: 404,
  },
  'POST /v1/knowledge-bases/:id/documents/:document_id/reindex': {
    url: (o) => `/v1/knowledge-bases/${o.base}/documents/${o.document}/reindex`,
    foreign: 404,
  },
  'DELETE /v1/knowledge-bases/:id/documents/:document_id': {
    url: (o) => `/v1/knowledge-bases/${o.base}/documents/${o.document}`,
    foreign: 404,
  },
  ...adminRows,
  ...avatarRows,
}

/** Routes anybody may call. Adding one is a decision: it must be written here as well. */
export const openRoutes = [
  'GET /',
  'GET /health',
  'GET /v1/health',
  'GET /v3/health',
  'GET /equos/v1/health',
  'GET /equos/v3/health',
  'GET /healthz',
  'GET /pictures/:id',
  // The token in the path is the credential: a test of its own asks it.
  'PUT /uploads/:token',
  'GET /openapi.json',
  'GET /docs',
  'GET /docs/docs.js',
  'GET /docs/docs.css',
  'GET /embed.js',
  'GET /embed.json',
  'GET /embed/:version/embed.js',
  'GET /embed/assets/*',
]

/** Routes that a session's id opens: they show no more than which sites may embed it. */
export const sessionIdRoutes = ['GET /embed', 'GET /embed/check']

export const metricsRoutes = ['GET /metrics']

/** Routes that the media server's signature opens: `room-server.test.ts` forges it. */
export const roomServerRoutes = ['POST /livekit/webhook']

/** Routes whose answer is a verdict on the key itself. */
export const judgedRoutes = ['POST /v1/api-keys', 'POST /v1/api-keys/validate']
