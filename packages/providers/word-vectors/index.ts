export * from './open-word-vectors.ts'
