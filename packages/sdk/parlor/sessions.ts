import {
  type CallOptions,
  createAvatarSessionV3,
  createChatSession,
  createWidgetSession,
  getAvatarSessionV3,
  getLimitsV3,
  getWidgetSessionStatus,
  listAvatarSessionsV3,
  type ParlorCore,
  revokeChatSession,
  revokeWidgetSession,
  startSessionPassV3,
  stopAvatarSessionV3,
  stopSessionPassV3,
  unwrap,
} from '../functions/index.ts'
import type {
  AvatarSession,
  CreateAvatarSessionV3Answer,
  CreateAvatarSessionV3Request,
  CreateChatSessionAnswer,
  CreateChatSessionRequest,
  CreateWidgetSessionAnswer,
  CreateWidgetSessionRequest,
  GetAvatarSessionV3Answer,
  GetLimitsV3Answer,
  GetWidgetSessionStatusAnswer,
  ListAvatarSessionsV3Answer,
  ListAvatarSessionsV3Request,
  RevokeChatSessionAnswer,
  RevokeWidgetSessionAnswer,
  StartSessionPassV3Answer,
  StartSessionPassV3Request,
  StopAvatarSessionV3Answer,
  StopSessionPassV3Answer,
} from '../types/index.ts'
import { bySkip, type Listing, listing } from './listing.ts'

/** Sessions of a widget in a page: your backend makes one and gives the page its token, and nothing else. */
export class WidgetSessions {
  readonly #core: ParlorCore

  constructor(core: ParlorCore) {
    this.#core = core
  }

  /** Signs the token of a new session. `session_token` is in this answer and nowhere else. */
  create(request: CreateWidgetSessionRequest, options?: CallOptions): Promise<CreateWidgetSessionAnswer> {
    return unwrap(createWidgetSession(this.#core, request, options))
  }

  /** Whether it is active, when it ends, what it allows. */
  get(id: string, options?: CallOptions): Promise<GetWidgetSessionStatusAnswer> {
    return unwrap(getWidgetSessionStatus(this.#core, { session_id: id }, options))
  }

  /** Ends it for good: when it resolves, nothing is served on the session any more. */
  revoke(id: string, options?: CallOptions): Promise<RevokeWidgetSessionAnswer> {
    return unwrap(revokeWidgetSession(this.#core, { session_id: id }, options))
  }
}

/** Tokens for a chat interface of your own, each bound to one origin. */
export class ChatSessions {
  readonly #core: ParlorCore

  constructor(core: ParlorCore) {
    this.#core = core
  }

  /** Signs a token for the pages of one origin, for at most an hour. */
  create(request: CreateChatSessionRequest, options?: CallOptions): Promise<CreateChatSessionAnswer> {
    return unwrap(createChatSession(this.#core, request, options))
  }

  /** Ends a token. A second time is refused with 400: where the first answer was lost, that says it worked. */
  revoke(token: string, options?: CallOptions): Promise<RevokeChatSessionAnswer> {
    return unwrap(revokeChatSession(this.#core, { token }, options))
  }
}

/** Avatars in media rooms. */
export class AvatarSessions {
  readonly #core: ParlorCore

  constructor(core: ParlorCore) {
    this.#core = core
  }

  /** Makes a room, sends the avatar in and answers with the tokens that let people in. */
  create(request: CreateAvatarSessionV3Request, options?: CallOptions): Promise<CreateAvatarSessionV3Answer> {
    return unwrap(createAvatarSessionV3(this.#core, request, options))
  }

  /** Newest first. */
  list(
    query: ListAvatarSessionsV3Request = {},
    options?: CallOptions,
  ): Listing<ListAvatarSessionsV3Answer, AvatarSession> {
    return listing(
      (asked: ListAvatarSessionsV3Request, how) => listAvatarSessionsV3(this.#core, asked, how),
      bySkip((page: ListAvatarSessionsV3Answer) => page.sessions),
      query,
      options,
    )
  }

  /** What is known of it, with its transcript once it is over. */
  get(id: string, options?: CallOptions): Promise<GetAvatarSessionV3Answer> {
    return unwrap(getAvatarSessionV3(this.#core, { id }, options))
  }

  /** Ends it: the room is gone when it resolves. */
  stop(id: string, options?: CallOptions): Promise<StopAvatarSessionV3Answer> {
    return unwrap(stopAvatarSessionV3(this.#core, { id }, options))
  }

  /** How much of the account is used and how much there is. */
  limits(options?: CallOptions): Promise<GetLimitsV3Answer> {
    return unwrap(getLimitsV3(this.#core, {}, options))
  }
}

/** Avatar sessions made by a page itself, with a publishable key as `apiKey`. */
export class SessionPasses {
  readonly #core: ParlorCore

  constructor(core: ParlorCore) {
    this.#core = core
  }

  /** Makes a session of the kind the key allows. */
  start(request: StartSessionPassV3Request, options?: CallOptions): Promise<StartSessionPassV3Answer> {
    return unwrap(startSessionPassV3(this.#core, request, options))
  }

  /** Ends a session this key made. */
  stop(id: string, options?: CallOptions): Promise<StopSessionPassV3Answer> {
    return unwrap(stopSessionPassV3(this.#core, { id }, options))
  }
}
