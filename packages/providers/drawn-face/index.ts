export * from './drawn-faces.ts'
