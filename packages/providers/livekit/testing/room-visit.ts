import { randomUUID } from 'node:crypto'
import type { RoomListener, RoomSeat, SeatWish } from '@parlor/conversation/room'
import { AccessToken, RoomServiceClient } from 'livekit-server-sdk'
import type { LiveKitServer } from '../../../../tools/livekit/run-server.ts'
import { openRoomDoor } from '../index.ts'
import { loadRtc } from '../load-rtc.ts'

/** Everything a listener was told, in order; heard sound only as how loud it was at most. */
export interface Told {
  all: [name: keyof RoomListener, ...facts: unknown[]][]
  /** Resolves with the facts of the first such telling, also one of the past, for which `fits` holds. */
  wait(name: keyof RoomListener, fits?: (...facts: never[]) => boolean, longestMs?: number): Promise<unknown[]>
  listener: RoomListener
}

export function listen(): Told {
  const all: Told['all'] = []
  const waiters = new Set<() => void>()
  const tell =
    (name: keyof RoomListener) =>
    (...facts: unknown[]) => {
      all.push([name, ...facts])
      for (const look of [...waiters]) look()
    }
  return {
    all,
    wait: (name, fits = () => true, longestMs = 20_000) =>
      new Promise((resolve, reject) => {
        const late = setTimeout(
          () => reject(new Error(`${name} was not told: ${all.map(([each]) => each)}`)),
          longestMs,
        )
        const look = () => {
          const found = all.find(([each, ...facts]) => each === name && fits(...(facts as never[])))
          if (!found) return
          clearTimeout(late)
          waiters.delete(look)
          resolve(found.slice(1))
        }
        waiters.add(look)
        look()
      }),
    listener: {
      joined: tell('joined'),
      left: tell('left'),
      wrote: tell('wrote'),
      remarked: tell('remarked'),
      interrupted: tell('interrupted'),
      heard: tell('heard'),
      fellSilent: tell('fellSilent'),
      lent: tell('lent'),
      lentInterrupted: tell('lentInterrupted'),
      lost: tell('lost'),
    },
  }
}

export const avatar = 'ava'

/** One media server, one room after the other. */
export function visit(media: LiveKitServer) {
  const service = new RoomServiceClient(`http://127.0.0.1:${media.port}`, media.key, media.secret)
  const tokenFor = (room: string, identity: string, isAgent = false) => {
    const token = new AccessToken(media.key, media.secret, { identity, name: `The ${identity}`, ttl: 600 })
    token.addGrant({
      roomJoin: true,
      room,
      canPublish: true,
      canSubscribe: true,
      canPublishData: true,
      canUpdateOwnMetadata: isAgent,
      agent: isAgent,
    })
    if (isAgent) token.kind = 'agent'
    return token.toJwt()
  }
  return {
    service,
    tokenFor,
    door: openRoomDoor(),
    async openRoom(): Promise<string> {
      const name = `prl_${randomUUID()}`
      await service.createRoom({ name, emptyTimeout: 60, departureTimeout: 20 })
      return name
    },
    async wish(room: string, more: Partial<SeatWish> = {}): Promise<SeatWish> {
      const token = await tokenFor(room, avatar, true)
      return { serverUrl: media.url, token, identity: avatar, soundRate: 24_000, pictureSize: 512, ...more }
    },
    /** A person in the room, with LiveKit's own client. */
    async enter(room: string, identity: string, prepare: (person: Person) => void = () => {}) {
      const rtc = await loadRtc()
      const person = new rtc.Room()
      prepare(person)
      await person.connect(media.url, await tokenFor(room, identity), { autoSubscribe: true, dynacast: false })
      const me = person.localParticipant
      if (!me) throw new Error('The visitor is not in the room.')
      return { room: person, me, [Symbol.asyncDispose]: () => person.disconnect() }
    },
  }
}

export type Visit = ReturnType<typeof visit>
export type Person = InstanceType<Awaited<ReturnType<typeof loadRtc>>['Room']>

export interface Meeting {
  room: string
  seat: RoomSeat
  told: Told
}

/** The avatar in a new room. */
export async function seatAvatar(at: Visit, room?: string): Promise<Meeting> {
  const name = room ?? (await at.openRoom())
  const told = listen()
  const seat = await at.door.join(await at.wish(name), told.listener, new AbortController().signal)
  return { room: name, seat, told }
}

/** A loud tone. */
export function tone(ms: number, rate = 24_000): { samples: Int16Array; rate: number } {
  const samples = new Int16Array((rate * ms) / 1000)
  for (let at = 0; at < samples.length; at++) samples[at] = 12_000 * Math.sin((at * 2 * Math.PI * 440) / rate)
  return { samples, rate }
}

/** How loud it is: the root of the mean square. */
export function loudness(samples: Int16Array): number {
  let sum = 0
  for (const sample of samples) sum += sample * sample
  return Math.sqrt(sum / Math.max(1, samples.length))
}

/** A picture of one brightness. */
export function plain(brightness: number, size = 512) {
  const data = new Uint8Array((size * size * 3) / 2).fill(128)
  return { data: data.fill(brightness, 0, size * size), width: size, height: size }
}
