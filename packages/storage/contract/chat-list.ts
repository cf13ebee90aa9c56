import type { Chat, ChatFilter } from '@parlor/conversation/chat'
import type { Page } from '@parlor/core/agent'
import { expect } from 'vitest'
import type { ContractCase, Stores } from './contract-case.ts'
import { chatMessage, hostileTexts, sampleChat } from './samples.ts'

const placeOf = ({ projectId, id, sessionId }: Omit<Chat, 'messages'>) => ({ projectId, chatId: id, sessionId })
const all = { offset: 0, limit: 100 }

/** A chat with a message at this time. */
async function make({ chats }: Stores, at: number, changed: Partial<Chat> = {}): Promise<Chat> {
  const begins = sampleChat({ createdAt: at, updatedAt: at, ...changed })
  const appended = await chats.append(placeOf(begins), at, () => ({ begins, messages: [chatMessage('hello')] }))
  return (appended as NonNullable<typeof appended>).chat
}

export const chatListCases: readonly ContractCase[] = [
  {
    name: 'chats are listed the last changed first, of those changed at once the last begun, a page at a time',
    run: async ({ stores }) => {
      const { chats } = stores
      const list = async (page: Page = all) => {
        const { items, total } = await chats.listChats({ projectId: 'project' }, page)
        expect(total).toBe(5)
        return items.map(({ id }) => id)
      }
      for (const [id, at] of [
        ['c', 5],
        ['a', 5],
        ['b', 5],
        ['late', 7],
        ['early', 2],
      ] as const) {
        await make(stores, at, { id })
      }
      expect(await list()).toEqual(['late', 'b', 'a', 'c', 'early'])
      expect(await list({ offset: 1, limit: 2 })).toEqual(['b', 'a'])
      expect(await list({ offset: 9, limit: 2 })).toEqual([])
      expect(await list({ offset: 0, limit: 0 })).toEqual([])
      await chats.append({ projectId: 'project', chatId: 'early', sessionId: null }, 5, () => ({
        messages: [chatMessage('again')],
      }))
      expect(await list()).toEqual(['late', 'early', 'b', 'a', 'c'])
      await chats.append({ projectId: 'project', chatId: 'c', sessionId: null }, 8, () => ({
        messages: [chatMessage('again')],
      }))
      await chats.updateChat('project', 'a', { title: 'Title' })
      expect(await list()).toEqual(['c', 'late', 'early', 'b', 'a'])
    },
  },
  {
    name: 'a list is narrowed to a person in any session and to the session chats began in, alone and together',
    run: async ({ stores }) => {
      const { chats } = stores
      const first = await make(stores, 1, { endUserId: 'ann', sessionId: 's1' })
      const second = await make(stores, 2, { endUserId: 'ann', sessionId: 's2' })
      const third = await make(stores, 3, { endUserId: 'bob', sessionId: 's1' })
      const unnamed = await make(stores, 4, { sessionId: 's1' })
      const empty = await make(stores, 5, { endUserId: '' })
      await make(stores, 6, { projectId: 'elsewhere', endUserId: 'ann', sessionId: 's1' })
      const list = async (filter: Omit<ChatFilter, 'projectId'>, page = all) => {
        const { items, total } = await chats.listChats({ projectId: 'project', ...filter }, page)
        if (page === all) expect(total).toBe(items.length)
        return items
      }
      expect(await list({})).toEqual([empty, unnamed, third, second, first])
      expect(await list({ endUserId: 'ann' })).toEqual([second, first])
      expect(await list({ endUserId: 'ann' }, { offset: 1, limit: 1 })).toEqual([first])
      expect(await list({ endUserId: '' })).toEqual([empty])
      expect(await list({ sessionId: 's1' })).toEqual([unnamed, third, first])
      expect(await list({ sessionId: 's1' }, { offset: 1, limit: 1 })).toEqual([third])
      expect(await list({ sessionId: 's1', endUserId: 'ann' })).toEqual([first])
      expect(await list({ sessionId: 's1', endUserId: '' })).toEqual([])
      for (const text of hostileTexts.slice(1)) {
        expect(await list({ endUserId: text })).toEqual([])
        expect(await list({ sessionId: text })).toEqual([])
      }
    },
  },
  {
    name: 'messages are read the last ones, or the first ones after a number, below another, oldest first',
    run: async ({ stores: { chats } }) => {
      const begins = sampleChat()
      const messages = Array.from({ length: 9 }, (_, index) => chatMessage(`${index + 1}`))
      const appended = await chats.append(placeOf(begins), 1, () => ({ begins, messages }))
      const read = async (window: { limit: number; afterSeq?: number; beforeSeq?: number }) => {
        const found = await chats.listMessages('project', begins.id, window)
        for (const one of found) expect(one).toEqual(appended?.messages[one.seq - 1])
        return found.map(({ seq }) => seq)
      }
      expect(await read({ limit: 3 })).toEqual([7, 8, 9])
      expect(await read({ limit: 3, beforeSeq: 5 })).toEqual([2, 3, 4])
      expect(await read({ limit: 3, afterSeq: 5 })).toEqual([6, 7, 8])
      expect(await read({ limit: 3, afterSeq: 0 })).toEqual([1, 2, 3])
      expect(await read({ limit: 9, afterSeq: 3, beforeSeq: 6 })).toEqual([4, 5])
      expect(await read({ limit: 1, afterSeq: 3, beforeSeq: 6 })).toEqual([4])
      expect(await read({ limit: 9, beforeSeq: 1 })).toEqual([])
      expect(await read({ limit: 9, afterSeq: 9 })).toEqual([])
      expect(await read({ limit: 0 })).toEqual([])
      expect(await chats.listMessages('project', 'unknown', { limit: 9 })).toEqual([])
    },
  },
  {
    name: "projects never see each other's chats, though their ids are the same",
    run: async ({ stores }) => {
      const { chats } = stores
      const mine = await make(stores, 1, { id: 'same', projectId: 'mine', endUserId: 'ann', sessionId: 's' })
      const theirs = sampleChat({ id: 'same', projectId: 'theirs', endUserId: 'ann', sessionId: 's' })
      const begun = await chats.append(placeOf(theirs), 2, ({ chat, unanswered }) => {
        expect([chat, unanswered]).toEqual([null, []])
        return { begins: theirs, messages: [chatMessage('for them', 'assistant'), chatMessage('more')] }
      })
      await chats.updateChat('theirs', 'same', { title: 'Theirs' })
      await chats.append({ projectId: 'mine', chatId: 'same', sessionId: 's' }, 3, ({ chat, unanswered }) => {
        expect(chat).toEqual(mine)
        expect(unanswered.map(({ text }) => text)).toEqual(['hello'])
        return null
      })
      expect(await chats.findChat('mine', 'same')).toEqual(mine)
      expect((await chats.listMessages('mine', 'same', { limit: 9 })).map(({ text }) => text)).toEqual(['hello'])
      expect(await chats.listMessages('theirs', 'same', { limit: 9 })).toEqual(begun?.messages)
      for (const filter of [{}, { endUserId: 'ann' }, { sessionId: 's' }]) {
        expect(await chats.listChats({ projectId: 'mine', ...filter }, all)).toEqual({ items: [mine], total: 1 })
        expect(await chats.listChats({ projectId: 'nobody', ...filter }, all)).toEqual({ items: [], total: 0 })
      }
    },
  },
]
