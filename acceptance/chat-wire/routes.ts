/** A path that is judged by where a token comes from, with a request that is well made but for that. */
export interface JudgedRoute {
  method: 'GET' | 'POST' | 'DELETE'
  path: string
  body?: unknown
  /** What a good token from its own page gets. */
  passes: number
  /** Where it is no credential, though judged. */
  refusesToken?: true
}

const chatId = '5b0a4a52-0b1c-4b4e-8f36-2f0e6a3f9d10'
const question = { role: 'user', content: 'When does the shop open?' }

/**
 * Every path below the five prefixes of contracts 3.6, as data: whoever adds a route adds its line. Paths that lead nowhere are
 * judged as well.
 */
export const judgedRoutes: readonly JudgedRoute[] = [
  { method: 'POST', path: '/chat/completions', body: { messages: [question] }, passes: 200 },
  { method: 'GET', path: `/chat/turnstream?chat_id=${chatId}`, passes: 404 },
  { method: 'POST', path: '/mcp/default', body: { jsonrpc: '2.0', id: 1, method: 'tools/list' }, passes: 200 },
  { method: 'GET', path: '/rpc/chat.list', passes: 200 },
  { method: 'GET', path: `/rpc/chat.load?id=${chatId}`, passes: 404 },
  { method: 'POST', path: '/rpc/chat.generateTitle', body: { id: chatId }, passes: 404 },
  { method: 'POST', path: '/rpc/chat.submitFeedback', body: { id: chatId, feedback: 'success' }, passes: 404 },
  {
    method: 'POST',
    path: '/rpc/chatSessions.create',
    body: { embed_origin: 'https://shop.example' },
    passes: 401,
    refusesToken: true,
  },
  { method: 'DELETE', path: '/rpc/chatSessions.revoke?token=x', passes: 401, refusesToken: true },
  { method: 'GET', path: '/rpc/chat.unknown', passes: 404 },
  { method: 'POST', path: '/rpc/chatSessions.unknown', passes: 404 },
  { method: 'GET', path: '/chat/completions/unknown', passes: 404 },
  { method: 'GET', path: '/chat/turnstream.unknown', passes: 404 },
  { method: 'GET', path: '/mcp', passes: 404 },
  { method: 'GET', path: '/mcp.unknown', passes: 404 },
]
