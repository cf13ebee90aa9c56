export { createRooms, type Rooms } from './create-rooms.ts'
export { registerWebhook, type WebhookPorts } from './register-webhook.ts'
export type { GivenHost, RoomDesk } from './room-desk.ts'
export type { RoomsPorts, TalkHooks } from './rooms-ports.ts'
