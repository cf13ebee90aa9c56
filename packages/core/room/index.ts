export * from './room-desk.ts'
export * from './room-name.ts'
export * from './room-server.ts'
export * from './seat-store.ts'
