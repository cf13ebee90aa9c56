export * from './face.ts'
export * from './room-seat.ts'
