import type { Fields } from './fields.ts'
import type { ChatSessionsSecurity, Credentials } from './security.ts'

/** What a token is made for. */
export interface CreateRequestBody {
  /** The web origin whose pages may use the token, such as `https://www.example.com`; compared letter by letter. */
  embedOrigin: string
  /** Lifetime in seconds, 1 to 3600; 3600 unless said. */
  expiresAfter?: number | undefined
  /** Your own id of the person in front of the page. */
  userIdentifier?: string | undefined
}

export interface CreateChatSessionRequest extends Credentials {
  createRequestBody: CreateRequestBody
}

/** The token, and what it was made for. */
export interface CreateResponseBody {
  /** Hand it to the page. It is a secret of the person in front of it. */
  clientToken: string
  embedOrigin: string
  /** Lifetime in seconds. */
  expiresAfter: number
  /** Always `active`. */
  status: string
  /** Absent when none was given. */
  userIdentifier?: string | undefined
}

export interface RevokeChatSessionRequest extends Credentials {
  /** The token that is to be worth nothing from now on. */
  token: string
}

export type CreateChatSessionSecurity = ChatSessionsSecurity
export type RevokeChatSessionSecurity = ChatSessionsSecurity

/** The body a create call sends. */
export const createFields: Fields = { embedOrigin: 'string', expiresAfter: 'integer', userIdentifier: 'string?' }

/** The body a create call is answered with. */
export const createdFields: Fields = { clientToken: 'string', ...createFields, status: 'string' }

/** What a revoke call sends in its query. */
export const revokeFields: Fields = { token: 'string' }

/** Who calls; the wire's names are the headers that say so. */
export const credentialFields: Fields = { gramSession: 'string?', gramKey: 'string?', gramProject: 'string?' }
