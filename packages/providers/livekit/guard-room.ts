import type { Room } from '@livekit/rtc-node'

/**
 * rtc-node 1.1 hands every event of the process to every room, behind a lock, and an event that it cannot place (a track of
 * somebody who left a moment ago) becomes a rejection nobody can catch, which ends the process. Until it does otherwise: a room
 * sees the events that are about rooms, and what it cannot place is dropped. Call it before `connect`.
 */
export function guardEvents(room: Room): void {
  const take: unknown = Reflect.get(room, 'onFfiEvent')
  if (typeof take !== 'function') return
  Reflect.set(room, 'onFfiEvent', (event: { message: { case?: string } }) => {
    const about = event.message.case
    if (about === 'roomEvent' || about === 'rpcMethodInvocation') void settle(take(event))
  })
}

/** The same for calls of others that arrive while the connection goes away. Call it after `connect`. */
export function guardCalls(room: Room): void {
  const person = room.localParticipant
  const answer: unknown = person && Reflect.get(person, 'handleRpcMethodInvocation')
  if (!person || typeof answer !== 'function') return
  Reflect.set(person, 'handleRpcMethodInvocation', (...call: unknown[]) => settle(answer.apply(person, call)))
}

async function settle(work: unknown): Promise<void> {
  try {
    await work
  } catch {
    // Best effort, as all that comes from a room.
  }
}
