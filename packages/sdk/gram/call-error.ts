import type {
  ConnectionError,
  InvalidRequestError,
  RequestAbortedError,
  RequestTimeoutError,
  UnexpectedClientError,
} from './client-errors.ts'
import type { APIError, ResponseValidationError, SDKValidationError, ServiceError } from './errors.ts'

/** Everything a call can fail with. */
export type CallError =
  | ServiceError
  | APIError
  | ResponseValidationError
  | SDKValidationError
  | ConnectionError
  | RequestTimeoutError
  | RequestAbortedError
  | InvalidRequestError
  | UnexpectedClientError
