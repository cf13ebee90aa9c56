export type { AnswerMode, Citation } from '@parlor/protocol'
export * from './brain.ts'
export * from './brain-by-model.ts'
export * from './cite-passage.ts'
