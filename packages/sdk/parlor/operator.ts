import {
  type CallOptions,
  createAccount,
  endSession,
  getAccess,
  listAccounts,
  listAgents,
  listSessions,
  login,
  logout,
  type ParlorCore,
  setAccount,
  unwrap,
} from '../functions/index.ts'
import type {
  Account,
  AdminAgent,
  CreateAccountAnswer,
  CreateAccountRequest,
  EndSessionAnswer,
  EndSessionRequest,
  GetAccessAnswer,
  ListAccountsAnswer,
  ListAccountsRequest,
  ListAgentsAnswer,
  ListAgentsRequest,
  ListSessionsAnswer,
  ListSessionsRequest,
  LoginAnswer,
  LogoutAnswer,
  Session,
  SetAccountAnswer,
  SetAccountRequest,
} from '../types/index.ts'
import { byPage, type Listing, listing } from './listing.ts'

/** Customers of an installation. */
export class Accounts {
  readonly #core: ParlorCore

  constructor(core: ParlorCore) {
    this.#core = core
  }

  /** Makes an account with a first project. */
  create(request: CreateAccountRequest, options?: CallOptions): Promise<CreateAccountAnswer> {
    return unwrap(createAccount(this.#core, request, options))
  }

  /** All of them. */
  list(query: ListAccountsRequest = {}, options?: CallOptions): Listing<ListAccountsAnswer, Account> {
    return listing(
      (asked: ListAccountsRequest, how) => listAccounts(this.#core, asked, how),
      byPage<ListAccountsAnswer>(),
      query,
      options,
    )
  }

  /** Changes its limits, or suspends it: then none of its sessions is served any more when it resolves. */
  set(request: SetAccountRequest, options?: CallOptions): Promise<SetAccountAnswer> {
    return unwrap(setAccount(this.#core, request, options))
  }
}

/** Sessions of every kind, as operators see them. */
export class OperatorSessions {
  readonly #core: ParlorCore

  constructor(core: ParlorCore) {
    this.#core = core
  }

  /** Newest first. */
  list(query: ListSessionsRequest = {}, options?: CallOptions): Listing<ListSessionsAnswer, Session> {
    return listing(
      (asked: ListSessionsRequest, how) => listSessions(this.#core, asked, how),
      byPage<ListSessionsAnswer>(),
      query,
      options,
    )
  }

  /** When it resolves, nothing is served on it any more. */
  end(id: string, query: Omit<EndSessionRequest, 'id'> = {}, options?: CallOptions): Promise<EndSessionAnswer> {
    return unwrap(endSession(this.#core, { ...query, id }, options))
  }
}

/** Agents of an account. */
export class OperatorAgents {
  readonly #core: ParlorCore

  constructor(core: ParlorCore) {
    this.#core = core
  }

  /** Newest first. */
  list(query: ListAgentsRequest = {}, options?: CallOptions): Listing<ListAgentsAnswer, AdminAgent> {
    return listing(
      (asked: ListAgentsRequest, how) => listAgents(this.#core, asked, how),
      byPage<ListAgentsAnswer>(),
      query,
      options,
    )
  }
}

/** What operators do. A key acts for its own account; keys of the operator’s account may name others. */
export class Operator {
  /** Customers of the installation. */
  readonly accounts: Accounts

  /** Sessions of every kind. */
  readonly sessions: OperatorSessions

  /** Agents of every account. */
  readonly agents: OperatorAgents

  readonly #core: ParlorCore

  constructor(core: ParlorCore) {
    this.accounts = new Accounts(core)
    this.sessions = new OperatorSessions(core)
    this.agents = new OperatorAgents(core)
    this.#core = core
  }

  /** What the key may do, and where it was asked. */
  access(options?: CallOptions): Promise<GetAccessAnswer> {
    return unwrap(getAccess(this.#core, {}, options))
  }

  /** Makes an operator session of 30 days. Its secret is in this answer and nowhere else. */
  login(options?: CallOptions): Promise<LoginAnswer> {
    return unwrap(login(this.#core, {}, options))
  }

  /** Ends an operator session for good. */
  logout(secret: string, options?: CallOptions): Promise<LogoutAnswer> {
    return unwrap(logout(this.#core, { operator_session: secret }, options))
  }
}
