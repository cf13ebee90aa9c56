export * from './extractive-brain.ts'
