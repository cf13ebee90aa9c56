import { NoAnswerError, never, send } from '../transport/index.ts'
import { isJson } from './answers.ts'
import { type Configuration, DefaultConfig } from './configuration.ts'
import { FetchError, ResponseError, readFault } from './errors.ts'
import type {
  FetchAPI,
  FetchParams,
  HTTPHeaders,
  HTTPRequestInit,
  InitOverrides,
  Middleware,
  RequestOpts,
} from './request-types.ts'

/** What every API class is: a configuration, middleware and one way to ask. No retries, no time limit. */
export class BaseAPI {
  protected configuration: Configuration
  #middleware: Middleware[]

  constructor(configuration: Configuration = DefaultConfig) {
    this.configuration = configuration
    this.#middleware = configuration.middleware
  }

  /** A copy with these steps after those it has; this one stays as it is. */
  withMiddleware(...steps: Middleware[]): this {
    // A subclass is made as this class is: every API class has this constructor.
    const copy = new (this.constructor as new (configuration: Configuration) => this)(this.configuration)
    copy.#middleware = [...this.#middleware, ...steps]
    return copy
  }

  withPreMiddleware(...steps: Middleware['pre'][]): this {
    return this.withMiddleware(...steps.map((pre): Middleware => (pre ? { pre } : {})))
  }

  withPostMiddleware(...steps: Middleware['post'][]): this {
    return this.withMiddleware(...steps.map((post): Middleware => (post ? { post } : {})))
  }

  /**
   * Makes the request and resolves to an answer of status 2xx.
   * @throws ResponseError for any other status
   * @throws FetchError when no answer came
   */
  protected async request(context: RequestOpts, initOverrides?: InitOverrides): Promise<Response> {
    const response = await this.#ask(await this.#prepare(context, initOverrides))
    if (response.status >= 200 && response.status < 300) return response
    const fault = await readFault(response)
    throw new ResponseError(response, fault.message, fault)
  }

  async #prepare(context: RequestOpts, overrides: InitOverrides = {}): Promise<FetchParams> {
    const { basePath, queryParamsStringify, credentials, headers } = this.configuration
    const query = queryParamsStringify(context.query ?? {})
    const url = `${basePath}${context.path}${query === '' ? '' : `?${query}`}`
    const init: HTTPRequestInit = {
      method: context.method,
      headers: given({ ...headers, ...context.headers }),
      ...(credentials !== undefined && { credentials }),
      ...(context.body !== undefined && { body: context.body }),
    }
    const wanted = typeof overrides === 'function' ? await overrides({ init, context }) : overrides
    const whole = { ...init, ...wanted }
    return { url, init: { ...whole, body: writeBody(whole.body, new Headers(whole.headers)) } as RequestInit }
  }

  async #ask(asked: FetchParams): Promise<Response> {
    const fetchApi: FetchAPI = this.configuration.fetchApi ?? ((url, init) => fetch(url, init))
    let params = asked
    for (const { pre } of this.#steps()) params = (await pre?.({ fetch: fetchApi, ...params })) || params
    const context = { fetch: fetchApi, ...params }
    let response = await send({ ...params, fetch: fetchApi, retry: never }).catch((error) =>
      this.#rescue(context, error),
    )
    for (const { post } of this.#steps())
      response = (await post?.({ ...context, response: response.clone() })) || response
    return response
  }

  async #rescue(context: FetchParams & { fetch: FetchAPI }, error: unknown): Promise<Response> {
    const thrown = error instanceof NoAnswerError && error.cause !== undefined ? error.cause : error
    let response: Response | undefined
    for (const { onError } of this.#steps())
      response = (await onError?.({ ...context, error: thrown, response: response?.clone() })) || response
    if (response) return response
    throw thrown instanceof Error ? new FetchError(thrown) : thrown
  }

  /** Called on the objects themselves: a step may be a method that needs its `this`. */
  #steps(): Middleware[] {
    return this.#middleware.map((step) => ({
      ...(step.pre && { pre: step.pre.bind(step) }),
      ...(step.post && { post: step.post.bind(step) }),
      ...(step.onError && { onError: step.onError.bind(step) }),
    }))
  }
}

function given(headers: HTTPHeaders): Record<string, string> {
  return Object.fromEntries(Object.entries(headers).filter((pair): pair is [string, string] => pair[1] !== undefined))
}

function writeBody(body: unknown, headers: Headers): unknown {
  const isWritten = typeof body === 'string' || body instanceof FormData || body instanceof URLSearchParams
  if (body === undefined || isWritten || body instanceof Blob) return body
  return isJson(headers.get('content-type')) ? JSON.stringify(body) : body
}
