export * from './face.ts'
export * from './room-seat.ts'
export { openRoomTalk } from './room-talk.ts'
export type { RoomTalk, RoomTalkHooks, RoomTalkLogger, RoomTalkPorts } from './talk-ports.ts'
