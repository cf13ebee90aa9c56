import { type AdminClient, adminClient, type Call } from './admin-client.ts'
import type { CreatedSession, KnowledgeBase, KnowledgeDocument, List, NewSession, SessionStatus } from './answers.ts'
import { ParlorRequestError } from './parlor-request-error.ts'

export interface ParlorClientOptions {
  /** Where Parlor is reached, such as `https://parlor.example`. A path in it is kept. */
  baseUrl: string
  /** A secret key. It belongs on a backend; a browser must never hold it. */
  apiKey: string
  fetch?: typeof fetch
}

/** A document by its text, or by its bytes as they lie in a file (UTF-8). */
export type NewDocument = { name: string } & ({ text: string; url?: string } | { bytes: Uint8Array<ArrayBuffer> })

/** Parlor's HTTP interface. Every method rejects with {@link ParlorRequestError}. */
export interface ParlorClient {
  sessions: {
    create(session: NewSession): Promise<CreatedSession>
    read(id: string): Promise<SessionStatus>
    /** When it resolves, nothing is served on the session any more. */
    end(id: string): Promise<void>
  }
  knowledge: {
    listBases(page?: number): Promise<List<KnowledgeBase>>
    createBase(name: string): Promise<KnowledgeBase>
    listDocuments(baseId: string, page?: number): Promise<List<KnowledgeDocument>>
    /** Adds a Markdown or text document, or replaces the one of the same name; searchable when it resolves. */
    addDocument(baseId: string, document: NewDocument): Promise<KnowledgeDocument>
    removeDocument(baseId: string, documentId: string): Promise<void>
  }
  /** What operators do: accounts, projects, keys, and sessions of every kind. */
  admin: AdminClient
  /** The interface description (OpenAPI 3.1), as the server gives it. */
  openapi(): Promise<Record<string, unknown>>
}

/**
 * A client with a key.
 * @example
 * const parlor = createParlorClient({ baseUrl: 'https://parlor.example', apiKey: process.env.PARLOR_API_KEY ?? '' })
 * const { session_token } = await parlor.sessions.create({ agentic_avatar_id: agentId })
 */
export function createParlorClient(options: ParlorClientOptions): ParlorClient {
  const call: Call = (method, path, body) => request(options, method, path, body)
  const session = (id: string) => `/v1/widget/sessions/${encodeURIComponent(id)}`
  const base = (id: string) => `/v1/knowledge-bases/${encodeURIComponent(id)}`
  return {
    sessions: {
      create: (wish) => call('POST', '/v1/widget/sessions', wish),
      read: (id) => call('GET', session(id)),
      end: async (id) => {
        await call('DELETE', session(id))
      },
    },
    knowledge: {
      listBases: (page = 1) => call('GET', `/v1/knowledge-bases?page=${page}&page_size=100`),
      createBase: (name) => call('POST', '/v1/knowledge-bases', { name }),
      listDocuments: (id, page = 1) => call('GET', `${base(id)}/documents?page=${page}&page_size=100`),
      addDocument: (id, document) =>
        call('POST', `${base(id)}/documents`, 'bytes' in document ? asForm(document) : document),
      removeDocument: async (id, documentId) => {
        await call('DELETE', `${base(id)}/documents/${encodeURIComponent(documentId)}`)
      },
    },
    admin: adminClient(call),
    openapi: () => call('GET', '/openapi.json'),
  }
}

async function request<T>(options: ParlorClientOptions, method: string, path: string, body: unknown): Promise<T> {
  const url = `${options.baseUrl.replace(/\/+$/, '')}${path}`
  const headers: Record<string, string> = { 'x-api-key': options.apiKey, accept: 'application/json' }
  if (body !== undefined && !(body instanceof FormData)) headers['content-type'] = 'application/json'
  let response: Response
  try {
    response = await (options.fetch ?? fetch)(url, {
      method,
      headers,
      ...(body !== undefined && { body: body instanceof FormData ? body : JSON.stringify(body) }),
    })
  } catch (cause) {
    throw new ParlorRequestError(
      0,
      'UNREACHABLE',
      `No answer from ${options.baseUrl}. Is Parlor running there?`,
      undefined,
      cause,
    )
  }
  const answer: unknown = await response.json().catch(() => null)
  if (response.ok) return answer as T
  throw toError(response, answer)
}

function toError(response: Response, answer: unknown): ParlorRequestError {
  const { code, message, request_id } = (answer ?? {}) as { code?: string; message?: string; request_id?: string }
  const { status } = response
  const error = new ParlorRequestError(
    status,
    code ?? `HTTP_${status}`,
    message ?? (response.statusText || 'Request failed'),
    request_id,
  )
  const wait = Number(response.headers.get('retry-after') ?? Number.NaN)
  if (wait >= 0) error.retryAfterSeconds = wait
  return error
}

function asForm({ name, bytes }: { name: string; bytes: Uint8Array<ArrayBuffer> }): FormData {
  const form = new FormData()
  form.append('file', new Blob([bytes]), name)
  return form
}
