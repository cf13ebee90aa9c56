export * from './ears.ts'
export * from './voice.ts'
