export {
  type CallOptions,
  NoAnswerError,
  type NoAnswerReason,
  ParlorCore,
  type ParlorOptions,
  ParlorRequestError,
  type Refusal,
  readInterface,
  type UploadDocumentRequest,
  unwrap,
} from './functions/index.ts'
export * from './parlor/index.ts'
export type * from './types/index.ts'
