import { roomNameOf } from '@parlor/core/room'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { openRoomHouse, type RoomHouse } from './testing/room-house.ts'

let house: RoomHouse
beforeEach(async () => {
  house = await openRoomHouse()
})
afterEach(() => house.close())

async function open(changes: Parameters<RoomHouse['create']>[0] = {}) {
  const session = await house.create(changes)
  await house.rooms.desk.open(session)
  await house.pass(100)
  return session
}

async function visit(id: string, identity = 'guest') {
  house.media.rooms.get(roomNameOf(id))?.add(identity)
  house.media.seats.at(-1)?.tell.joined({ identity, name: '' })
  await house.pass(50)
}

const peopleIn = (id: string) => [...(house.media.rooms.get(roomNameOf(id)) ?? [])]

describe('an avatar that is put out', () => {
  it('comes back while the session is open, and goes on with the same visitor', async () => {
    const { id } = await open()
    await visit(id)
    house.media.rooms.get(roomNameOf(id))?.delete('avatar')
    house.media.seats[0]?.tell.lost('removed')
    await house.pass(1_000)
    expect(peopleIn(id)).toContain('avatar')
    expect(house.media.seats).toHaveLength(2)
    const { boundVisitorId, state } = await house.read(id)
    expect([state, house.talks[0]?.closed, house.talks[1]?.met]).toEqual(['live', 'left', [boundVisitorId]])
  })

  it('again and again gives up after some tries, and the session has failed', async () => {
    const { id } = await open()
    house.media.state.door = 'shut'
    house.media.rooms.get(roomNameOf(id))?.delete('avatar')
    house.media.seats[0]?.tell.lost('failed')
    await house.pass(60_000)
    expect(house.media.calls.join).toBeLessThan(12)
    expect(await house.read(id)).toMatchObject({ state: 'ended', reason: 'failed' })
    expect(await house.why(id)).toBe('the avatar could not join the room')
  })

  it('by another of its kind drops the session silently: it is looked after elsewhere', async () => {
    const { id } = await open()
    house.media.seats[0]?.tell.lost('replaced')
    await house.pass(1_000)
    expect(house.rooms.count()).toBe(0)
    expect((await house.read(id)).state).toBe('issued')
  })

  it('because everybody left and the room closed ends the session as stopped', async () => {
    const { id } = await open()
    await visit(id)
    house.media.seats[0]?.tell.left('guest')
    house.media.rooms.delete(roomNameOf(id))
    house.media.seats[0]?.tell.lost('removed')
    await house.pass(100)
    expect(await house.read(id)).toMatchObject({ reason: 'stopped' })
    expect(await house.why(id)).toBe('everybody left the room')
  })

  it('with everybody in it, by a media server that lost the room, ends the session as failed', async () => {
    const { id } = await open()
    await visit(id)
    house.media.rooms.delete(roomNameOf(id))
    house.media.seats[0]?.tell.lost('failed')
    await house.pass(100)
    expect(await house.read(id)).toMatchObject({ reason: 'failed' })
    expect(await house.why(id)).toBe('the media server lost the room')
  })
})

describe('a room without people', () => {
  it('to which nobody comes ends its session as failed, with the reason', async () => {
    const { id } = await open()
    await house.pass(90_000)
    expect((await house.read(id)).state).toBe('issued')
    await house.pass(6_000)
    expect(await house.read(id)).toMatchObject({ state: 'ended', reason: 'failed' })
    expect(await house.why(id)).toBe('nobody came to the room in time')
    expect(house.media.rooms.size).toBe(0)
  })

  it('keeps the avatar for those who come back soon, and ends as stopped when they do not', async () => {
    const { id } = await open()
    await visit(id)
    house.media.seats[0]?.tell.left('guest')
    await house.pass(15_000)
    await visit(id)
    await house.pass(30_000)
    expect((await house.read(id)).state).toBe('live')
    house.media.seats[0]?.tell.left('guest')
    await house.pass(26_000)
    expect(await house.read(id)).toMatchObject({ reason: 'stopped' })
    expect(await house.why(id)).toBe('everybody left the room')
  })
})

describe('a node that may serve nothing', () => {
  it('takes no part in any room at once, and takes its rooms again when it may', async () => {
    house.rooms.start()
    const { id } = await open()
    await visit(id)
    house.node.mayServe = false
    house.media.seats[0]?.tell.wrote('guest', 'are you there?')
    house.rooms.cutAll()
    expect(house.media.seats[0]?.hasLeft).toBe(true)
    await house.pass(5_000)
    expect(peopleIn(id)).toEqual(['guest'])
    expect(house.talks[0]?.wrote).toEqual([])
    house.node.mayServe = true
    await house.pass(3_000)
    expect(peopleIn(id)).toContain('avatar')
    expect(house.talks.at(-1)?.met).toHaveLength(1)
  })

  it('that stops leaves its rooms open, for another to take', async () => {
    const { id } = await open()
    await house.rooms.drain()
    expect(peopleIn(id)).toEqual([])
    expect(house.media.rooms.size).toBe(1)
    expect((await house.read(id)).state).toBe('issued')
  })
})

describe('a store that fails', () => {
  it('while somebody comes is asked again until they are admitted', async () => {
    const { id } = await open()
    house.node.store = 'down'
    await visit(id)
    house.node.store = 'up'
    await house.pass(1_500)
    expect((await house.read(id)).state).toBe('live')
    expect(house.talks[0]?.met).toHaveLength(1)
  })
})

describe('rooms and sessions that lost each other', () => {
  it('after a crash: rooms without an open session are removed, the others get their avatar again', async () => {
    const lasting = await open()
    const short = await open({ seconds: 5 })
    await house.rooms.drain()
    house.media.rooms.set('prl_unknown', new Set())
    house.media.rooms.set('somebody-elses', new Set())
    await house.pass(6_000)
    const other = await house.another()
    other.rooms.start()
    await house.pass(2_000)
    expect(house.media.rooms.has(roomNameOf(short.id))).toBe(false)
    expect([...house.media.rooms.keys()].sort()).toEqual([roomNameOf(lasting.id), 'somebody-elses'].sort())
    expect(peopleIn(lasting.id)).toEqual(['avatar'])
    expect(other.rooms.count()).toBe(1)
  })

  it('a session whose room is gone is ended, unless it was made a moment ago', async () => {
    house.rooms.start()
    const session = await house.create()
    await house.pass(10_000)
    expect((await house.read(session.id)).state).toBe('issued')
    await house.pass(15_000)
    expect(await house.read(session.id)).toMatchObject({ state: 'ended', reason: 'failed' })
    expect(await house.why(session.id)).toBe('the media server lost the room')
  })
})

describe('a media server that was started anew', () => {
  it('has no rooms, and the sessions end as failed even where their avatars hear nothing of it', async () => {
    house.rooms.start()
    const { id } = await open()
    await visit(id)
    await house.pass(20_000)
    house.media.rooms.clear()
    await house.pass(10_000)
    expect(await house.read(id)).toMatchObject({ state: 'ended', reason: 'failed' })
    expect(await house.why(id)).toBe('the media server lost the room')
  })
})

describe('a session on a customer’s media server', () => {
  const host = () => ({
    serverUrl: 'wss://media.example',
    sealedToken: Buffer.from(house.seal.close(Buffer.from('avatar prl_theirs ava'))).toString('base64'),
  })

  it('is joined with the token that was given, and makes no room of ours', async () => {
    house.media.rooms.set('prl_theirs', new Set())
    const { id } = await open({ terms: { host: host(), consumer: null } })
    expect(house.media.seats[0]?.wish).toMatchObject({
      serverUrl: 'wss://media.example/',
      token: 'avatar prl_theirs ava',
    })
    expect([house.media.calls.create, house.media.grants]).toEqual([0, []])
    expect(await house.rooms.desk.grant(await house.read(id))).toEqual({ consumer: null, remoteAgent: null })
  })

  it('ends as stopped when that server puts the avatar out', async () => {
    house.media.rooms.set('prl_theirs', new Set())
    const { id } = await open({ terms: { host: host() } })
    house.media.seats[0]?.tell.lost('removed')
    await house.pass(500)
    expect(await house.read(id)).toMatchObject({ reason: 'stopped' })
  })

  it('that never answers ends as failed, with the reason', async () => {
    house.media.state.door = 'shut'
    const { id } = await open({ terms: { host: host() } })
    await house.pass(60_000)
    expect(await house.read(id)).toMatchObject({ reason: 'failed' })
    expect(await house.why(id)).toBe('the avatar could not join the media server named as host')
  })

  it('whose door hangs ends as failed within a minute', async () => {
    house.media.state.door = 'hung'
    const { id } = await open({ terms: { host: host() } })
    await house.pass(60_000)
    expect(await house.read(id)).toMatchObject({ reason: 'failed' })
  })

  it('is left when the session ends, and taken again after a restart', async () => {
    house.media.rooms.set('prl_theirs', new Set())
    const { id } = await open({ terms: { host: host() } })
    await house.rooms.drain()
    const other = await house.another()
    other.rooms.start()
    await house.pass(100)
    expect(other.rooms.count()).toBe(1)
    await other.stop(id)
    expect(house.media.seats.every(({ hasLeft }) => hasLeft)).toBe(true)
  })
})
