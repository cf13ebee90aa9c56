/** A customer of an installation. Times are ISO 8601, UTC. */
export interface Account {
  id: string
  name: string
  /** Sessions at once; null for no ceiling. */
  concurrency: number | null
  /** The longest a session may live, in seconds; null for the installation's own ceiling. */
  max_duration: number | null
  suspended: boolean
  suspended_at: string | null
  /** Whether its keys may act for other accounts. */
  is_operator: boolean
  created_at: string
}

/** What an account is made with. */
export interface NewAccount {
  /** 1 to 200 characters on one line. */
  name: string
  concurrency?: number | null
  /** Seconds. */
  max_duration?: number | null
}

/** What may change in an account; what is absent stays. */
export interface AccountChange {
  concurrency?: number | null
  /** Seconds. */
  max_duration?: number | null
  /** True ends every open session of the account before the call resolves. */
  suspended?: boolean
}

export interface Project {
  id: string
  account_id: string
  /** a-z, 0-9, `-` and `_`, at most 40. */
  slug: string
  name: string
  created_at: string
}

/** An API key as it is listed: never the key itself. */
export interface ApiKey {
  id: string
  account_id: string
  project_id: string
  kind: 'secret' | 'client'
  name: string
  /** The key with its middle hidden. */
  masked: string
  prefix: string
  scopes: string[]
  /** Requests in a window; null for the installation's default, 0 for no limit. */
  rate_limit: number | null
  /** Seconds. */
  rate_limit_window: number | null
  /** The longest session it may make, in seconds. */
  max_duration: number | null
  /** Sessions it may have open at once; null for the account's ceiling alone. */
  concurrency: number | null
  allowed_origins: string[]
  status: 'active' | 'expired' | 'revoked'
  expires_at: string | null
  revoked_at: string | null
  created_at: string
}

/** A new key: `key` is the key itself, shown this once. */
export interface CreatedApiKey extends ApiKey {
  key: string
}

export interface NewApiKey {
  name: string
  /** Another account, by id or name; for keys of the operator's account. */
  account?: string
  /** A project's slug or id; `default` when absent. */
  project?: string
  /** `secret` (the default) belongs on a backend, `client` may be published. */
  kind?: 'secret' | 'client'
  /** For a secret key; read and write when absent. */
  scopes?: string[]
  rate_limit?: number | null
  /** Seconds. */
  rate_limit_window?: number
  /** Seconds. */
  max_duration?: number | null
  /** Sessions it may have open at once. */
  concurrency?: number | null
  /** ISO 8601. */
  expires_at?: string | null
  /** For a client key; any when absent. */
  allowed_origins?: string[]
}

export interface Agent {
  id: string
  account_id: string
  project_id: string
  name: string
  description: string | null
  avatar_id: string
  voice_id: string
  brain_id: string
  created_at: string
}

/** A session of any kind, as its operator sees it. */
export interface Session {
  id: string
  kind: 'widget' | 'chat' | 'avatar'
  account_id: string
  project_id: string
  agent_id: string
  key_id: string | null
  state: 'issued' | 'live' | 'ended'
  reason: 'revoked' | 'stopped' | 'expired' | 'limit' | 'failed' | null
  created_at: string
  expires_at: string
  ended_at: string | null
}

/** An operator session: `operator_session` is its secret, shown this once. */
export interface OperatorLogin {
  id: string
  operator_session: string
  account_id: string
  expires_at: string
}

/** What a key may do, and where it was asked. */
export interface Access {
  version: string
  /** The address visitors and backends are given. */
  public_url: string
  time: string
  is_operator: boolean
  account: { id: string; name: string }
  key: { id: string; name: string; masked: string; scopes: string[]; expires_at: string | null }
}
