import type { Belongings } from './house.ts'

/** One route of the chat wire as the admission test calls it. */
export interface ChatRow {
  /** The route's own path, where that has something to fill in. */
  path?: string
  query?(owner: Belongings & { token: string }): string
  /** A body that would be accepted. */
  body?(owner: Belongings): object
  /**
   * What another account's operator and key get where they name this account's things; or that they see only their own, or that
   * there is nothing to name.
   */
  foreign: number | 'not listed' | 'names nothing'
}

/** A chat of the account "mine", and what was asked in it. */
export const chatId = '0a4f4c0e-6f1d-4d39-9d4f-0c6f5a7d2b11'
export const question = { role: 'user', content: 'When does the shop open?' }

/** Every route that takes one of several credentials. A route without a row fails the test, and so does a row without a route. */
export const chatRows: Record<string, ChatRow> = {
  'POST /rpc/chatSessions.create': { body: () => ({ embed_origin: 'https://shop.example' }), foreign: 'names nothing' },
  'DELETE /rpc/chatSessions.revoke': { query: ({ token }) => `?token=${token}`, foreign: 403 },
  'POST /rpc/keys.create': {
    body: (o) => ({ name: 'new', scopes: ['chat'], project_id: o.projectId }),
    foreign: 404,
  },
  'GET /rpc/keys.list': { foreign: 'not listed' },
  'DELETE /rpc/keys.revoke': { query: (o) => `?id=${o.key}`, foreign: 404 },
  'GET /rpc/keys.verify': { foreign: 'not listed' },
  'GET /rpc/projects.list': { foreign: 'not listed' },
  'GET /rpc/projects.get': { query: () => '?slug=own', foreign: 404 },
  'POST /rpc/projects.create': {
    body: (o) => ({ name: 'new', organization_id: o.accountId }),
    foreign: 403,
  },
  'DELETE /rpc/projects.delete': { query: (o) => `?id=${o.projectId}`, foreign: 404 },
  'GET /rpc/projects.listAllowedOrigins': { foreign: 'not listed' },
  'POST /rpc/projects.upsertAllowedOrigin': {
    body: () => ({ origin: 'https://thief.example', status: 'approved' }),
    foreign: 'names nothing',
  },
  'POST /rpc/projects.setStrictOrigins': { body: () => ({ strict_origins: true }), foreign: 'names nothing' },
  'POST /chat/completions': { body: () => ({ messages: [question] }), foreign: 'names nothing' },
  'GET /chat/turnstream': { query: () => `?chat_id=${chatId}`, foreign: 404 },
  'GET /rpc/chat.list': { foreign: 'not listed' },
  'GET /rpc/chat.load': { query: () => `?id=${chatId}`, foreign: 404 },
  'POST /rpc/chat.generateTitle': { body: () => ({ id: chatId, title: 'Stolen' }), foreign: 404 },
  'POST /rpc/chat.submitFeedback': { body: () => ({ id: chatId, feedback: 'failure' }), foreign: 404 },
  'POST /mcp/:project': {
    path: '/mcp/own',
    body: () => ({ jsonrpc: '2.0', id: 1, method: 'tools/list' }),
    foreign: 403,
  },
}
