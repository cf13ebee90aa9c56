export type { AnswerMode, Citation } from '@parlor/protocol'
export * from './brain.ts'
