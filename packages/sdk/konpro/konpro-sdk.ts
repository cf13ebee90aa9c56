import { readJson } from '../fetch-client/answers.ts'
import { BaseAPI } from '../fetch-client/base-api.ts'
import { Configuration } from '../fetch-client/configuration.ts'
import { ResponseError, readFault } from '../fetch-client/errors.ts'
import type { HTTPMethod, HTTPQuery } from '../fetch-client/request-types.ts'
import type * as wire from '../types/index.ts'
import { KonProError } from './konpro.ts'

export interface KonProSDKOptions {
  /** Where Parlor is reached, such as `https://parlor.example`. */
  baseURL?: string
  /** Milliseconds, 30000 unless said; 0 for no limit. */
  timeout?: number
}

export interface PageOptions {
  page?: number
  limit?: number
}

export interface ScopedPageOptions extends PageOptions {
  scope?: 'all' | 'my' | 'public' | 'private'
}

type DataOf<T> = T extends { data: infer Data } ? Data : never
type Call = <T>(method: HTTPMethod, path: string, more?: { body?: unknown; query?: HTTPQuery }) => Promise<T>

/**
 * The widget wire as the first generation of clients has it: the wire's own names, and of each answer its `data` (contracts 1.6).
 * Methods reject with {@link KonProError}, or with FetchError when no answer came in time.
 * @example
 * const konpro = new KonProSDK(process.env.KONPRO_API_KEY ?? '', { baseURL: 'https://parlor.example' })
 * const { session_token } = await konpro.widgets.createSession({ agentic_avatar_id: agentId })
 */
export class KonProSDK {
  readonly #call: Call
  readonly agenticAvatars
  readonly avatars
  readonly voices
  readonly brains
  readonly knowledgeBases
  readonly widgets
  readonly apiKeys

  constructor(apiKey: string, { baseURL, timeout = 30_000 }: KonProSDKOptions = {}) {
    if (!apiKey) throw new Error('Give KonProSDK an API key.')
    const caller = new Caller(new Configuration({ apiKey, basePath: baseURL }), timeout)
    const call: Call = (method, path, more) => caller.call(method, path, more)
    this.#call = call
    this.agenticAvatars = {
      create: (body: wire.CreateAgenticAvatarRequest) =>
        data<wire.CreateAgenticAvatarAnswer>(call('POST', '/v1/agentic-avatars', { body })),
      list: (query: PageOptions = {}) =>
        data<wire.ListAgenticAvatarsAnswer>(call('GET', '/v1/agentic-avatars', { query: { ...query } })),
      get: (id: string) => data<wire.GetAgenticAvatarAnswer>(call('GET', at('agentic-avatars', id))),
      delete: (id: string) => data<wire.DeleteAgenticAvatarAnswer>(call('DELETE', at('agentic-avatars', id))),
    }
    this.avatars = {
      list: (query: ScopedPageOptions = {}) =>
        data<wire.ListAvatarsAnswer>(call('GET', '/v1/avatars', { query: { ...query } })),
      get: (id: string) => data<wire.GetAvatarAnswer>(call('GET', at('avatars', id))),
      delete: (id: string) => data<wire.DeleteAvatarAnswer>(call('DELETE', at('avatars', id))),
    }
    this.voices = {
      list: (query: ScopedPageOptions = {}) =>
        data<wire.ListVoicesAnswer>(call('GET', '/v1/voices', { query: { ...query } })),
      get: (id: string) => data<wire.GetVoiceAnswer>(call('GET', at('voices', id))),
    }
    this.brains = {
      list: (query: ScopedPageOptions = {}) =>
        data<wire.ListBrainsAnswer>(call('GET', '/v1/brains', { query: { ...query } })),
      get: (id: string) => data<wire.GetBrainAnswer>(call('GET', at('brains', id))),
      create: (body: wire.CreateBrainRequest) => data<wire.CreateBrainAnswer>(call('POST', '/v1/brains', { body })),
      delete: (id: string) => data<wire.DeleteBrainAnswer>(call('DELETE', at('brains', id))),
    }
    this.knowledgeBases = {
      list: (query: PageOptions = {}) =>
        data<wire.ListKnowledgeBasesAnswer>(call('GET', '/v1/knowledge-bases', { query: { ...query } })),
      get: (id: string) => data<wire.GetKnowledgeBaseAnswer>(call('GET', at('knowledge-bases', id))),
      delete: (id: string) => data<wire.DeleteKnowledgeBaseAnswer>(call('DELETE', at('knowledge-bases', id))),
    }
    this.widgets = {
      createSession: (body: wire.CreateWidgetSessionRequest) =>
        data<wire.CreateWidgetSessionAnswer>(call('POST', '/v1/widget/sessions', { body })),
      getSession: (id: string) => data<wire.GetWidgetSessionStatusAnswer>(call('GET', at('widget/sessions', id))),
      deleteSession: (id: string) => data<wire.RevokeWidgetSessionAnswer>(call('DELETE', at('widget/sessions', id))),
    }
    this.apiKeys = {
      list: () => data<wire.ListApiKeysAnswer>(call('GET', '/v1/api-keys')),
      validate: () => this.validateKey(),
    }
  }

  /** Whether the key is good; an unknown one is told `valid: false`. */
  validateKey(): Promise<DataOf<wire.ValidateApiKeyAnswer>> {
    return data<wire.ValidateApiKeyAnswer>(this.#call('POST', '/v1/api-keys/validate'))
  }

  /** What the server says of itself. */
  testConnection(): Promise<wire.RootAnswer> {
    return this.#call('GET', '/')
  }
}

const at = (noun: string, id: string) => `/v1/${noun}/${encodeURIComponent(id)}`

async function data<T extends { data: unknown }>(answer: Promise<T>): Promise<T['data']> {
  return (await answer).data
}

class Caller extends BaseAPI {
  readonly #timeoutMs: number

  constructor(configuration: Configuration, timeoutMs: number) {
    super(configuration)
    this.#timeoutMs = timeoutMs
  }

  async call<T>(method: HTTPMethod, path: string, more: { body?: unknown; query?: HTTPQuery } = {}): Promise<T> {
    const headers = {
      'X-API-Key': await this.configuration.apiKey?.('X-API-Key'),
      ...(more.body !== undefined && { 'Content-Type': 'application/json' }),
    }
    const limit = this.#timeoutMs > 0 ? { signal: AbortSignal.timeout(this.#timeoutMs) } : {}
    try {
      const response = await this.request({ method, path, headers, ...more }, limit)
      // What the wire answers is what its types say.
      return (await readJson(response)) as T
    } catch (error) {
      if (!(error instanceof ResponseError)) throw error
      const body: unknown = await error.response
        .clone()
        .json()
        .catch(() => null)
      throw new KonProError(await readFault(error.response), body)
    }
  }
}
