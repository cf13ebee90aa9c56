/** No (whole) answer came. `cause` is what the runtime threw. */
export class HTTPClientError extends Error {
  override name = 'HTTPClientError'
}

/** The connection could not be made, or broke. */
export class ConnectionError extends HTTPClientError {
  override name = 'ConnectionError'
}

/** `timeoutMs` went by, or the caller's own signal timed out. */
export class RequestTimeoutError extends HTTPClientError {
  override name = 'RequestTimeoutError'
}

/** The caller's signal called it off. */
export class RequestAbortedError extends HTTPClientError {
  override name = 'RequestAbortedError'
}

/** What was asked cannot be written as a request: a URL, a header or an option of `fetch`. Nothing was sent. */
export class InvalidRequestError extends HTTPClientError {
  override name = 'InvalidRequestError'
}

/** The HTTP client threw something that is none of the above. */
export class UnexpectedClientError extends HTTPClientError {
  override name = 'UnexpectedClientError'
}
