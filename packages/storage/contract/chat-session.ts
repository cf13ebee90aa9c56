import { randomUUID } from 'node:crypto'
import { expect } from 'vitest'
import type { ContractCase, Stores } from './contract-case.ts'
import { chatMessage, issuedEntry, sampleChat, sampleSession } from './samples.ts'

const insert = async ({ sessions }: Stores, now: number) => {
  const session = sampleSession(now, { kind: 'chat' })
  await sessions.insertSession(session, issuedEntry(session), null)
  return session
}

/** Says something in a new chat of the session. */
const ask = ({ chats }: Stores, sessionId: string | null, at: number, counts: { asked?: number; tokens?: number }) => {
  const begins = sampleChat({ sessionId })
  return chats.append({ projectId: 'project', chatId: begins.id, sessionId }, at, () => ({
    begins,
    messages: [chatMessage('hello')],
    ...counts,
  }))
}

/** What a decision is told of a session's sums, which is what they are read as. */
async function sumsOf({ chats }: Stores, sessionId: string | null): Promise<[number, number]> {
  let sums: [number, number] = [-1, -1]
  await chats.append({ projectId: 'project', chatId: 'unheard', sessionId }, 1, (tail) => {
    sums = [tail.sessionMessages, tail.sessionTokens]
    return null
  })
  if (sessionId !== null) {
    const { sessionMessages, sessionTokens } = await chats.readSums(sessionId)
    expect([sessionMessages, sessionTokens]).toEqual(sums)
  }
  return sums
}

export const chatSessionCases: readonly ContractCase[] = [
  {
    name: "a session's messages and tokens are summed over its chats and transcripts, and its agent's sums move with them",
    run: async ({ stores, clock }) => {
      const now = clock.now()
      const [session, other] = [await insert(stores, now), await insert(stores, now)]
      await ask(stores, session.id, now + 1, { asked: 1, tokens: 10 })
      await ask(stores, session.id, now + 3, { asked: 2 })
      await ask(stores, session.id, now + 9, { tokens: 5 })
      await ask(stores, other.id, now + 2, { asked: 4, tokens: 7 })
      await stores.transcripts.append(session.id, randomUUID(), now + 2, (tail) => {
        expect(tail).toMatchObject({ sessionMessages: 3, sessionTokens: 15 })
        return { events: [], messages: [{ id: 'm', role: 'visitor', text: 'hi', at: '' }], tokens: 100 }
      })
      expect(await sumsOf(stores, session.id)).toEqual([4, 115])
      expect(await sumsOf(stores, other.id)).toEqual([4, 7])
      expect(await stores.transcripts.readTail(session.id, 'new')).toMatchObject({
        sessionMessages: 4,
        sessionTokens: 115,
      })
      expect(await stores.agents.readUsage([session.agentId, other.agentId])).toEqual([
        { totalSessions: 1, totalMessages: 4, lastUsedAt: now + 3 },
        { totalSessions: 1, totalMessages: 4, lastUsedAt: now + 2 },
      ])
    },
  },
  {
    name: 'what is asked and used outside of any chat counts in its session, and no chat comes of it',
    run: async ({ stores, clock }) => {
      const session = await insert(stores, clock.now())
      const place = { projectId: 'project', chatId: 'unkept', sessionId: session.id }
      expect(await stores.chats.append(place, 5, () => ({ messages: [], asked: 1, tokens: 3 }))).toBeNull()
      expect(await sumsOf(stores, session.id)).toEqual([1, 3])
      expect(await stores.chats.findChat('project', 'unkept')).toBeNull()
      expect((await stores.chats.listChats({ projectId: 'project' }, { offset: 0, limit: 9 })).total).toBe(0)
    },
  },
  {
    name: 'a chat that goes on in another session moves the sums of that one, and stays where it began',
    run: async ({ stores, clock }) => {
      const [first, second] = [await insert(stores, clock.now()), await insert(stores, clock.now())]
      const begun = await ask(stores, first.id, 5, { asked: 1, tokens: 1 })
      const place = { projectId: 'project', chatId: begun?.chat.id ?? '', sessionId: second.id }
      const gone = await stores.chats.append(place, 6, (tail) => {
        expect(tail).toMatchObject({ chat: begun?.chat, sessionMessages: 0, sessionTokens: 0 })
        return { messages: [chatMessage('more')], asked: 1, tokens: 3 }
      })
      expect(gone?.chat).toMatchObject({ sessionId: first.id, messages: 2 })
      expect([await sumsOf(stores, first.id), await sumsOf(stores, second.id)]).toEqual([
        [1, 1],
        [1, 3],
      ])
      const all = { offset: 0, limit: 9 }
      expect((await stores.chats.listChats({ projectId: 'project', sessionId: first.id }, all)).total).toBe(1)
      expect((await stores.chats.listChats({ projectId: 'project', sessionId: second.id }, all)).total).toBe(0)
    },
  },
  {
    name: 'without a session nothing is summed',
    run: async ({ stores }) => {
      await ask(stores, null, 5, { asked: 3, tokens: 9 })
      expect(await sumsOf(stores, null)).toEqual([0, 0])
      expect(await sumsOf(stores, 'unknown')).toEqual([0, 0])
    },
  },
  {
    name: 'the last messages a session has left are given out once, whichever chats and visitors ask at once',
    run: async ({ stores, clock }) => {
      const session = await insert(stores, clock.now())
      const most = 5
      const chat = (index: number) => {
        const begins = sampleChat({ id: `chat ${index}`, sessionId: session.id })
        const place = { projectId: 'project', chatId: begins.id, sessionId: session.id }
        return stores.chats.append(place, 1, ({ sessionMessages }) =>
          sessionMessages >= most ? null : { begins, messages: [chatMessage('hello')], asked: 1 },
        )
      }
      const visitor = (index: number) =>
        stores.transcripts.append(session.id, `visitor ${index}`, 1, ({ sessionMessages }) =>
          sessionMessages >= most ? null : { events: [], messages: [{ id: 'm', role: 'visitor', text: 'hi', at: '' }] },
        )
      const asked = Array.from({ length: 10 }, (_, index) => [chat(index), visitor(index)]).flat()
      const given = (await Promise.all<unknown>(asked)).filter((one) => one !== null)
      expect(given).toHaveLength(most)
      expect(await sumsOf(stores, session.id)).toEqual([most, 0])
    },
  },
  {
    name: 'what a decision threw away was never said, counted or used',
    run: async ({ stores, clock }) => {
      const now = clock.now()
      const session = await insert(stores, now)
      const begun = await ask(stores, session.id, now + 1, { asked: 1, tokens: 2 })
      const place = { projectId: 'project', chatId: begun?.chat.id ?? '', sessionId: session.id }
      const failing = stores.chats.append(place, now + 9, () => {
        throw new Error('over the limit')
      })
      await expect(failing).rejects.toThrow('over the limit')
      expect(await sumsOf(stores, session.id)).toEqual([1, 2])
      expect(await stores.chats.findChat('project', place.chatId)).toEqual(begun?.chat)
      expect(await stores.agents.readUsage([session.agentId])).toEqual([
        { totalSessions: 1, totalMessages: 1, lastUsedAt: now + 1 },
      ])
    },
  },
]
