export * from './clock-of-store.ts'
export * from './cluster.ts'
export * from './join-cluster.ts'
