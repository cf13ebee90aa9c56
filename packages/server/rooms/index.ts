export { createRooms, type Rooms } from './create-rooms.ts'
export { nodeTimers } from './node-timers.ts'
export { registerWebhook, type WebhookPorts } from './register-webhook.ts'
export type { RoomsPorts, TalkHooks } from './rooms-ports.ts'
