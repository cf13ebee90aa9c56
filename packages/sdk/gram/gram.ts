import { GramCore } from './core.ts'
import { chatSessionsCreate } from './funcs/chatSessionsCreate.ts'
import { chatSessionsRevoke } from './funcs/chatSessionsRevoke.ts'
import type {
  CreateChatSessionRequest,
  CreateChatSessionSecurity,
  CreateResponseBody,
  RevokeChatSessionRequest,
  RevokeChatSessionSecurity,
} from './models.ts'
import type { RequestOptions } from './options.ts'
import { unwrap } from './result.ts'

/** Tokens with which a page chats. Both methods reject with what the standalone functions put into their result. */
export interface ChatSessions {
  create(
    request: CreateChatSessionRequest,
    security?: CreateChatSessionSecurity,
    options?: RequestOptions,
  ): Promise<CreateResponseBody>
  /** When it resolves, nothing is served on the token any more. */
  revoke(
    request: RevokeChatSessionRequest,
    security?: RevokeChatSessionSecurity,
    options?: RequestOptions,
  ): Promise<void>
}

/**
 * The chat wire of Parlor, as Gram's client writes it. It holds a key and belongs on a backend.
 * @example
 * const gram = new Gram({ serverURL: 'https://parlor.example' })
 * const { clientToken } = await gram.chatSessions.create({ createRequestBody: { embedOrigin: 'https://www.example.com' } })
 */
export class Gram extends GramCore {
  #chatSessions: ChatSessions | undefined

  get chatSessions(): ChatSessions {
    this.#chatSessions ??= {
      create: (...asked) => unwrap(chatSessionsCreate(this, ...asked)),
      revoke: (...asked) => unwrap(chatSessionsRevoke(this, ...asked)),
    }
    return this.#chatSessions
  }
}
