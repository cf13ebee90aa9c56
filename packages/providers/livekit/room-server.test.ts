import { randomUUID } from 'node:crypto'
import { once } from 'node:events'
import { createServer } from 'node:http'
import { createServer as createTcpServer } from 'node:net'
import type { ParlorError } from '@parlor/core/errors'
import type { GrantWish, RoomServer } from '@parlor/core/room'
import { RoomServiceClient, TrackSource } from 'livekit-server-sdk'
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest'
import { findServer } from '../../../tools/livekit/find-server.ts'
import { type LiveKitServer, runServer } from '../../../tools/livekit/run-server.ts'
import { openRoomServer } from './index.ts'
import { loadRtc } from './load-rtc.ts'

const found = await findServer()
const minute = 60_000

/** A room of this test alone. */
const newRoom = (name = `prl_${randomUUID()}`) => ({ room: name, emptySeconds: 60, leftSeconds: 20, mostPeople: 3 })

const visitor = (room: string, more: Partial<GrantWish> = {}): GrantWish => ({
  room,
  part: 'consumer',
  identity: 'visitor',
  name: 'A visitor',
  expiresAt: Math.ceil(Date.now() / 1000) * 1000 + 10 * minute,
  ...more,
})

const joined: { disconnect(): Promise<void> }[] = []
afterEach(async () => {
  for (const room of joined.splice(0)) await room.disconnect().catch(() => {})
})

/** A real participant; resolves with its room once it is in. */
async function join(url: string, token: string) {
  const { Room } = await loadRtc()
  const room = new Room()
  await room.connect(url, token, { autoSubscribe: true, dynacast: false })
  joined.push(room)
  return room
}

const claimsOf = (token: string) => JSON.parse(Buffer.from(token.split('.')[1] ?? '', 'base64url').toString())

describe.skipIf('reason' in found)('on a LiveKit that makes no rooms by itself', () => {
  let media: LiveKitServer
  let rooms: RoomServer
  beforeAll(async () => {
    media = await runServer()
    rooms = openRoomServer(media)
  })
  afterAll(() => media?.stop())

  const asConsumer = async (token: string, method: string, body: object): Promise<number> => {
    const address = `http://127.0.0.1:${media.port}/twirp/livekit.RoomService/${method}`
    const headers = { 'content-type': 'application/json', authorization: `Bearer ${token}` }
    return (await fetch(address, { method: 'POST', headers, body: JSON.stringify(body) })).status
  }
  const mayJoin = async (token: string): Promise<number> =>
    (await fetch(`http://127.0.0.1:${media.port}/rtc/validate?access_token=${token}`)).status

  test('a room is made, listed with the time it was made, and joined by who has a grant for it', async () => {
    const before = Date.now()
    const { room } = newRoom()
    await rooms.create(newRoom(room))
    const listed = (await rooms.list()).find(({ name }) => name === room)
    expect(Math.abs((listed?.createdAt ?? 0) - before)).toBeLessThan(5000)
    expect(await rooms.listPeople(room)).toEqual([])
    const inside = await join(rooms.url, await rooms.grant(visitor(room)))
    expect(inside.name).toBe(room)
    expect(inside.localParticipant?.name).toBe('A visitor')
    expect(await rooms.listPeople(room)).toEqual(['visitor'])
  })

  test('removing a room puts everybody out, and the same token does not get back in', async () => {
    const { room } = newRoom()
    await rooms.create(newRoom(room))
    const token = await rooms.grant(visitor(room))
    const inside = await join(rooms.url, token)
    const { RoomEvent } = await loadRtc()
    const out = once(inside, RoomEvent.Disconnected)
    await rooms.remove(room)
    await out
    expect((await rooms.list()).map(({ name }) => name)).not.toContain(room)
    expect(await rooms.listPeople(room)).toEqual([])
    await expect(join(rooms.url, token)).rejects.toThrow()
    expect(await mayJoin(token)).toBe(404)
    expect((await rooms.list()).map(({ name }) => name)).not.toContain(room)
  })

  test('a room may be removed twice, and one that never was as well', async () => {
    const { room } = newRoom()
    await rooms.create(newRoom(room))
    expect(await rooms.remove(room)).toBe(true)
    expect(await rooms.remove(room)).toBe(false)
    expect(await rooms.remove('prl_never')).toBe(false)
    expect(await rooms.listPeople('prl_never')).toEqual([])
  })

  test('a consumer can neither make nor list nor remove rooms, nor put anybody out, nor join another room', async () => {
    const [own, other] = [newRoom(), newRoom()]
    await rooms.create(own)
    await rooms.create(other)
    const token = await rooms.grant(visitor(own.room))
    expect(await mayJoin(token)).toBe(200)
    expect(await asConsumer(token, 'CreateRoom', { name: 'mine' })).toBe(401)
    expect(await asConsumer(token, 'ListRooms', {})).toBe(401)
    for (const room of [own.room, other.room]) {
      expect(await asConsumer(token, 'DeleteRoom', { room })).toBe(401)
      expect(await asConsumer(token, 'ListParticipants', { room })).toBe(401)
      expect(await asConsumer(token, 'RemoveParticipant', { room, identity: 'visitor' })).toBe(401)
    }
    const elsewhere = await fetch(
      `http://127.0.0.1:${media.port}/rtc/validate?room=${other.room}&access_token=${token}`,
    )
    const inside = await join(rooms.url, token)
    // LiveKit hears a room in the address, and lets the token decide.
    expect([elsewhere.status, inside.name]).toEqual([200, own.room])
    expect(await rooms.listPeople(other.room)).toEqual([])
  })

  test('only the agent and the avatar may publish a picture', async () => {
    const { room } = newRoom()
    await rooms.create(newRoom(room))
    const { LocalVideoTrack, TrackPublishOptions, TrackSource: Source, VideoSource } = await loadRtc()
    const avatar = await join(rooms.url, await rooms.grant(visitor(room, { part: 'avatar', identity: 'avatar' })))
    const picture = LocalVideoTrack.createVideoTrack('picture', new VideoSource(16, 16))
    const options = new TrackPublishOptions({ source: Source.SOURCE_CAMERA })
    expect((await avatar.localParticipant?.publishTrack(picture, options))?.sid).toMatch(/^TR_/)
    await join(rooms.url, await rooms.grant(visitor(room)))
    // The client of somebody who is refused waits ten seconds before it says so; the server says at once what it will refuse.
    const service = new RoomServiceClient(rooms.url, media.key, media.secret)
    const sourcesOf = async (identity: string) =>
      (await service.getParticipant(room, identity)).permission?.canPublishSources
    expect(await sourcesOf('avatar')).toEqual([TrackSource.MICROPHONE, TrackSource.CAMERA])
    expect(await sourcesOf('visitor')).toEqual([TrackSource.MICROPHONE])
  })

  test('a grant names its right, its room and its end to the second, and nothing more', async () => {
    const wish = visitor('prl_r')
    const { iat: _, nbf, ...claims } = claimsOf(await rooms.grant(wish))
    expect(nbf).toBeLessThanOrEqual(Date.now() / 1000)
    expect(claims).toEqual({
      iss: media.key,
      sub: 'visitor',
      name: 'A visitor',
      exp: wish.expiresAt / 1000,
      video: {
        roomJoin: true,
        room: 'prl_r',
        canPublish: true,
        canPublishSources: ['microphone'],
        canSubscribe: true,
        canPublishData: true,
      },
    })
  })

  test('an avatar counts as an agent and says for whom it speaks', async () => {
    const grant = async (more: Partial<GrantWish>) => claimsOf(await rooms.grant(visitor('prl_r', more)))
    const avatar = await grant({ part: 'avatar', onBehalfOf: 'the-agent' })
    expect([avatar.kind, avatar.attributes]).toEqual(['agent', { 'lk.publish_on_behalf': 'the-agent' }])
    const agent = await grant({ part: 'agent' })
    expect([agent.kind, agent.attributes, agent.video.agent]).toEqual(['agent', undefined, undefined])
    expect((await grant({ part: 'consumer' })).kind).toBeUndefined()
  })

  test('an agent takes nobody’s place: people fill the room, and it still comes in', async () => {
    const { room } = newRoom()
    await rooms.create({ ...newRoom(room), mostPeople: 1 })
    await join(rooms.url, await rooms.grant(visitor(room)))
    await expect(join(rooms.url, await rooms.grant(visitor(room, { identity: 'second' })))).rejects.toThrow()
    await join(rooms.url, await rooms.grant(visitor(room, { identity: 'the-agent', part: 'agent' })))
    expect((await rooms.listPeople(room)).sort()).toEqual(['the-agent', 'visitor'])
  })

  test('a grant that is over lets nobody in', async () => {
    const { room } = newRoom()
    await rooms.create(newRoom(room))
    // LiveKit lets a token live a minute longer.
    const past = await rooms.grant(visitor(room, { expiresAt: Date.now() - 2 * minute }))
    expect(await mayJoin(past)).toBe(401)
    await expect(join(rooms.url, past)).rejects.toThrow()
  })

  test('it opens no rooms by itself', async () => {
    expect(await rooms.opensRoomsByItself()).toBe(false)
    expect((await rooms.list()).filter(({ name }) => name.startsWith('nowhere'))).toEqual([])
  })

  test('its address may be given as http, and with a slash at its end', async () => {
    const again = openRoomServer({ ...media, url: `http://127.0.0.1:${media.port}/` })
    expect(again.url).toBe(media.url)
    expect(Array.isArray(await again.list())).toBe(true)
    expect(await again.opensRoomsByItself()).toBe(false)
  })

  test('a wrong secret is said to be wrong, and no token is told in the cause', async () => {
    const wrong = openRoomServer({ ...media, secret: 'w'.repeat(40) })
    for (const fault of await faultsOf(wrong)) {
      expect(fault.code).toBe('unavailable')
      expect(fault.message).toContain('LIVEKIT_API_SECRET')
      expect(String(fault.cause)).toContain('401')
      expect(String(fault.cause)).not.toContain('eyJ')
    }
  })
})

test.skipIf('reason' in found)(
  'where LiveKit makes rooms by itself, it is said, and removing keeps nobody out',
  async () => {
    await using media = await runServer({ opensRoomsByItself: true })
    const rooms = openRoomServer(media)
    expect(await rooms.opensRoomsByItself()).toBe(true)
    expect(await rooms.list()).toEqual([])
    const { room } = newRoom()
    await rooms.create(newRoom(room))
    const token = await rooms.grant(visitor(room))
    await rooms.remove(room)
    expect((await join(rooms.url, token)).name).toBe(room)
  },
)

describe.skipIf('reason' in found)('a LiveKit that fails', () => {
  test('is unavailable while it is down, and serves again once it is back', async () => {
    await using media = await runServer()
    const rooms = openRoomServer(media)
    await rooms.create(newRoom())
    await media.kill()
    for (const fault of await faultsOf(rooms)) {
      expect(fault.code).toBe('unavailable')
      expect(fault.message).toContain('LIVEKIT_URL')
    }
    await media.start()
    expect(await rooms.list()).toEqual([])
    await rooms.create(newRoom())
  })

  test('is unavailable within five seconds or so where it stands still', async () => {
    await using media = await runServer()
    const rooms = openRoomServer(media)
    await rooms.list()
    media.signal('SIGSTOP')
    const began = performance.now()
    for (const fault of await faultsOf(rooms)) expect(fault.code).toBe('unavailable')
    expect(performance.now() - began).toBeLessThan(7000)
  })
})

test('something else that listens at LIVEKIT_URL is unavailable, whatever it answers', async () => {
  for (const status of [200, 404, 500]) {
    const stranger = createServer((_, response) => response.writeHead(status).end('<html>'))
    const rooms = openRoomServer({ url: await listening(stranger), key: 'key', secret: 's'.repeat(32) })
    await expect(rooms.create(newRoom())).rejects.toMatchObject({ code: 'unavailable' })
    await expect(rooms.list()).rejects.toMatchObject({ code: 'unavailable' })
    // A proxy's 404 says nothing of a room, so it must not pass for a room that is gone.
    if (status !== 200) await expect(rooms.remove('prl_x')).rejects.toMatchObject({ code: 'unavailable' })
    if (status !== 200) await expect(rooms.opensRoomsByItself()).rejects.toMatchObject({ code: 'unavailable' })
    stranger.close()
  }
  const mute = createTcpServer((socket) => socket.destroy())
  const rooms = openRoomServer({ url: await listening(mute), key: 'key', secret: 's'.repeat(32) })
  for (const fault of await faultsOf(rooms)) expect(fault.code).toBe('unavailable')
  mute.close()
})

async function listening(server: ReturnType<typeof createTcpServer>): Promise<string> {
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  const address = server.address()
  return `ws://127.0.0.1:${typeof address === 'object' ? address?.port : ''}`
}

/** What each call that asks the server throws, all begun at once; a call that throws nothing fails the test. */
async function faultsOf(rooms: RoomServer): Promise<ParlorError[]> {
  const calls = [
    rooms.create(newRoom()),
    rooms.remove('prl_x'),
    rooms.list(),
    rooms.listPeople('prl_x'),
    rooms.opensRoomsByItself(),
  ]
  const outcomes = await Promise.allSettled(calls)
  return outcomes.map((outcome) => {
    if (outcome.status === 'fulfilled') throw new Error('A call succeeded.')
    return outcome.reason
  })
}
