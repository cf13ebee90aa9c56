import type { ChatSessionsSecurity } from './security.ts'

/** When a request is made again: contracts 3.8, "Retries". All times in milliseconds. */
export type RetryConfig =
  | { strategy: 'none' }
  | {
      strategy: 'backoff'
      backoff?: Partial<BackoffStrategy> | undefined
      /** Also connections that failed and time-outs. */
      retryConnectionErrors?: boolean | undefined
    }

/** Before retry number k, from 0: `initialInterval` times k to the power of `exponent`, plus up to a second by chance, `maxInterval` at most. */
export interface BackoffStrategy {
  /** 500 unless said. */
  initialInterval: number
  /** 60,000 unless said; also the most that `Retry-After` is heeded for. */
  maxInterval: number
  /** 1.5 unless said. */
  exponent: number
  /** 3,600,000 unless said. After it, the last answer is the answer. */
  maxElapsedTime: number
}

/** Where debug lines go; `console` is one. Keys, tokens and bodies are not among them. */
export interface Logger {
  group(label?: string): void
  groupEnd(): void
  log(message: unknown, ...more: unknown[]): void
}

/** Whatever takes a request to the server. */
export interface Requester {
  request(request: Request): Promise<Response>
}

/** What a client is made with. */
export interface SDKOptions {
  httpClient?: Requester | undefined
  /** Which of `ServerList`, when `serverURL` is not given. */
  serverIdx?: number | undefined
  /** Where Parlor is reached; a path in it is kept. Else `GRAM_API_URL`, `PARLOR_BASE_URL`, or the first of `ServerList`. */
  serverURL?: string | URL | undefined
  /** In place of the SDK's own; not in browsers, which send theirs. */
  userAgent?: string | undefined
  /** No retries unless said. */
  retryConfig?: RetryConfig | undefined
  /** For each try, in milliseconds; none unless said. */
  timeoutMs?: number | undefined
  /** `console` when `GRAM_DEBUG` is set. */
  debugLogger?: Logger | undefined
  /** What every call that brings none is authorized with. Else the key in `GRAM_API_KEY`. */
  security?: ChatSessionsSecurity | undefined
}

type FetchOptions = Omit<RequestInit, 'method' | 'body'>

/** What one call changes of what its client was made with, beside the fields of `RequestInit`. */
export interface RequestOptions extends Omit<FetchOptions, 'headers'> {
  /** For each try, in milliseconds. */
  timeoutMs?: number | undefined
  retries?: RetryConfig | undefined
  /** Statuses worth another try, such as `429` or `5XX`; 429, 500, 502, 503 and 504 unless said. */
  retryCodes?: readonly (string | number)[] | undefined
  serverURL?: string | URL | undefined
  /** Sent over those of the SDK. */
  headers?: HeadersInit | undefined
  /** The older form: the fields of `RequestInit` one level down. Those beside it win. */
  fetchOptions?: FetchOptions | undefined
}
