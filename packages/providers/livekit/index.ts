export * from './room-door.ts'
export * from './room-server.ts'
