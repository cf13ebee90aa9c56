import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { RoomTerms, Session } from '@parlor/core/session'
import { openSqliteStores } from '@parlor/storage/sqlite'
import type { Brain, BrainContext, BrainPart } from '../../brain/index.ts'
import type { Ears, Voice } from '../../speech/index.ts'
import type { Caption, RoomNotice, RoomSeat } from '../index.ts'
import { openRoomTalk } from '../room-talk.ts'
import type { RoomTalk, RoomTalkPorts } from '../talk-ports.ts'
import { furnishTalk, talkSession, visitorId } from './furnish-talk.ts'

/** A talk over a real store, with a seat in memory whose time is the test's own. */
export interface TalkHouse {
  stores: ReturnType<typeof openSqliteStores>
  /** What the brain was asked, and what it says next. */
  asked: BrainContext[]
  say: (context: BrainContext, signal: AbortSignal) => AsyncIterable<BrainPart>
  captions: Caption[]
  notices: RoomNotice[]
  chat: string[]
  /** What the avatar was seen to do, one after the other. */
  manners: string[]
  limits: { reached: number }
  /** Sound that is not heard yet. */
  queuedMs(): number
  /** Opens a sitting: greets nobody before `meet`. */
  sit(changes?: SittingChanges): Promise<RoomTalk>
  messages(): Promise<{ role: string; text: string; finish?: string | undefined }[]>
  /** Lets so much time go by, in which sound is heard. */
  pass(ms: number): Promise<void>
  settle(): Promise<void>
  close(): Promise<void>
}

export interface SittingChanges {
  terms?: Partial<RoomTerms>
  voice?: Voice | null
  ears?: Ears | null
  limits?: RoomTalkPorts['limits']
  features?: Partial<Session['settings']['features']>
}

export async function openTalkHouse(): Promise<TalkHouse> {
  const folder = mkdtempSync(join(tmpdir(), 'parlor-talk-'))
  let now = Date.UTC(2026, 0, 1)
  const clock = { now: () => Math.floor(now) }
  const stores = openSqliteStores({ file: join(folder, 'parlor.sqlite'), clock })
  const work = new Set<{ at: number; run: () => void }>()
  const timers: RoomTalkPorts['timers'] = {
    after(delayMs, run) {
      const one = { at: now + delayMs, run }
      work.add(one)
      return () => void work.delete(one)
    },
  }
  await furnishTalk(stores, now)
  let queuedUntil = 0
  const talks: RoomTalk[] = []
  const house: TalkHouse = {
    stores,
    asked: [],
    say: async function* () {
      yield { type: 'text', text: 'Yes.' }
      yield { type: 'done', answerMode: 'model', grounded: false }
    },
    captions: [],
    notices: [],
    chat: [],
    manners: [],
    limits: { reached: 0 },
    queuedMs: () => seat.queuedMs(),
    async sit({ terms = {}, features = {}, ...changes } = {}) {
      const ports: RoomTalkPorts = {
        ...stores,
        clock,
        timers,
        monotonicMs: () => now,
        faces: { open: async () => ({ size: 2, draw: () => ({ data: new Uint8Array(6), width: 2, height: 2 }) }) },
        brain: scripted(house),
        voice: null,
        ears: null,
        limits: { messagesPerSession: null, tokensPerSession: null },
        silenceMs: 60_000,
        logger: { warn: () => {}, error: (fields) => console.error(fields) },
        ...changes,
      }
      const session = talkSession(now, terms, features)
      const talk = await openRoomTalk(ports, session, {
        mayUse: () => true,
        limitReached: () => {
          house.limits.reached += 1
        },
      })
      talk.begin(seat)
      talks.push(talk)
      return talk
    },
    messages: async () =>
      (await stores.transcripts.listMessages(visitorId)).map(({ role, text, finish }) => ({ role, text, finish })),
    async pass(ms) {
      for (const until = now + ms; now < until; ) {
        now = Math.min(until, ...[...work].map(({ at }) => Math.max(at, now + 1)))
        for (const one of [...work]) {
          if (one.at > now || !work.delete(one)) continue
          one.run()
        }
        await settle(2)
      }
      await settle()
    },
    settle,
    async close() {
      for (const talk of talks) await talk.close('left')
      await stores.close()
      rmSync(folder, { recursive: true })
    },
  }
  const seat: RoomSeat = {
    people: () => [],
    show: () => {},
    async play({ samples, rate }) {
      queuedUntil = Math.max(queuedUntil, now) + (samples.length / rate) * 1000
    },
    queuedMs: () => Math.max(0, queuedUntil - now),
    hush: () => {
      queuedUntil = now
    },
    setManner: (manner) => void house.manners.push(manner),
    caption: (caption) => void house.captions.push(caption),
    say: (text) => void house.chat.push(text),
    notify: (notice) => void house.notices.push(notice),
    answerLoan: () => {},
    leave: async () => {},
  }
  return house
}

function scripted(house: TalkHouse): Brain {
  return {
    mode: 'llm',
    reply(context, signal) {
      house.asked.push(context)
      return house.say(context, signal)
    },
  }
}

/** The store commits in turns of the event loop. */
async function settle(turns = 30): Promise<void> {
  for (let turn = 0; turn < turns; turn += 1) await new Promise((resolve) => setImmediate(resolve))
}
