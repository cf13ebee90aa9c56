import type { RoomServer, RoomWish } from '@parlor/core/room'
import type { RoomServiceClient } from 'livekit-server-sdk'
import { loadServerSdk } from './load-server-sdk.ts'
import { callBoundMs, isMissing, mediaFault } from './media-fault.ts'
import { opensRooms } from './opens-rooms.ts'
import { makeHintReader } from './read-hint.ts'
import { signGrant } from './sign-grant.ts'

export interface LiveKitAccess {
  /** `ws:`, `wss:`, `http:` or `https:`, without a path. */
  url: string
  key: string
  secret: string
}

/**
 * LiveKit's own interface for its rooms. Every call that asks the server ends within five seconds, with `unavailable` where it
 * did not answer or refused the key. Importing and opening it asks nothing.
 */
export function openRoomServer(access: LiveKitAccess): RoomServer {
  const { key, secret } = access
  const joined = withoutSlash(access.url.replace(/^http/, 'ws'))
  const asked = joined.replace(/^ws/, 'http')
  // Its way of trying other regions waits longer than a caller does, and is for the vendor's own hosting.
  const options = { requestTimeout: callBoundMs / 1000, failover: false }
  const call = async <T>(what: (service: RoomServiceClient) => Promise<T>, ...missing: [] | [T]): Promise<T> => {
    const { RoomServiceClient } = await loadServerSdk()
    return told(what(new RoomServiceClient(asked, key, secret, options)), ...missing)
  }
  return {
    url: joined,
    create: async (wish) => {
      await call((service) => service.createRoom(inItsWords(wish)))
    },
    remove: (room) => call((service) => service.deleteRoom(room).then(() => true), false),
    list: async () => {
      const rooms = await call((service) => service.listRooms())
      return rooms.map(({ name, creationTime, creationTimeMs }) => ({
        name,
        createdAt: Number(creationTimeMs) || Number(creationTime) * 1000,
      }))
    },
    listPeople: async (room) => {
      const people = await call((service) => service.listParticipants(room), [])
      return people.map(({ identity }) => identity)
    },
    grant: (wish) => signGrant({ key, secret }, wish),
    opensRoomsByItself: () => opensRooms(asked, { key, secret }),
    readHint: makeHintReader({ key, secret }),
  }
}

function inItsWords({ room, emptySeconds, leftSeconds, mostPeople }: RoomWish) {
  return { name: room, emptyTimeout: emptySeconds, departureTimeout: leftSeconds, maxParticipants: mostPeople }
}

/** What a call resolves with; `missing`, where it is given, when the server says that there is no such room. */
async function told<T>(answer: Promise<T>, ...missing: [] | [T]): Promise<T> {
  try {
    return await answer
  } catch (error) {
    if (missing.length === 1 && isMissing(error)) return missing[0]
    throw mediaFault(error)
  }
}

function withoutSlash(url: string): string {
  return url.replace(/\/+$/, '')
}
