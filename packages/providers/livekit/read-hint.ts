import { ParlorError } from '@parlor/core/errors'
import type { RoomHint, RoomServer } from '@parlor/core/room'
import type { WebhookEvent } from 'livekit-server-sdk'
import { loadServerSdk } from './load-server-sdk.ts'
import type { SigningKey } from './sign-grant.ts'

/** Reads LiveKit's webhooks: the signature is over the very bytes that came, so `body` must be the text as it was sent. */
export function makeHintReader({ key, secret }: SigningKey): RoomServer['readHint'] {
  return async (body, authorization) => {
    const { WebhookReceiver } = await loadServerSdk()
    try {
      return inOurWords(await new WebhookReceiver(key, secret).receive(body, authorization))
    } catch (cause) {
      const message = 'This was not signed with LIVEKIT_API_SECRET. Give the webhook LIVEKIT_API_KEY as its api_key.'
      throw new ParlorError('invalid_key', { message, cause })
    }
  }
}

function inOurWords({ event, room, participant }: WebhookEvent): RoomHint | null {
  if (room === undefined) return null
  if (event === 'room_finished') return { type: 'finished', room: room.name }
  if (participant === undefined) return null
  const { identity } = participant
  if (event === 'participant_joined') return { type: 'joined', room: room.name, identity }
  const isOver = event === 'participant_left' || event === 'participant_connection_aborted'
  return isOver ? { type: 'left', room: room.name, identity } : null
}
