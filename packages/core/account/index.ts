export * from './account.ts'
export * from './account-store.ts'
export * from './authenticate-key.ts'
export * from './key.ts'
