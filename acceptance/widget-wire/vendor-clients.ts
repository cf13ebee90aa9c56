import { type OutgoingHttpHeaders, STATUS_CODES } from 'node:http'
import { openHttpClient } from '../harness/http-client.ts'

/**
 * What the vendor's two published clients put on the wire and what they read of an answer, as `contracts.md` has it from
 * running them; the package itself could not be had. Nothing here is lenient where they are not.
 */
export interface Server {
  port: number
  key: string
}

type Json = Record<string, unknown>

/** The newer client's error. */
export class KonProError extends Error {
  override name = 'KonProError'
  readonly status: number
  readonly code: string
  readonly requestId: string | undefined

  constructor(status: number, body: Json | undefined) {
    const error = (body?.error || body) as Json | undefined
    super((error?.message as string | undefined) || STATUS_CODES[status] || 'Request failed')
    this.status = status
    this.code = (error?.code as string | undefined) || `HTTP_${status}`
    this.requestId = error?.request_id as string | undefined
  }
}

export interface CreateWish {
  agenticAvatarId: string
  userMetadata?: object | null
  allowedOrigins?: string[] | null
  audioOnly?: boolean
  /** The client drops what its model does not know. */
  settings?: object
}

/** Generation 2: a slash after every collection, no content type and no body but `content-length: 0`, answers under `data`. */
export function openGenerationTwo({ port, key }: Server) {
  const send = async (method: string, path: string, body?: object): Promise<unknown> => {
    const http = openHttpClient(port)
    const isEmptyPost = body === undefined && method === 'POST'
    const headers: OutgoingHttpHeaders = {
      'X-API-Key': key,
      ...(body !== undefined && { 'Content-Type': 'application/json' }),
      ...(isEmptyPost && { 'content-length': 0 }),
    }
    const answer = await http.send<Json>(method, path, body === undefined ? undefined : JSON.stringify(body), headers)
    http.close()
    const isJson = String(answer.headers['content-type'] ?? '').includes('application/json')
    if (answer.status < 200 || answer.status >= 300) {
      throw new KonProError(answer.status, isJson ? answer.body : undefined)
    }
    return isJson ? answer.body : answer.text
  }
  const list =
    (collection: string) =>
    async (query: { scope?: string; page?: number; pageSize?: number } = {}) => {
      const { scope, page, pageSize } = query
      const given = Object.entries({ scope, page, page_size: pageSize }).filter(([, value]) => value !== undefined)
      const search = new URLSearchParams(given.map(([name, value]) => [name, String(value)])).toString()
      return (await send('GET', `/v1/${collection}/${search && `?${search}`}`)) as { data: Json[]; meta: Json }
    }
  const at = (collection: string, id: string) => `/v1/${collection}/${encodeURIComponent(id)}`
  return {
    async createWidgetSession({ agenticAvatarId, userMetadata, allowedOrigins, audioOnly }: CreateWish) {
      const body = {
        agentic_avatar_id: agenticAvatarId,
        user_metadata: userMetadata,
        allowed_origins: allowedOrigins,
        audio_only: audioOnly,
      }
      const answer = (await send('POST', '/v1/widget/sessions', body)) as Json
      return { data: readSession(answer.data as Json | undefined), meta: answer.meta }
    },
    getWidgetSessionStatus: (sessionId: string) => send('GET', at('widget/sessions', sessionId)),
    revokeWidgetSession: (sessionId: string) => send('DELETE', at('widget/sessions', sessionId)),
    listAvatars: list('avatars'),
    listAgenticAvatars: list('agentic-avatars'),
    listBrains: list('brains'),
    listVoices: list('voices'),
    listKnowledgeBases: list('knowledge-bases'),
    listLlms: list('llms'),
    async getAgenticAvatar(id: string) {
      const { data } = (await send('GET', at('agentic-avatars', id))) as { data: Json }
      const { created_at, updated_at } = data
      return { ...data, createdAt: new Date(String(created_at)), updatedAt: new Date(String(updated_at)) }
    },
    createAgenticAvatar: async (wish: object) => (await send('POST', '/v1/agentic-avatars/', wish)) as { data: Json },
    createBrain: (wish: object) => send('POST', '/v1/brains/', wish),
    deleteAgenticAvatar: (id: string) => send('DELETE', at('agentic-avatars', id)),
    deleteBrain: (id: string) => send('DELETE', at('brains', id)),
    deleteAvatar: (id: string) => send('DELETE', at('avatars', id)),
    validateApiKey: async () => (await send('POST', '/v1/api-keys/')) as { data: Json },
    health: () => send('GET', '/health'),
    root: () => send('GET', '/'),
  }
}

/** Without `data` the client gives its caller nothing, and no error. `expires_at` stays a text. */
function readSession(data: Json | undefined) {
  if (data === undefined) return undefined
  return {
    sessionToken: data.session_token,
    sessionId: data.session_id,
    websocketUrl: data.websocket_url,
    expiresAt: data.expires_at,
    expiresIn: data.expires_in,
    userId: data.user_id,
    avatar: data.avatar,
    audioOnly: data.audio_only ?? undefined,
  }
}

/** An error as the older client's HTTP library passes it through. */
export class HttpLibraryError extends Error {
  readonly status: number
  readonly data: Json

  constructor(status: number, data: Json) {
    super(`Request failed with status code ${status}`)
    this.status = status
    this.data = data
  }
}

/** Generation 1: no slash, sometimes a bare `?`, a JSON content type on everything, and `response.data.data`. */
export function openGenerationOne({ port, key }: Server) {
  const exchange = async (method: string, path: string, body?: object): Promise<Json> => {
    const http = openHttpClient(port)
    const headers = {
      Accept: 'application/json, text/plain, */*',
      'Content-Type': 'application/json',
      'X-API-Key': key,
      ...(body === undefined && method === 'POST' && { 'Content-Length': 0 }),
    }
    const answer = await http.send<Json>(method, path, body === undefined ? undefined : JSON.stringify(body), headers)
    http.close()
    if (answer.status < 200 || answer.status >= 300) throw new HttpLibraryError(answer.status, answer.body)
    return answer.body
  }
  const send = async (method: string, path: string, body?: object) => (await exchange(method, path, body)).data
  const service = (collection: string) => ({
    list: () => send('GET', `/v1/${collection}`) as Promise<Json[]>,
    get: (id: string) => send('GET', `/v1/${collection}/${id}`) as Promise<Json>,
    create: (wish: object) => send('POST', `/v1/${collection}`, wish) as Promise<Json>,
    delete: (id: string) => send('DELETE', `/v1/${collection}/${id}`) as Promise<Json>,
  })
  const filtered = (collection: string) => ({
    ...service(collection),
    list: (query = '') => send('GET', `/v1/${collection}?${query}`) as Promise<Json[]>,
  })
  return {
    widgets: {
      createSession: (wish: object) => send('POST', '/v1/widget/sessions', wish) as Promise<Json>,
      getSession: (id: string) => send('GET', `/v1/widget/sessions/${id}`) as Promise<Json>,
      deleteSession: (id: string) => send('DELETE', `/v1/widget/sessions/${id}`) as Promise<Json>,
    },
    agenticAvatars: service('agentic-avatars'),
    avatars: filtered('avatars'),
    voices: filtered('voices'),
    brains: service('brains'),
    knowledgeBases: service('knowledge-bases'),
    apiKeys: {
      list: () => send('GET', '/v1/api-keys') as Promise<Json[]>,
      validate: () => send('POST', '/v1/api-keys/validate') as Promise<Json>,
    },
    /** Resolves with whatever the root says. */
    testConnection: () => exchange('GET', '/'),
  }
}
