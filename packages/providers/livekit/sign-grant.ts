import type { GrantWish, RoomPart } from '@parlor/core/room'
import type { VideoGrant } from 'livekit-server-sdk'
import { loadServerSdk, type ServerSdk } from './load-server-sdk.ts'

export interface SigningKey {
  key: string
  secret: string
}

const join: VideoGrant = { roomJoin: true, canPublish: true, canSubscribe: true, canPublishData: true }

/**
 * Nobody may make, list or run rooms, and nobody may register as a worker, to whom LiveKit would hand other rooms. An agent may
 * tell what it is doing, which LiveKit keeps in its participant's attributes.
 */
function rightsOf(part: RoomPart, { TrackSource }: ServerSdk): VideoGrant {
  const { MICROPHONE, CAMERA } = TrackSource
  if (part === 'consumer') return { ...join, canPublishSources: [MICROPHONE] }
  return { ...join, canPublishSources: [MICROPHONE, CAMERA], canUpdateOwnMetadata: true }
}

/**
 * A LiveKit token for one person in one room, over at `expiresAt`, cut to the second. LiveKit itself takes one up to a minute
 * longer, and puts nobody out who is in: that is what removing the room is for.
 */
export async function signGrant({ key, secret }: SigningKey, wish: GrantWish): Promise<string> {
  const { identity, name, room, part, expiresAt, onBehalfOf } = wish
  const sdk = await loadServerSdk()
  const token = new sdk.AccessToken(key, secret, { identity, name })
  // Its own option counts from the moment of signing, which may be a second later by then.
  Object.assign(token, { ttl: new Date(expiresAt) })
  token.addGrant({ ...rightsOf(part, sdk), room })
  if (part !== 'consumer') token.kind = 'agent'
  if (onBehalfOf !== undefined) token.attributes = { 'lk.publish_on_behalf': onBehalfOf }
  return token.toJwt()
}
