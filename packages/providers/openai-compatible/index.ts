export * from './model-brain.ts'
