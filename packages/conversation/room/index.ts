export * from './face.ts'
export * from './room-seat.ts'
export {
  openRoomTalk,
  type RoomTalk,
  type RoomTalkHooks,
  type RoomTalkLogger,
  type RoomTalkPorts,
} from './room-talk.ts'
