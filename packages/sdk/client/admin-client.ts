import type {
  Access,
  Account,
  AccountChange,
  Agent,
  ApiKey,
  CreatedApiKey,
  NewAccount,
  NewApiKey,
  OperatorLogin,
  Project,
  Session,
} from './admin-answers.ts'
import type { List } from './answers.ts'

/** One request, resolved to its answer's body. */
export type Call = <T>(method: string, path: string, body?: unknown) => Promise<T>

/** Which part of a list: pages are numbered from 1 and hold 100. `account` names another account, for operators. */
export interface ListOptions {
  page?: number
  account?: string
}

/** What operators do. A key acts for its own account; keys of the operator's account may name others. */
export interface AdminClient {
  /** What the key may do, and where it was asked. */
  access(): Promise<Access>
  /** Makes an operator session of 30 days. Its secret is in this answer and nowhere else. */
  login(): Promise<OperatorLogin>
  /** Ends an operator session for good. */
  logout(operatorSession: string): Promise<void>
  accounts: {
    create(account: NewAccount): Promise<Account & { project: Project }>
    list(options?: { page?: number }): Promise<List<Account>>
    /** By id or name. Suspending resolves when none of the account's sessions is served any more. */
    set(account: string, change: AccountChange): Promise<Account & { ended_sessions: number }>
  }
  projects: {
    create(project: { name: string; slug: string; account?: string }): Promise<Project>
    list(options?: ListOptions): Promise<List<Project>>
  }
  keys: {
    create(key: NewApiKey): Promise<CreatedApiKey>
    list(options?: ListOptions): Promise<List<ApiKey>>
    /** The next call with the key is refused. */
    revoke(id: string, options?: { account?: string }): Promise<void>
    /** With `now` it resolves when no session signed before is served any more; otherwise their tokens last a day more. */
    rotateSigning(options?: {
      account?: string
      project?: string
      now?: boolean
    }): Promise<{ project_id: string; ended_sessions: number }>
  }
  agents: {
    list(options?: ListOptions): Promise<List<Agent>>
  }
  sessions: {
    /** Newest first. */
    list(options?: ListOptions & { agent?: string; open?: boolean }): Promise<List<Session>>
    /** A session of any kind; when it resolves, nothing is served on it any more. */
    end(id: string, options?: { account?: string }): Promise<Session>
  }
}

/**
 * The operators' part of a client.
 * @example
 * const parlor = createParlorClient({ baseUrl: 'https://parlor.example', apiKey: process.env.PARLOR_API_KEY ?? '' })
 * const { id } = await parlor.admin.accounts.create({ name: 'Museum', concurrency: 50 })
 * const { key } = await parlor.admin.keys.create({ name: 'backend', account: id, scopes: ['read', 'write'] })
 */
export function adminClient(call: Call): AdminClient {
  const root = '/admin/v1'
  const one = (noun: string, id: string, options: object = {}) =>
    `${root}/${noun}/${encodeURIComponent(id)}${query(options)}`
  const list = (noun: string, options: object = {}) =>
    `${root}/${noun}${query({ page: 1, page_size: 100, ...options })}`
  return {
    access: () => call('GET', `${root}/access`),
    login: () => call('POST', `${root}/login`),
    logout: async (operator_session) => {
      await call('POST', `${root}/logout`, { operator_session })
    },
    accounts: {
      create: (account) => call('POST', `${root}/accounts`, account),
      list: (options) => call('GET', list('accounts', options)),
      set: (account, change) => call('PATCH', one('accounts', account), change),
    },
    projects: {
      create: (project) => call('POST', `${root}/projects`, project),
      list: (options) => call('GET', list('projects', options)),
    },
    keys: {
      create: (key) => call('POST', `${root}/keys`, key),
      list: (options) => call('GET', list('keys', options)),
      revoke: async (id, options) => {
        await call('DELETE', one('keys', id, options))
      },
      rotateSigning: (options = {}) => call('POST', `${root}/keys/rotate-signing`, options),
    },
    agents: { list: (options) => call('GET', list('agents', options)) },
    sessions: {
      list: (options) => call('GET', list('sessions', options)),
      end: (id, options) => call('DELETE', one('sessions', id, options)),
    },
  }
}

function query(options: object): string {
  const given = Object.entries(options).filter(([, value]) => value !== undefined)
  return given.length === 0 ? '' : `?${new URLSearchParams(given.map(([name, value]) => [name, String(value)]))}`
}
