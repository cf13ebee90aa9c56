import type { Room } from '@livekit/rtc-node'
import { orAbort } from './or-abort.ts'

const partingMs = 3000

/** Never throws and never takes long: a server that is gone does not answer a goodbye. */
export async function leaveRoom(room: Room): Promise<void> {
  await orAbort(room.disconnect(), AbortSignal.timeout(partingMs)).catch(() => {})
  forgetRoom(room)
}

/**
 * Takes a room that is over off the events of the process and frees its handle: rtc-node 1.1 does neither when the server ended
 * the connection, and would keep the room, and ask it about every event, as long as the process lives.
 */
export function forgetRoom(room: Room): void {
  const client: unknown = Reflect.get(globalThis, '_ffiClientInstance')
  const off: unknown = Object(client).off
  if (typeof off === 'function') off.call(client, 'ffi_event', Reflect.get(room, 'onFfiEvent'))
  room.removeAllListeners()
  const handle: unknown = Reflect.get(room, 'ffiHandle')
  const dispose: unknown = Object(handle).dispose
  if (typeof dispose === 'function') dispose.call(handle)
}
