export * from './answer-once.ts'
export * from './idempotency-store.ts'
