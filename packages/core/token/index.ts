export * from './jwt.ts'
export * from './seal.ts'
export * from './signing-key-store.ts'
export * from './signing-keys.ts'
