import { Client, StreamableHTTPClientTransport } from '@modelcontextprotocol/client'
import type { Answer } from '../harness/http-client.ts'
import type { Parlor } from '../harness/start-parlor.ts'

/** The page that may use the tokens of these tests. */
export const site = 'https://shop.example'

/** What search_knowledge hands back as data. */
export interface Found {
  passages: { n: number; title: string; heading: string; source: string; url?: string; passage: string }[]
}

/** A token as a backend gets it for its page. */
export async function mintToken(parlor: Parlor, project = 'default', embedOrigin = site): Promise<string> {
  const headers = { 'gram-key': parlor.key, 'gram-project': project }
  const wish = { embed_origin: embedOrigin }
  const answer = await parlor.request<{ client_token: string }>('POST', '/rpc/chatSessions.create', wish, headers)
  if (answer.status !== 200) throw new Error(`chatSessions.create answered ${answer.status}: ${answer.text}`)
  parlor.secrets.add(answer.body.client_token)
  return answer.body.client_token
}

export async function revokeToken(parlor: Parlor, token: string): Promise<void> {
  const headers = { 'gram-key': parlor.key, 'gram-project': 'default' }
  const answer = await parlor.request('DELETE', `/rpc/chatSessions.revoke?token=${token}`, undefined, headers)
  if (answer.status !== 204) throw new Error(`chatSessions.revoke answered ${answer.status}: ${answer.text}`)
}

export const asVisitor = (token: string) => ({ 'gram-chat-session': token, origin: site })
export const asBackend = (key: string) => ({ 'gram-key': key })

/** The official client, as shipped. It says hello when it connects. */
export async function connectClient(
  parlor: Parlor,
  headers: Record<string, string>,
  { project = 'default', isModern = false } = {},
): Promise<Client & AsyncDisposable> {
  const mode = isModern ? 'auto' : 'legacy'
  const client = new Client({ name: 'acceptance', version: '1.0.0' }, { versionNegotiation: { mode } })
  const url = new URL(`/mcp/${project}`, parlor.url)
  await client.connect(new StreamableHTTPClientTransport(url, { requestInit: { headers } }))
  return Object.assign(client, { [Symbol.asyncDispose]: () => client.close() })
}

export async function search(client: Client, query: string, limit?: number): Promise<Found> {
  const args = { query, ...(limit !== undefined && { limit }) }
  const result = await client.callTool({ name: 'search_knowledge', arguments: args })
  return result.structuredContent as unknown as Found
}

/** One message, sent by hand. */
export function post<Body = Record<string, unknown>>(
  parlor: Parlor,
  message: unknown,
  headers: Record<string, string | undefined>,
  project = 'default',
): Promise<Answer<Body>> {
  const content = { 'content-type': 'application/json', accept: 'application/json, text/event-stream' }
  const body = typeof message === 'string' ? message : JSON.stringify(message)
  return parlor.request<Body>('POST', `/mcp/${project}`, body, { 'x-api-key': undefined, ...content, ...headers })
}

export const searchMessage = (query: string) => ({
  jsonrpc: '2.0',
  id: 1,
  method: 'tools/call',
  params: { name: 'search_knowledge', arguments: { query } },
})
