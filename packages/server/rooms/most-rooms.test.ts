import type { Session } from '@parlor/core/session'
import { afterEach, expect, it } from 'vitest'
import { openRoomHouse, type RoomHouse } from './testing/room-house.ts'

let house: RoomHouse
afterEach(() => house.close())

it('opens no more rooms than it may where many are asked for in one moment', async () => {
  house = await openRoomHouse({ mostRooms: 3 })
  const sessions: Session[] = []
  while (sessions.length < 8) sessions.push(await house.create())
  const asked = await Promise.allSettled(sessions.map((session) => house.rooms.desk.open(session)))
  await house.pass(100)
  expect(asked.filter(({ status }) => status === 'fulfilled')).toHaveLength(3)
  expect([house.media.rooms.size, house.rooms.count()]).toEqual([3, 3])
  const states = await Promise.all(sessions.map(async ({ id }) => (await house.read(id)).state))
  expect(states.filter((state) => state === 'ended')).toHaveLength(5)
})

it('has the place again of a room that could not be made', async () => {
  house = await openRoomHouse({ mostRooms: 1 })
  house.media.state.calls = 'down'
  await expect(house.rooms.desk.open(await house.create())).rejects.toMatchObject({ code: 'unavailable' })
  house.media.state.calls = 'up'
  await house.rooms.desk.open(await house.create())
  expect(house.rooms.count()).toBe(1)
})
