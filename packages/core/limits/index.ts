export * from './duration.ts'
export * from './token-bucket.ts'
