export * from './knowledge-store.ts'
