/** What an answer other than 2xx says of itself. */
export interface Fault {
  status: number
  /** The wire's code, such as `NOT_FOUND`; `HTTP_<status>` when the body had none. */
  code: string
  message: string
  /** What to give the operator, when there is one. */
  requestId: string | undefined
}

/** Reads a fault from a copy of the answer, so that its body stays unread: out of `error` where that is an object, else from the top. */
export async function readFault(response: Response): Promise<Fault> {
  const body = asObject(
    await response
      .clone()
      .json()
      .catch(() => null),
  )
  const inner = typeof body.error === 'object' && body.error !== null ? asObject(body.error) : body
  const { status, statusText } = response
  return {
    status,
    code: asText(inner.code) ?? `HTTP_${status}`,
    message: asText(inner.message) ?? (statusText || 'Request failed'),
    requestId: asText(inner.request_id) ?? asText(body.request_id),
  }
}

function asObject(value: unknown): Record<string, unknown> {
  return typeof value === 'object' && value !== null ? (value as Record<string, unknown>) : {}
}

function asText(value: unknown): string | undefined {
  return typeof value === 'string' && value !== '' ? value : undefined
}

/** An answer other than 2xx. The body of `response` is unread (contracts 1.6, E19). */
export class ResponseError extends Error {
  override name = 'ResponseError'
  readonly response: Response
  /** The HTTP status. */
  readonly status: number
  /** The wire's code; `HTTP_<status>` when the body had none. */
  readonly code: string
  readonly requestId: string | undefined

  constructor(response: Response, message = 'Response returned an error code', fault?: Partial<Fault>) {
    super(message)
    this.response = response
    this.status = response.status
    this.code = fault?.code ?? `HTTP_${response.status}`
    this.requestId = fault?.requestId
  }
}

/** No answer came. `cause` is what the runtime threw, an abort too. */
export class FetchError extends Error {
  override name = 'FetchError'
  override cause: Error

  constructor(cause: Error, message = 'The request failed and nothing answered in its place.') {
    super(message)
    this.cause = cause
  }
}

/** An argument that is required was null or undefined; nothing was sent. */
export class RequiredError extends Error {
  override name = 'RequiredError'
  readonly field: string

  constructor(field: string, message = `Required parameter "${field}" was null or undefined.`) {
    super(message)
    this.field = field
  }
}
