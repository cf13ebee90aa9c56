import { roomNameOf } from '@parlor/core/room'
import { expect, it } from 'vitest'
import { removeRoom } from './remove-room.ts'
import { scriptMedia } from './testing/scripted-media.ts'

const id = '019b7a3c-0000-7000-8000-000000000001'
const room = roomNameOf(id)

it('removes a room again that somebody has back who knocked before', async () => {
  const media = scriptMedia()
  media.rooms.set(room, new Set(['guest']))
  media.state.comesBack = 2
  expect(await removeRoom(media.server, id, 3_000)).toBe(true)
  expect(media.rooms.size).toBe(0)
})

it('finds people in a room the media server does not know any more, and puts them out', async () => {
  const media = scriptMedia()
  const hidden = new Set(['guest'])
  const server = {
    ...media.server,
    listPeople: async () => [...hidden],
    remove: async (name: string) => {
      const isThere = await media.server.remove(name)
      if (isThere) hidden.clear()
      return isThere
    },
  }
  expect(await removeRoom(server, id, 3_000)).toBe(true)
  expect([hidden.size, media.rooms.size]).toEqual([0, 0])
})

it('says so where a room is there again and again', async () => {
  const media = scriptMedia()
  media.rooms.set(room, new Set())
  media.state.comesBack = Number.POSITIVE_INFINITY
  expect(await removeRoom(media.server, id, 100)).toBe(false)
})
