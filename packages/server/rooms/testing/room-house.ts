import { randomUUID } from 'node:crypto'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { RoomTalk } from '@parlor/conversation/room'
import { createAvatarSession, endSession, type RoomTerms, type Session } from '@parlor/core/session'
import { sealWith, signingKeysOver } from '@parlor/core/token'
import { openSqliteStores } from '@parlor/storage/sqlite'
import { vi } from 'vitest'
import { ensureAccount, publicAvatarId, secretKey, seedPublicParts } from '../../ops/seed.ts'
import { createRooms, type Rooms } from '../create-rooms.ts'
import type { RoomsPorts } from '../rooms-ports.ts'
import { type ScriptedMedia, scriptMedia } from './scripted-media.ts'

/** What a talk was told, for one sitting after the other. */
export interface ToldTalk {
  sessionId: string
  met: string[]
  wrote: string[]
  closed: 'ended' | 'left' | null
  /** Whether it said that it has to go, before it was closed. */
  isExcused: boolean
  /** How long closing it takes. */
  closesAfterMs: number
  limitReached(): void
}

/** One node with rooms over a real store; `another` gives a second one over the same store and media server. */
export interface RoomHouse {
  rooms: Rooms
  media: ScriptedMedia
  talks: ToldTalk[]
  logged: string[]
  node: { id: string; mayServe: boolean; nodes: number; store: 'up' | 'down' }
  /** Which nodes hold their lease. */
  live: Set<string>
  /** The node ends as by `kill -9`: it hears and does nothing any more, and what it had stays where it was. */
  vanish(): void
  stores: ReturnType<typeof openSqliteStores>
  seal: RoomsPorts['seal']
  another(): Promise<RoomHouse>
  create(changes?: { terms?: Partial<RoomTerms>; seconds?: number }): Promise<Session>
  read(id: string): Promise<Session>
  /** What the ledger says of the end. */
  why(id: string): Promise<string | undefined>
  stop(id: string): Promise<void>
  /** Lets time pass, and whatever waits for it and for the store happen. */
  pass(ms: number): Promise<void>
  close(): Promise<void>
}

export type HouseOptions = Partial<Pick<RoomsPorts, 'mostRooms' | 'timing' | 'checkAddress' | 'mayBePlain'>> & {
  server?: null
}

/** Time is the tests' own: nothing happens before `pass`. */
export async function openRoomHouse(options: HouseOptions = {}): Promise<RoomHouse> {
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout', 'Date', 'performance'], now: Date.UTC(2026, 0, 1) })
  const folder = mkdtempSync(join(tmpdir(), 'parlor-rooms-'))
  const clock = { now: () => Date.now() }
  const stores = openSqliteStores({ file: join(folder, 'parlor.sqlite'), clock })
  const media = scriptMedia()
  const house = await openNode({ stores, media, live: new Set(), nudges: new Set() }, options)
  return {
    ...house,
    close: async () => {
      await house.close()
      await stores.close()
      rmSync(folder, { recursive: true })
      vi.useRealTimers()
    },
  }
}

/** What nodes share. */
type Shared = Pick<RoomHouse, 'stores' | 'media' | 'live'> & {
  /** What each node does when another one says something. */
  nudges: Set<() => void>
}

async function openNode(shared: Shared, options: HouseOptions): Promise<RoomHouse> {
  const { stores, media, live, nudges } = shared
  const clock = { now: () => Date.now() }
  const seal = sealWith('a secret for tests that is long enough')
  const node: RoomHouse['node'] = { id: randomUUID(), mayServe: true, nodes: 1, store: 'up' }
  live.add(node.id)
  const talks: ToldTalk[] = []
  const logged: string[] = []
  const log = (_fields: object, message: string) => void logged.push(message)
  const fanOut: RoomsPorts['fanOut'] = {
    sessionEnded: async (session) => {
      await Promise.all([rooms.fanOut.sessionEnded(session), rooms.roomEnded(session)])
    },
  }
  const rooms: Rooms = createRooms({
    sessions: breakable(stores.sessions, node),
    seats: breakable(stores.seats, node),
    nodeId: node.id,
    liveNodes: async () => new Set(live),
    seatsFreed: () => {
      for (const hear of nudges) hear()
    },
    clock,
    seal,
    server: options.server === null ? null : media.server,
    door: async () => media.door,
    openTalk: async (session, { limitReached }) => scriptTalk(talks, session.id, limitReached),
    checkAddress: async () => {},
    mayBePlain: () => false,
    fanOut,
    mayServe: () => node.mayServe,
    nodes: () => node.nodes,
    mostRooms: 20,
    logger: { info: log, warn: log, error: log },
    ...options,
    ...(options.server === null && { server: null }),
  })
  nudges.add(rooms.nudge)
  const others: RoomHouse[] = []
  const read = async (id: string) => {
    const session = await stores.sessions.findSession(id)
    if (session === null) throw new Error('there is no such session')
    return session
  }
  const house: RoomHouse = {
    rooms,
    media,
    talks,
    logged,
    node,
    live,
    vanish: () => {
      node.mayServe = false
      node.store = 'down'
      live.delete(node.id)
    },
    stores,
    seal,
    another: async () => {
      const other = await openNode(shared, options)
      others.push(other)
      return other
    },
    create: (changes) => makeSession(stores, changes),
    read,
    why: async (id) => (await stores.sessions.listLedger(id)).at(-1)?.facts.why,
    stop: async (id) => {
      const ending = endSession({ sessions: stores.sessions, clock, fanOut }, id, 'stopped')
      await pass(50)
      await ending
    },
    pass,
    close: async () => {
      for (const other of others) await other.close()
      // Nobody is waited for: time stands still.
      node.nodes = 1
      await rooms.drain()
    },
  }
  return house
}

/** The store fails while a test says so. */
function breakable<T extends object>(store: T, node: RoomHouse['node']): T {
  return new Proxy(store, {
    get(target, name) {
      const value = Reflect.get(target, name)
      if (typeof value !== 'function') return value
      return (...given: unknown[]) => {
        if (node.store === 'down') return Promise.reject(new Error('the store is down'))
        return value.apply(target, given)
      }
    },
  })
}

function scriptTalk(talks: ToldTalk[], sessionId: string, limitReached: () => void): RoomTalk {
  const told: ToldTalk = {
    sessionId,
    met: [],
    wrote: [],
    closed: null,
    isExcused: false,
    closesAfterMs: 0,
    limitReached,
  }
  talks.push(told)
  const nothing = () => {}
  return {
    soundRate: 24_000,
    pictureSize: 512,
    farewell: 'Goodbye.',
    excuse: async () => {
      told.isExcused = told.closed === null
    },
    begin: nothing,
    meet: (visitorId) => void told.met.push(visitorId),
    left: nothing,
    wrote: (_identity, text) => void told.wrote.push(text),
    remarked: nothing,
    interrupted: nothing,
    heard: nothing,
    fellSilent: nothing,
    lent: nothing,
    lentInterrupted: nothing,
    close: async (why) => {
      told.closed ??= why
      if (told.closesAfterMs > 0) await new Promise((resolve) => setTimeout(resolve, told.closesAfterMs))
    },
  }
}

const usualTerms: RoomTerms = {
  name: 'test',
  avatarId: publicAvatarId,
  avatarIdentity: 'avatar',
  brainId: 'brain',
  knowledgeBaseId: null,
  consumer: { identity: 'guest', name: 'Guest' },
  remoteAgent: null,
  host: null,
  isPass: false,
  additionalContext: null,
  templateVars: {},
}

async function makeSession(
  stores: RoomHouse['stores'],
  { terms = {}, seconds = 600 }: { terms?: Partial<RoomTerms>; seconds?: number } = {},
): Promise<Session> {
  const clock = { now: () => Date.now() }
  await seedPublicParts({ ...stores, clock })
  const { account, project } = await ensureAccount({ ...stores, clock }, 'default')
  const key = secretKey({ ...stores, clock }, project, { name: 'test', plain: `key-${Math.random()}`, rateLimit: 0 })
  await stores.accounts.insertKey(key)
  const signingKeys = signingKeysOver(stores.signingKeys, sealWith('s'.repeat(32)), clock)
  const ports = { ...stores, signingKeys, clock, httpAllowed: true, claims: () => ({}) }
  const wish = { durationSeconds: seconds, room: { ...usualTerms, ...terms } }
  return (await createAvatarSession(ports, { account, key }, wish, project)).session
}

/** Store and promises have turns of their own between two timers. */
async function settle(): Promise<void> {
  for (let turn = 0; turn < 12; turn += 1) await new Promise((resolve) => setImmediate(resolve))
}

const stepMs = 250

async function pass(ms: number): Promise<void> {
  await settle()
  for (let left = ms; left > 0; left -= stepMs) {
    await vi.advanceTimersByTimeAsync(Math.min(stepMs, left))
    await settle()
  }
}
