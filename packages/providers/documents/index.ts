export { type ReaderOptions, workerReader } from './worker-reader.ts'
