import type { Requester } from './options.ts'

type BeforeRequest = (request: Request) => Request | undefined | Promise<Request | undefined> | Promise<void> | void
type OnRequestError = (error: unknown, request: Request) => void | Promise<void>
type OnResponse = (response: Response, request: Request) => void | Promise<void>

interface Hooks {
  beforeRequest: BeforeRequest[]
  requestError: OnRequestError[]
  response: OnResponse[]
}

export interface HTTPClientOptions {
  /** In place of the global `fetch`. */
  fetcher?: ((request: Request) => Promise<Response>) | undefined
}

/**
 * Takes every try of a call to the server, with whatever is hooked in: a request may be looked at or exchanged before it is sent, an
 * answer or a failure looked at.
 * @example
 * const httpClient = new HTTPClient()
 * httpClient.addHook('response', (response) => console.log(response.status))
 * const gram = new Gram({ httpClient })
 */
export class HTTPClient implements Requester {
  readonly #options: HTTPClientOptions
  readonly #hooks: Hooks = { beforeRequest: [], requestError: [], response: [] }

  constructor(options: HTTPClientOptions = {}) {
    this.#options = options
  }

  async request(given: Request): Promise<Response> {
    let request = given
    for (const hook of this.#hooks.beforeRequest) request = (await hook(request)) ?? request
    let response: Response
    try {
      response = await (this.#options.fetcher ?? fetch)(request)
    } catch (error) {
      for (const hook of this.#hooks.requestError) await hook(error, request)
      throw error
    }
    for (const hook of this.#hooks.response) await hook(response, request)
    return response
  }

  addHook<Name extends keyof Hooks>(name: Name, hook: Hooks[Name][number]): this {
    const hooks = this.#hooks[name] as Hooks[Name][number][]
    hooks.push(hook)
    return this
  }

  removeHook<Name extends keyof Hooks>(name: Name, hook: Hooks[Name][number]): this {
    const hooks = this.#hooks[name] as Hooks[Name][number][]
    const index = hooks.indexOf(hook)
    if (index >= 0) hooks.splice(index, 1)
    return this
  }

  /** Another with the same hooks, which then go their own ways. */
  clone(): HTTPClient {
    const copy = new HTTPClient(this.#options)
    for (const name of Object.keys(this.#hooks) as (keyof Hooks)[]) {
      for (const hook of this.#hooks[name]) copy.addHook(name, hook)
    }
    return copy
  }
}
