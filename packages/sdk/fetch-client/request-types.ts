export type FetchAPI = typeof fetch

export type HTTPMethod = 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE' | 'OPTIONS' | 'HEAD'

/** A header whose value is undefined is not sent. */
export type HTTPHeaders = { [name: string]: string | undefined }

type QueryValue = string | number | boolean | Date | null | undefined

export type HTTPQuery = {
  [name: string]: QueryValue | readonly QueryValue[] | ReadonlySet<QueryValue> | HTTPQuery
}

/** What is sent: a value that becomes JSON, or something that is a body already. */
export type HTTPBody = unknown

export interface HTTPRequestInit {
  method: HTTPMethod
  headers: Record<string, string>
  credentials?: RequestCredentials
  body?: HTTPBody
}

/** A request as an operation asks for it, before middleware. */
export interface RequestOpts {
  /** After the base path. */
  path: string
  method: HTTPMethod
  headers: HTTPHeaders
  query?: HTTPQuery
  body?: HTTPBody
}

export type InitOverrideFunction = (context: { init: HTTPRequestInit; context: RequestOpts }) => Promise<RequestInit>

/** What replaces parts of a single request. */
export type InitOverrides = RequestInit | InitOverrideFunction

export interface FetchParams {
  url: string
  init: RequestInit
}

export interface RequestContext extends FetchParams {
  fetch: FetchAPI
}

export interface ResponseContext extends RequestContext {
  response: Response
}

export interface ErrorContext extends RequestContext {
  /** What the runtime threw. */
  error: unknown
  /** What an earlier middleware answered in place of it. */
  response?: Response | undefined
}

/** Steps around each request. What a step returns replaces what it was given. */
export interface Middleware {
  pre?(context: RequestContext): Promise<FetchParams | undefined> | Promise<void>
  /** After every answer, whatever its status. */
  post?(context: ResponseContext): Promise<Response | undefined> | Promise<void>
  /** When no answer came; an answer it returns is used as if it had come. */
  onError?(context: ErrorContext): Promise<Response | undefined> | Promise<void>
}
