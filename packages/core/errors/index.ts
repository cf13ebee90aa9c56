export * from './codes.ts'
export * from './parlor-error.ts'
