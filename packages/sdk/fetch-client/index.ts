export {
  type ApiResponse,
  BlobApiResponse,
  JSONApiResponse,
  type ResponseTransformer,
  TextApiResponse,
  VoidApiResponse,
} from './answers.ts'
export { BaseAPI } from './base-api.ts'
export * from './configuration.ts'
export { FetchError, RequiredError, ResponseError } from './errors.ts'
export type * from './request-types.ts'
