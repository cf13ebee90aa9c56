export * from './await-everywhere.ts'
export * from './lease.ts'
export * from './node-store.ts'
export { shareNext } from './share-next.ts'
