export * from './faults.ts'
export * from './retry.ts'
export * from './send.ts'
