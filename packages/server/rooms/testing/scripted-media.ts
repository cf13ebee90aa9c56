import type { RoomDoor, RoomListener, RoomNotice, RoomSeat, SeatWish } from '@parlor/conversation/room'
import { ParlorError } from '@parlor/core/errors'
import type { GrantWish, RoomServer } from '@parlor/core/room'

/** A media server in memory, of which a test says what it does. */
export interface ScriptedMedia {
  server: RoomServer
  door: RoomDoor
  /** Rooms and the identities in them. */
  rooms: Map<string, Set<string>>
  /** Rooms that are on no list. */
  hidden: Set<string>
  seats: ScriptedSeat[]
  grants: GrantWish[]
  /** How many calls were made of each kind. */
  calls: Record<'create' | 'remove' | 'join' | 'all', number>
  /** What calls do now: work, fail, or never answer. */
  state: {
    calls: 'up' | 'down' | 'hung'
    door: 'open' | 'shut' | 'hung'
    opensByItself: boolean
    /** So often a room that is removed is there again, for somebody who was on their way in. */
    comesBack: number
  }
}

/** One seat of an avatar, from the side of the media server. */
export interface ScriptedSeat {
  wish: SeatWish
  tell: RoomListener
  notices: RoomNotice[]
  said: string[]
  hasLeft: boolean
  /** How often its queued sound was forgotten. */
  hushes: number
}

export function scriptMedia(): ScriptedMedia {
  const rooms = new Map<string, Set<string>>()
  const hidden = new Set<string>()
  const state: ScriptedMedia['state'] = { calls: 'up', door: 'open', opensByItself: false, comesBack: 0 }
  const calls = { create: 0, remove: 0, join: 0, all: 0 }
  const seats: ScriptedSeat[] = []
  const grants: GrantWish[] = []
  const answer = async <T>(work: () => T): Promise<T> => {
    calls.all += 1
    if (state.calls === 'hung') return new Promise<never>(() => {})
    if (state.calls === 'down') throw new ParlorError('unavailable', { message: 'refused' })
    return work()
  }
  const server: RoomServer = {
    url: 'ws://media.test',
    create: (wish) => {
      calls.create += 1
      return answer(() => void rooms.set(wish.room, new Set()))
    },
    remove: (room) => {
      calls.remove += 1
      return answer(() => {
        const isThere = rooms.delete(room)
        if (isThere && state.comesBack > 0) {
          state.comesBack -= 1
          rooms.set(room, new Set(['guest']))
        }
        return isThere
      })
    },
    list: () =>
      answer(() => [...rooms.keys()].filter((name) => !hidden.has(name)).map((name) => ({ name, createdAt: 0 }))),
    listPeople: (room) => answer(() => [...(rooms.get(room) ?? [])]),
    grant: async (wish) => {
      grants.push(wish)
      return `${wish.part} ${wish.room} ${wish.identity}`
    },
    opensRoomsByItself: () => answer(() => state.opensByItself),
    readHint: async () => null,
  }
  const door: RoomDoor = {
    async join(wish, tell) {
      calls.join += 1
      if (state.door === 'hung') return new Promise<never>(() => {})
      const room = roomOf(wish)
      const people = rooms.get(room)
      if (state.door === 'shut' || people === undefined) throw new ParlorError('unavailable')
      const older = seats.find(
        (one) => !one.hasLeft && roomOf(one.wish) === room && one.wish.identity === wish.identity,
      )
      if (older !== undefined) {
        older.hasLeft = true
        older.tell.lost('replaced')
      }
      people.add(wish.identity)
      const seat: ScriptedSeat = { wish, tell, notices: [], said: [], hasLeft: false, hushes: 0 }
      seats.push(seat)
      return seatOf(seat, people)
    },
  }
  return { server, door, rooms, hidden, seats, grants, calls, state }
}

function roomOf({ token }: SeatWish): string {
  return token.split(' ')[1] ?? ''
}

function seatOf(seat: ScriptedSeat, people: Set<string>): RoomSeat {
  return {
    people: () => [...people].filter((id) => id !== seat.wish.identity).map((identity) => ({ identity, name: '' })),
    show: () => {},
    play: async () => {},
    queuedMs: () => 0,
    hush: () => {
      seat.hushes += 1
    },
    setManner: () => {},
    caption: () => {},
    say: (text) => void seat.said.push(text),
    notify: (notice) => void seat.notices.push(notice),
    answerLoan: () => {},
    async leave() {
      if (!seat.hasLeft) people.delete(seat.wish.identity)
      seat.hasLeft = true
    },
  }
}
