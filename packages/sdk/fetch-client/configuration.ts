import { fromEnvironment } from '../parlor/environment.ts'
import type { FetchAPI, HTTPHeaders, HTTPQuery, Middleware } from './request-types.ts'
import { writeQuery } from './write-query.ts'

/** Where a Parlor started without settings is reached. Never a vendor's own host: a key would go to strangers. */
export const BASE_PATH = 'http://localhost:3001'

/** How arrays may be joined in a query; kept for those who import it, since arrays repeat their name here. */
export const COLLECTION_FORMATS = { csv: ',', ssv: ' ', tsv: '\t', pipes: '|' } as const

export type ApiKeySource = string | Promise<string> | ((name: string) => string | Promise<string>)

export type AccessTokenSource =
  | string
  | Promise<string>
  | ((name?: string, scopes?: string[]) => string | Promise<string>)

export interface ConfigurationParameters {
  /** Where Parlor is reached; a path in it is kept. Else what {@link DefaultConfig} says, `PARLOR_BASE_URL`, {@link BASE_PATH}. */
  basePath?: string | undefined
  fetchApi?: FetchAPI | undefined
  /** Called in their order, before and after each request. */
  middleware?: Middleware[] | undefined
  queryParamsStringify?: ((params: HTTPQuery) => string) | undefined
  username?: string | undefined
  password?: string | undefined
  /** A secret key, or a function that is told the header's name. It belongs on a backend. */
  apiKey?: ApiKeySource | undefined
  /** What goes out as `Authorization: Bearer`. */
  accessToken?: AccessTokenSource | undefined
  /** Sent with every request; an operation's own headers win. */
  headers?: HTTPHeaders | undefined
  credentials?: RequestCredentials | undefined
}

/** What every call of an API class needs to know (contracts 1.6). What it does not say about the host, {@link DefaultConfig} does. */
export class Configuration {
  #given: ConfigurationParameters

  constructor(given: ConfigurationParameters = {}) {
    this.#given = given
  }

  /** Takes over everything another configuration says. */
  set config(other: Configuration) {
    this.#given = other.#given
  }

  get basePath(): string {
    const said = this.#given.basePath ?? DefaultConfig.#given.basePath ?? fromEnvironment('PARLOR_BASE_URL')
    return (said ?? BASE_PATH).replace(/\/+$/, '')
  }

  get fetchApi(): FetchAPI | undefined {
    return this.#given.fetchApi
  }

  get middleware(): Middleware[] {
    return this.#given.middleware ?? []
  }

  get queryParamsStringify(): (params: HTTPQuery) => string {
    return this.#given.queryParamsStringify ?? writeQuery
  }

  get username(): string | undefined {
    return this.#given.username
  }

  get password(): string | undefined {
    return this.#given.password
  }

  get apiKey(): ((name: string) => string | Promise<string>) | undefined {
    const { apiKey } = this.#given
    if (apiKey === undefined || apiKey === '') return undefined
    return typeof apiKey === 'function' ? apiKey : () => apiKey
  }

  get accessToken(): ((name?: string, scopes?: string[]) => Promise<string>) | undefined {
    const { accessToken } = this.#given
    if (accessToken === undefined || accessToken === '') return undefined
    return async (name, scopes) => (typeof accessToken === 'function' ? accessToken(name, scopes) : accessToken)
  }

  get headers(): HTTPHeaders | undefined {
    return this.#given.headers
  }

  get credentials(): RequestCredentials | undefined {
    return this.#given.credentials
  }
}

/**
 * What an API class made without a configuration uses; its `basePath` counts for every configuration that names none.
 * @example
 * DefaultConfig.config = new Configuration({ basePath: 'https://parlor.example' })
 */
export const DefaultConfig: Configuration = new Configuration()
