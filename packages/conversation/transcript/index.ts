export * from './read-resume.ts'
export * from './transcript-store.ts'
