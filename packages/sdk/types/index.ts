export type * from './open-answers.ts'
export type * from './operations.ts'
