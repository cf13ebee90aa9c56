import { roomNameOf } from '@parlor/core/room'
import { endSession } from '@parlor/core/session'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { openRoomHouse, type RoomHouse } from './testing/room-house.ts'

let house: RoomHouse
beforeEach(async () => {
  house = await openRoomHouse()
})
afterEach(() => house.close())

/** A session whose avatar sits in its room. */
async function open(changes: Parameters<RoomHouse['create']>[0] = {}) {
  const session = await house.create(changes)
  await house.rooms.desk.open(session)
  await house.pass(100)
  return session
}

/** Somebody joins the session's room. */
async function visit(id: string, identity = 'guest') {
  house.media.rooms.get(roomNameOf(id))?.add(identity)
  house.media.seats.at(-1)?.tell.joined({ identity, name: '' })
  await house.pass(50)
}

describe('a room that is opened', () => {
  it('has the avatar in it, which nobody has met yet', async () => {
    const session = await open()
    expect([...house.media.rooms]).toEqual([[roomNameOf(session.id), new Set(['avatar'])]])
    expect(house.media.seats[0]?.wish).toMatchObject({ serverUrl: 'ws://media.test', identity: 'avatar' })
    expect(house.media.grants[0]).toMatchObject({ part: 'avatar', expiresAt: session.expiresAt })
    expect((await house.read(session.id)).state).toBe('issued')
    expect(house.talks).toMatchObject([{ met: [] }])
  })

  it('makes the session live when the first person joins, who is its visitor', async () => {
    const { id } = await open()
    await visit(id)
    const session = await house.read(id)
    expect(session.state).toBe('live')
    expect(house.talks[0]?.met).toEqual([session.boundVisitorId])
    await visit(id, 'another')
    expect((await house.read(id)).boundVisitorId).toBe(session.boundVisitorId)
  })

  it('is not met by the agent that speaks through the avatar', async () => {
    const { id } = await open({ terms: { remoteAgent: { identity: 'agent', name: '' }, brainId: null } })
    await visit(id, 'agent')
    expect((await house.read(id)).state).toBe('issued')
  })

  it('is met at once when the media server says so before the room does', async () => {
    const { id } = await open()
    house.rooms.hear({ type: 'joined', room: roomNameOf(id), identity: 'avatar' })
    await house.pass(50)
    expect((await house.read(id)).state).toBe('issued')
    house.rooms.hear({ type: 'joined', room: roomNameOf(id), identity: 'guest' })
    await house.pass(50)
    expect((await house.read(id)).state).toBe('live')
  })

  it('is met within moments where the room tells late and the media server says nothing', async () => {
    house.rooms.start()
    const { id } = await open()
    await house.pass(3_000)
    expect((await house.read(id)).state).toBe('issued')
    house.media.rooms.get(roomNameOf(id))?.add('guest')
    await house.pass(1_600)
    expect((await house.read(id)).state).toBe('live')
    expect(house.talks[0]?.met).toHaveLength(1)
  })

  it('gives tokens as long-lived as the session to those its terms name (Q4, Q5)', async () => {
    const session = await house.create({ terms: { remoteAgent: { identity: 'agent', name: 'A' } } })
    const tokens = await house.rooms.desk.grant(session)
    const room = roomNameOf(session.id)
    expect(tokens).toEqual({ consumer: `consumer ${room} guest`, remoteAgent: `agent ${room} agent` })
    expect(house.media.grants.every(({ expiresAt }) => expiresAt === session.expiresAt)).toBe(true)
  })
})

describe('the end of a session', () => {
  it('removes the room and hushes the avatar before the ending call returns', async () => {
    const { id } = await open()
    await house.stop(id)
    expect(house.media.rooms.size).toBe(0)
    expect(house.media.seats[0]).toMatchObject({ hasLeft: true, hushes: 1 })
    expect(house.talks[0]?.closed).toBe('ended')
    expect(house.rooms.count()).toBe(0)
  })

  it('is the end of its room also when somebody had it opened again in that moment', async () => {
    const session = await open()
    await house.stop(session.id)
    const room = `prl_${session.id}`
    house.media.rooms.set(room, new Set(['guest']))
    house.rooms.hear({ type: 'joined', room, identity: 'guest' })
    await house.pass(200)
    expect(house.media.rooms.has(room)).toBe(false)
  })

  it('is the end of its room for a minute also where it comes back on no list and without a word', async () => {
    house.rooms.start()
    const session = await open()
    await house.stop(session.id)
    const room = roomNameOf(session.id)
    for (const afterMs of [5_000, 40_000]) {
      await house.pass(afterMs)
      house.media.rooms.set(room, new Set(['guest']))
      house.media.hidden.add(room)
      await house.pass(1_600)
      expect(house.media.rooms.has(room)).toBe(false)
    }
    await house.pass(20_000)
    const { remove } = house.media.calls
    await house.pass(5_000)
    expect(house.media.calls.remove).toBe(remove)
  })

  it('costs the media server no more than some calls a second, however many end at once', async () => {
    for (let made = 0; made < 50; made += 1) await house.stop((await open()).id)
    house.rooms.start()
    await house.pass(1_000)
    const { all } = house.media.calls
    await house.pass(5_000)
    expect(house.media.calls.all - all).toBeLessThan(7 * 45)
  })

  it('lets nothing in or out of the room any more', async () => {
    const { id } = await open()
    await house.stop(id)
    house.media.seats[0]?.tell.wrote('guest', 'still there?')
    await house.pass(100)
    expect(house.talks[0]?.wrote).toEqual([])
    expect((await house.read(id)).state).toBe('ended')
  })

  it('comes at its deadline, after notices at 60, 30 and 10 seconds (Q8)', async () => {
    const { id } = await open({ seconds: 90 })
    await visit(id)
    await house.pass(75_000)
    await house.pass(10_000)
    const notices = house.media.seats[0]?.notices.map(
      (notice) => 'secondsRemaining' in notice && notice.secondsRemaining,
    )
    expect(notices).toEqual([60, 30, 10])
    expect((await house.read(id)).state).toBe('live')
    await house.pass(6_000)
    expect(await house.read(id)).toMatchObject({ state: 'ended', reason: 'expired' })
    expect(house.media.rooms.size).toBe(0)
  })

  it('waits three seconds for a media server that is down, and the sweep removes the room when it is back', async () => {
    house.rooms.start()
    const { id } = await open()
    house.media.state.calls = 'hung'
    let returned = false
    const stopping = house.stop(id).then(() => {
      returned = true
    })
    await house.pass(2_500)
    expect(returned).toBe(false)
    await house.pass(1_000)
    expect(returned).toBe(true)
    await stopping
    expect(house.media.rooms.size).toBe(1)
    house.media.state.calls = 'up'
    await house.pass(60_000)
    expect(house.media.rooms.size).toBe(0)
  })

  it('that came from elsewhere before the room was open leaves neither room nor avatar', async () => {
    const session = await house.create()
    const elsewhere = { sessionEnded: async () => {} }
    await endSession({ ...house.stores, clock: { now: Date.now }, fanOut: elsewhere }, session.id, 'revoked')
    const refused = expect(house.rooms.desk.open(session)).rejects.toMatchObject({ code: 'unavailable' })
    await house.pass(1_000)
    await refused
    expect([house.media.rooms.size, house.media.seats.length, house.rooms.count()]).toEqual([0, 0, 0])
    expect((await house.read(session.id)).reason).toBe('revoked')
  })

  it('is at the limit when the talk says so', async () => {
    const { id } = await open()
    house.talks[0]?.limitReached()
    await house.pass(50)
    expect(await house.read(id)).toMatchObject({ state: 'ended', reason: 'limit' })
  })
})

describe('a media server that is down', () => {
  it('when a room is opened fails the session with the reason, and leaves nothing', async () => {
    const session = await house.create()
    house.media.state.calls = 'down'
    await expect(house.rooms.desk.open(session)).rejects.toMatchObject({ code: 'unavailable' })
    expect(await house.read(session.id)).toMatchObject({ state: 'ended', reason: 'failed' })
    expect(await house.why(session.id)).toBe('the media server did not open a room')
    expect(house.rooms.count()).toBe(0)
  })

  it('and never answers holds opening up for five seconds at most', async () => {
    const session = await house.create()
    house.media.state.calls = 'hung'
    const opening = house.rooms.desk.open(session).catch((error: unknown) => error)
    await house.pass(9_000)
    expect(await opening).toMatchObject({ code: 'unavailable' })
    house.media.state.calls = 'up'
    house.rooms.start()
    await house.pass(3_000)
    expect(house.media.rooms.size).toBe(0)
  })

  it('is told of once in the log, and asked less often', async () => {
    house.media.state.calls = 'down'
    house.rooms.start()
    await house.pass(60_000)
    expect(house.logged.filter((line) => line.startsWith('rooms cannot be looked after'))).toHaveLength(1)
    expect(house.media.calls.all).toBeLessThan(10)
    expect(house.rooms.health()).toBe('unreachable')
    house.media.state.calls = 'up'
    await house.pass(60_000)
    expect(house.rooms.health()).toBe('ok')
  })

  it('and opens rooms for anybody is told of loudly', async () => {
    house.media.state.opensByItself = true
    house.rooms.start()
    await house.pass(1_000)
    expect(house.rooms.health()).toContain('room.auto_create')
    expect(house.logged.filter((line) => line.includes('room.auto_create'))).toHaveLength(1)
  })
})

describe('PARLOR_MAX_ROOMS', () => {
  it('refuses the next session before anything is written, with words of its own', async () => {
    await house.close()
    house = await openRoomHouse({ mostRooms: 1 })
    const first = await open()
    const refusal = { code: 'concurrency_reached', message: expect.stringContaining('PARLOR_MAX_ROOMS') }
    await expect(house.rooms.desk.prepare(null)).rejects.toMatchObject(refusal)
    const second = await house.create()
    await expect(house.rooms.desk.open(second)).rejects.toMatchObject(refusal)
    expect(await house.read(second.id)).toMatchObject({ reason: 'failed' })
    await house.stop(first.id)
    await expect(house.rooms.desk.prepare(null)).resolves.toBeNull()
  })
})
