import type { LiveKitServer } from '../harness/start-livekit.ts'
import { signForLiveKit } from './sign-for-livekit.ts'

/** Names of the rooms on a media server. */
export async function listRooms(livekit: LiveKitServer): Promise<string[]> {
  const { rooms = [] } = await askRooms<{ rooms?: { name: string }[] }>(livekit, 'ListRooms', {})
  return rooms.map(({ name }) => name)
}

/** Asks a media server as its operator does (its RoomService, over HTTP). @throws Error when it refuses. */
export async function askRooms<Body>(
  livekit: LiveKitServer,
  what: string,
  body: { room?: string; [name: string]: unknown },
): Promise<Body> {
  const video = { roomList: true, roomCreate: true, roomAdmin: true, ...(body.room && { room: body.room }) }
  const answer = await fetch(`${livekit.url.replace('ws', 'http')}/twirp/livekit.RoomService/${what}`, {
    method: 'POST',
    headers: {
      authorization: `Bearer ${signForLiveKit(livekit, { sub: 'operator', video })}`,
      'content-type': 'application/json',
    },
    body: JSON.stringify(body),
  })
  if (!answer.ok) throw new Error(`${what} answered ${answer.status}`)
  return (await answer.json()) as Body
}
