import type { IncomingMessage, ServerResponse } from 'node:http'
import type { TypeBoxTypeProvider } from '@fastify/type-provider-typebox'
import type { KeyOwner, Project, Scope } from '@parlor/core/account'
import type { Session } from '@parlor/core/session'
import type { FastifyBaseLogger, FastifyInstance, RawServerDefault } from 'fastify'

/** Fastify with schemas that type what a handler gets. */
export type App = FastifyInstance<
  RawServerDefault,
  IncomingMessage,
  ServerResponse,
  FastifyBaseLogger,
  TypeBoxTypeProvider
>

/** What a route asks of its caller. Every route says so; `route-table.ts` refuses one that does not. */
export type Credential =
  | { kind: 'none' }
  /** With `evenSuspended` a suspended account's key opens it, too: it may read how things stand. */
  | { kind: 'secret_key'; scope: Scope; evenSuspended?: true }
  /** A publishable key as a bearer, from the pages it allows; browsers may call from anywhere (contracts Q16). */
  | { kind: 'client_key' }
  /** A secret key that the operation itself judges: a bad one is its answer, not a refusal. */
  | { kind: 'key_to_judge' }
  /** The operator's metrics token, where one is set. */
  | { kind: 'metrics_token' }
  /** The media server's signature on its message, which the operation checks. */
  | { kind: 'room_server' }
  /**
   * One of several, each with headers of its own (contracts 3.1): tried in this order, and the last one's refusal is the answer;
   * or the first that came decides, and a project it may not use is refused like a bad credential (contracts 3.7). Asked for
   * after the body was validated, or before it is read.
   */
  | { kind: 'one_of'; ways: readonly Way[]; firstPresent?: true; beforeBody?: true }
  /** A session's id in the query: it opens nothing but the frame page. */
  | { kind: 'session_id' }

/** How a caller of the chat wire may say who it is. With `project` it must name one of its account's. */
export type Way =
  | { by: 'operator'; project: boolean }
  /** With the scope null, any key that is good; with `or`, another scope does as well. */
  | { by: 'key'; scope: Scope | null; or?: Scope; project: boolean }
  | { by: 'chat_token' }

declare module 'fastify' {
  interface FastifySchema {
    /** The operation's name in the interface description. */
    operationId?: string
  }
  interface FastifyContextConfig {
    credential?: Credential
    /** What the operation takes as `multipart/form-data` beside JSON: described only, the operation reads it by itself. */
    form?: object
  }
  interface FastifyRequest {
    /** Whose key this is; set before the handler on routes that take a secret key. */
    caller: KeyOwner | null
    /** The operator session a caller of the chat wire came with. */
    operatorSessionId: string | null
    /** The session whose token came, already judged by where it came from. */
    chatSession: Session | null
    /** The project a call on the chat wire is for. */
    project: Project | null
  }
}
