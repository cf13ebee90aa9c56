export * from './espeak-voice.ts'
export * from './find-espeak.ts'
