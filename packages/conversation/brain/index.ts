export * from './brain.ts'
