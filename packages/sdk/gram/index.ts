export type { CallError } from './call-error.ts'
export * from './client-errors.ts'
export { GramCore, ServerList } from './core.ts'
export {
  APIError,
  GramError,
  ResponseValidationError,
  SDKValidationError,
  ServiceError,
  type ServiceErrorData,
} from './errors.ts'
export { type ChatSessions, Gram } from './gram.ts'
export { HTTPClient, type HTTPClientOptions } from './http-client.ts'
export type {
  CreateChatSessionRequest,
  CreateChatSessionSecurity,
  CreateRequestBody,
  CreateResponseBody,
  RevokeChatSessionRequest,
  RevokeChatSessionSecurity,
} from './models.ts'
export type { BackoffStrategy, Logger, Requester, RequestOptions, RetryConfig, SDKOptions } from './options.ts'
export type { APICall, APIPromise, Result } from './result.ts'
export type { ChatSessionsSecurity, Credentials, KeySecurity, SessionSecurity } from './security.ts'
