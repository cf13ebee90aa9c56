import type { ShapeError } from './fields.ts'

/** An answer that came, whole, with its text. */
export interface HTTPMeta {
  response: Response
  body: string
}

/** Every answer that is an error (contracts 3.8). */
export class GramError extends Error {
  override name = 'GramError'
  readonly statusCode: number
  readonly body: string
  readonly headers: Headers
  /** Empty when there was none. */
  readonly contentType: string
  /** Its body is read already. */
  readonly rawResponse: Response

  constructor(message: string, { response, body }: HTTPMeta, options?: ErrorOptions) {
    super(message, options)
    this.statusCode = response.status
    this.body = body
    this.headers = response.headers
    this.contentType = response.headers.get('content-type') ?? ''
    this.rawResponse = response
  }
}

/** The body of a refusal as it is on the wire; `name` is the wire's, such as `unauthorized`. */
export interface ServiceErrorData {
  fault: boolean
  id: string
  message: string
  name: string
  temporary: boolean
  timeout: boolean
}

/** A refusal of the server in its own form: 400, 401, 403, 404, 409, 415, 422, 500 or 502 as JSON. */
export class ServiceError extends GramError {
  override name = 'ServiceError'
  readonly fault: boolean
  readonly id: string
  readonly temporary: boolean
  readonly timeout: boolean
  readonly data$: ServiceErrorData

  constructor(data: ServiceErrorData, meta: HTTPMeta) {
    super(data.message, meta)
    this.fault = data.fault
    this.id = data.id
    this.temporary = data.temporary
    this.timeout = data.timeout
    this.data$ = data
  }
}

/** Any other answer: 429, 503, plain text, or a success that is not the expected one. */
export class APIError extends GramError {
  override name = 'APIError'

  constructor(meta: HTTPMeta) {
    super(`Unexpected answer: status ${meta.response.status}, ${meta.response.headers.get('content-type')}`, meta)
  }
}

/** The status and the content type are right, the body is not. */
export class ResponseValidationError extends GramError {
  override name = 'ResponseValidationError'
  /** What came, read as JSON, or the text where it is none. */
  readonly rawValue: unknown
  readonly rawMessage = 'The answer has the wrong shape'

  constructor(cause: Error, rawValue: unknown, meta: HTTPMeta) {
    super(cause.message, meta, { cause })
    this.rawValue = rawValue
  }

  /** What is wrong, a line for each field. */
  pretty(): string {
    return linesOf(this)
  }
}

/** What was asked has the wrong types. Nothing was sent. */
export class SDKValidationError extends Error {
  override name = 'SDKValidationError'
  /** What was given. */
  readonly rawValue: unknown
  readonly rawMessage = 'The input has the wrong shape'

  constructor(cause: Error, rawValue: unknown) {
    super(cause.message, { cause })
    this.rawValue = rawValue
  }

  /** What is wrong, a line for each field. */
  pretty(): string {
    return linesOf(this)
  }
}

function linesOf({ rawMessage, cause, message }: ResponseValidationError | SDKValidationError): string {
  return [rawMessage, ...((cause as Partial<ShapeError>).issues ?? [message])].join('\n- ')
}
