export * from './transcript-store.ts'
