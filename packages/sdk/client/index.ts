export type * from './answers.ts'
export * from './parlor-client.ts'
export * from './parlor-request-error.ts'
