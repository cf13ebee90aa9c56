import { roomNameOf } from '@parlor/core/room'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { openRoomHouse, type RoomHouse } from './testing/room-house.ts'

let house: RoomHouse
let other: RoomHouse
beforeEach(async () => {
  house = await openRoomHouse()
  other = await house.another()
  for (const one of [house, other]) one.node.nodes = 2
  house.rooms.start()
  other.rooms.start()
})
afterEach(() => house.close())

async function open(changes: Parameters<RoomHouse['create']>[0] = {}) {
  const session = await house.create(changes)
  await house.rooms.desk.open(session)
  await house.pass(100)
  return session
}

const peopleIn = (id: string) => [...(house.media.rooms.get(roomNameOf(id)) ?? [])]
const counts = () => [house.rooms.count(), other.rooms.count()]
/** Longer than the pause between two looks of one among two nodes. */
const oneLook = 2_600

const host = () => ({
  serverUrl: 'wss://media.example',
  sealedToken: Buffer.from(house.seal.close(Buffer.from('avatar their-room ava'))).toString('base64'),
})

describe('an avatar among nodes', () => {
  it('is left to the node that keeps it, whatever the media server says of it', async () => {
    const { id } = await open()
    house.media.rooms.get(roomNameOf(id))?.delete('avatar')
    await house.pass(20_000)
    expect(counts()).toEqual([1, 0])
    expect(house.media.calls.join).toBe(1)
  })

  it('whose node was killed is sent in by another at its next look, though the media server shows it still', async () => {
    const { id } = await open()
    house.vanish()
    expect(peopleIn(id)).toEqual(['avatar'])
    await house.pass(oneLook)
    expect(other.rooms.count()).toBe(1)
    expect(house.media.calls.join).toBe(2)
    expect((await house.stores.seats.findSeats([id])).get(id)).toBe(other.node.id)
  })

  it('is sent in by one of the others alone', async () => {
    const third = await house.another()
    third.node.nodes = 3
    third.rooms.start()
    const sessions = [await open(), await open(), await open()]
    house.vanish()
    await house.pass(2 * oneLook)
    expect(other.rooms.count() + third.rooms.count()).toBe(3)
    expect(house.media.calls.join).toBe(6)
    const seats = await house.stores.seats.findSeats(sessions.map(({ id }) => id))
    const ofThird = [...seats.values()].filter((node) => node === third.node.id)
    expect([ofThird.length, seats.size]).toEqual([third.rooms.count(), 3])
  })

  it('is sent in at once by a node that hears of the other’s end', async () => {
    await open()
    await house.pass(10_000)
    house.vanish()
    other.rooms.nudge()
    await house.pass(500)
    expect(other.rooms.count()).toBe(1)
  })

  it('stays with the node that took it over when the first one is back', async () => {
    const { id } = await open()
    house.vanish()
    house.rooms.cutAll()
    await house.pass(oneLook)
    expect(counts()).toEqual([0, 1])
    Object.assign(house.node, { mayServe: true, store: 'up' })
    house.live.add(house.node.id)
    await house.pass(20_000)
    expect(counts()).toEqual([0, 1])
    expect(peopleIn(id)).toEqual(['avatar'])
  })

  it('is sent in again by its own node, where no other took it over meanwhile', async () => {
    other.vanish()
    const { id } = await open()
    house.node.mayServe = false
    house.rooms.cutAll()
    await house.pass(1_000)
    expect(peopleIn(id)).toEqual([])
    // A connection that broke with the lease is a ghost in the room for a while.
    house.media.rooms.get(roomNameOf(id))?.add('avatar')
    house.node.mayServe = true
    await house.pass(oneLook)
    expect([counts(), house.media.calls.join]).toEqual([[1, 0], 2])
  })

  it('waits where the other node has no room for it', async () => {
    await house.close()
    house = await openRoomHouse({ mostRooms: 1 })
    other = await house.another()
    other.rooms.start()
    const mine = await other.create()
    await other.rooms.desk.open(mine)
    const { id } = await open()
    house.vanish()
    await house.pass(10_000)
    expect(other.rooms.count()).toBe(1)
    await other.stop(mine.id)
    await house.pass(oneLook)
    expect((await house.stores.seats.findSeats([id])).get(id)).toBe(other.node.id)
  })

  it('on a customer’s media server is taken over, too', async () => {
    house.media.rooms.set('their-room', new Set())
    const { id } = await open({ terms: { host: host() } })
    await house.pass(10_000)
    expect(counts()).toEqual([1, 0])
    house.live.delete(house.node.id)
    await house.pass(oneLook)
    expect([counts(), (await house.read(id)).state]).toEqual([[0, 1], 'issued'])
  })

  it('on a customer’s media server whom a stranger puts out by its own name fails, among nodes as well', async () => {
    house.media.rooms.set('their-room', new Set())
    const { id } = await open({ terms: { host: host() } })
    house.media.seats[0]?.tell.lost('replaced')
    await house.pass(500)
    expect(await house.why(id)).toBe('somebody else joined the room under the identity of the avatar')
  })
})

describe('a node that is stopped', () => {
  it('keeps its avatars in sight until those of another node take their places, and nobody speaks twice', async () => {
    const { id } = await open()
    const [talk] = house.talks
    if (talk !== undefined) talk.closesAfterMs = 500
    const drained = house.rooms.drain()
    await house.pass(450)
    // What was said is being stored still: nobody may go on with it yet.
    expect([house.media.calls.join, peopleIn(id)]).toEqual([1, ['avatar']])
    await house.pass(1_000)
    await drained
    expect(counts()).toEqual([0, 1])
    expect(peopleIn(id)).toEqual(['avatar'])
    expect(house.media.seats).toMatchObject([{ hushes: expect.toSatisfy(Boolean), said: [] }, {}])
    expect(house.talks).toMatchObject([{ closed: 'left', isExcused: false }])
    expect((await house.stores.seats.findSeats([id])).get(id)).toBe(other.node.id)
  })

  it('waits four seconds for others, and where none comes people read that it goes', async () => {
    const { id } = await open()
    other.vanish()
    let isDrained = false
    const drained = house.rooms.drain().then(() => {
      isDrained = true
    })
    await house.pass(3_500)
    expect([isDrained, peopleIn(id)]).toEqual([false, ['avatar']])
    await house.pass(1_000)
    await drained
    expect(house.media.seats[0]?.said).toEqual(['Goodbye.'])
    expect(peopleIn(id)).toEqual([])
    const third = await house.another()
    third.rooms.start()
    await house.pass(500)
    expect(third.rooms.count()).toBe(1)
  })

  it('and is the only one has its avatars say that they go, and sends them in again at its next start', async () => {
    other.vanish()
    house.node.nodes = 1
    const { id } = await open()
    const unmet = await open()
    house.media.seats[0]?.tell.joined({ identity: 'guest', name: '' })
    await house.pass(100)
    const drained = house.rooms.drain()
    await house.pass(500)
    await drained
    expect(house.talks).toMatchObject([
      { closed: 'left', isExcused: true },
      { closed: 'left', isExcused: false },
    ])
    expect([peopleIn(id), peopleIn(unmet.id), (await house.read(id)).state]).toEqual([[], [], 'live'])
    const next = await house.another()
    next.rooms.start()
    await house.pass(500)
    expect(next.rooms.count()).toBe(2)
  })
})
