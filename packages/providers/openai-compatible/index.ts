export * from './model-brain.ts'
export { SpeechFault } from './speech-fault.ts'
export * from './speech-voice.ts'
export * from './transcription-ears.ts'
