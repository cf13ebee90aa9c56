export * from './memory-knowledge-store.ts'
