import type { Chat, ChatAppend, ChatMessage, ChatTail } from '@parlor/conversation/chat'
import { expect } from 'vitest'
import { chatListCases } from './chat-list.ts'
import { chatModelCases } from './chat-model.ts'
import { chatSessionCases } from './chat-session.ts'
import { type ContractCase, describeCases, type OpenStores, type Stores } from './contract-case.ts'
import { brokenTexts, chatMessage, hostileTexts, sampleChat } from './samples.ts'

type Begins = Omit<Chat, 'messages'>

const placeOf = ({ projectId, id, sessionId }: Begins) => ({ projectId, chatId: id, sessionId })
const all = { limit: 1_000 }
const nothing: ChatTail = { chat: null, unanswered: [], sessionMessages: 0, sessionTokens: 0 }

/** Begins a chat with these messages. */
const begin = ({ chats }: Stores, begins: Begins, messages: readonly ChatMessage[] = [], at = begins.createdAt) =>
  chats.append(placeOf(begins), at, () => ({ begins, messages }))

/** What a decision is told of a chat now. */
async function tailOf({ chats }: Stores, begins: Begins): Promise<ChatTail> {
  const seen: ChatTail[] = []
  await chats.append(placeOf(begins), 1, (tail) => {
    seen.push(tail)
    return null
  })
  return seen[0] as ChatTail
}

const whole: readonly ChatMessage[] = [
  chatMessage("What's open?"),
  chatMessage('', 'assistant', {
    toolCalls: [{ id: 'call', name: 'hours', arguments: '{"day":' }],
    finish: 'tool_calls',
    model: 'parlor/agent',
  }),
  chatMessage('{"open":true}', 'tool', { toolCallId: 'call' }),
  chatMessage('Now [1].', 'assistant', {
    citations: [{ n: 1, title: 'Hours', heading: '', source: 'hours.md', url: 'https://shop.example/hours' }],
    finish: 'stop',
  }),
]

const writeCases: readonly ContractCase[] = [
  {
    name: 'a chat begins with an append, and it is found with its messages, numbered from 1, as soon as it is acknowledged',
    run: async ({ stores }) => {
      const { chats } = stores
      const begins = sampleChat({ endUserId: "o'brien", title: 'Hours' })
      const place = placeOf(begins)
      const stored = whole.map((message, index) => ({ ...message, seq: index + 1 }))
      const first = await chats.append(place, 2_000, (tail) => {
        expect(tail).toEqual(nothing)
        return { begins, messages: whole.slice(0, 2) }
      })
      const begun = { ...begins, updatedAt: 2_000, messages: 2 }
      expect(first).toEqual({ chat: begun, messages: stored.slice(0, 2) })
      expect(await chats.findChat(begins.projectId, begins.id)).toEqual(begun)
      expect(await chats.listMessages(begins.projectId, begins.id, all)).toEqual(stored.slice(0, 2))
      const second = await chats.append(place, 3_000, (tail) => {
        expect(tail).toEqual({ ...nothing, chat: begun })
        return { messages: whole.slice(2) }
      })
      const after = { ...begun, updatedAt: 3_000, messages: 4 }
      expect(second).toEqual({ chat: after, messages: stored.slice(2) })
      expect(await chats.findChat(begins.projectId, begins.id)).toEqual(after)
      expect(await chats.listMessages(begins.projectId, begins.id, all)).toEqual(stored)
    },
  },
  {
    name: 'only a message moves the time of the last change, and never back',
    run: async ({ stores }) => {
      const begins = sampleChat({ updatedAt: 5 })
      const place = placeOf(begins)
      expect((await begin(stores, begins, [], 9))?.chat).toMatchObject({ updatedAt: 5, messages: 0 })
      const times: number[] = []
      for (const [at, messages] of [
        [20, [chatMessage('a')]],
        [10, [chatMessage('b')]],
        [30, []],
      ] as const) {
        times.push((await stores.chats.append(place, at, () => ({ messages, tokens: 1 })))?.chat.updatedAt ?? 0)
      }
      expect(times).toEqual([20, 20, 20])
      expect(await stores.chats.findChat('project', begins.id)).toMatchObject({ updatedAt: 20, messages: 2 })
    },
  },
  {
    name: 'what is unanswered is what came after the last message of the assistant, a call of tools being an answer',
    run: async ({ stores }) => {
      const begins = sampleChat()
      const place = placeOf(begins)
      await begin(stores, begins)
      const grown: [ChatMessage, number[]][] = [
        [chatMessage('one'), [1]],
        [chatMessage('two'), [1, 2]],
        [chatMessage('', 'assistant', { toolCalls: [{ id: 'c', name: 'f', arguments: '{}' }] }), []],
        [chatMessage('result', 'tool', { toolCallId: 'c' }), [4]],
        [chatMessage('and', 'user'), [4, 5]],
        [chatMessage('', 'assistant', { finish: 'failed' }), []],
        [chatMessage('again', 'user'), [7]],
      ]
      for (const [message, unanswered] of grown) {
        await stores.chats.append(place, 1, () => ({ messages: [message] }))
        const tail = await tailOf(stores, begins)
        expect(tail.unanswered.map(({ seq }) => seq)).toEqual(unanswered)
        expect(tail.unanswered.at(-1) ?? null).toEqual(
          unanswered.length === 0 ? null : { ...message, seq: tail.chat?.messages },
        )
      }
      await stores.chats.append(place, 1, () => ({ messages: [chatMessage('a', 'assistant'), chatMessage('b')] }))
      expect((await tailOf(stores, begins)).unanswered.map(({ seq }) => seq)).toEqual([9])
    },
  },
  {
    name: 'appends at once are numbered without gaps, and each decision sees what the one before it wrote',
    run: async ({ stores: { chats } }) => {
      const begins = sampleChat()
      const seen: number[] = []
      const appended = await Promise.all(
        Array.from({ length: 20 }, (_, index) =>
          chats.append(placeOf(begins), 1, ({ chat, unanswered }) => {
            expect(unanswered).toHaveLength(chat?.messages ?? 0)
            seen.push(chat?.messages ?? 0)
            return { ...(chat === null && { begins }), messages: [chatMessage(`${index}`), chatMessage(`${index}!`)] }
          }),
        ),
      )
      expect(seen).toEqual(Array.from({ length: 20 }, (_, index) => index * 2))
      const messages = await chats.listMessages('project', begins.id, all)
      expect(messages.map(({ seq }) => seq)).toEqual(Array.from({ length: 40 }, (_, index) => index + 1))
      for (const one of appended) {
        const [first, second] = one?.messages ?? []
        expect(messages[(first?.seq ?? 0) - 1]).toEqual(first)
        expect([second?.seq, second?.text]).toEqual([(first?.seq ?? 0) + 1, `${first?.text}!`])
      }
    },
  },
  {
    name: 'a decision for nothing writes nothing, and an error of it is passed on and undoes only its own append',
    run: async ({ stores: { chats } }) => {
      const [begins, never] = [sampleChat(), sampleChat()]
      const error = new Error('no')
      const settled = await Promise.allSettled([
        chats.append(placeOf(begins), 1, () => ({ begins, messages: [chatMessage('a')] })),
        chats.append(placeOf(begins), 1, () => null),
        chats.append(placeOf(begins), 1, () => {
          throw error
        }),
        chats.append(placeOf(begins), 1, () => ({ messages: [chatMessage('b')] })),
        chats.append(placeOf(never), 1, () => null),
      ])
      expect(settled[1]).toEqual({ status: 'fulfilled', value: null })
      expect(settled[2]).toEqual({ status: 'rejected', reason: error })
      const messages = await chats.listMessages('project', begins.id, all)
      expect(messages.map(({ seq, text }) => [seq, text])).toEqual([
        [1, 'a'],
        [2, 'b'],
      ])
      expect(await chats.findChat('project', never.id)).toBeNull()
      expect((await chats.listChats({ projectId: 'project' }, { offset: 0, limit: 9 })).total).toBe(1)
    },
  },
  {
    name: 'a chat is begun once, as the one it is, and what does not fit it is refused whole',
    run: async ({ stores }) => {
      const { chats } = stores
      const [begins, other] = [sampleChat({ sessionId: 's' }), sampleChat({ sessionId: 's' })]
      await begin(stores, begins, [chatMessage('a')])
      const messages = [chatMessage('b')]
      const unfit: [Begins, ChatAppend][] = [
        [begins, { begins, messages, asked: 1 }],
        [begins, { messages, asked: -1 }],
        [begins, { messages, asked: 1, tokens: 0.5 }],
        [other, { messages, asked: 1 }],
        [other, { begins: { ...other, id: 'another' }, messages, asked: 1 }],
        [other, { begins: { ...other, projectId: 'another' }, messages, asked: 1 }],
      ]
      for (const [chat, wanted] of unfit) {
        await expect(chats.append(placeOf(chat), 9, () => wanted)).rejects.toThrow()
      }
      expect(await tailOf(stores, begins)).toMatchObject({
        chat: { messages: 1, updatedAt: 1_000 },
        sessionMessages: 0,
      })
      expect(await tailOf(stores, other)).toEqual(nothing)
      expect((await chats.listChats({ projectId: 'project' }, { offset: 0, limit: 9 })).total).toBe(1)
    },
  },
]

const textCases: readonly ContractCase[] = [
  {
    name: 'a title and feedback are overwritten one by one, and nothing else of the chat changes',
    run: async ({ stores }) => {
      const { chats } = stores
      const [begins, other] = [sampleChat(), sampleChat()]
      const made = (await begin(stores, begins, whole))?.chat
      const kept = (await begin(stores, other))?.chat
      const update = (change: { title?: string; feedback?: 'success' | 'failure' }) =>
        chats.updateChat('project', begins.id, change)
      expect(await update({ title: 'Hours' })).toEqual({ ...made, title: 'Hours' })
      expect(await update({ feedback: 'failure' })).toEqual({ ...made, title: 'Hours', feedback: 'failure' })
      expect(await update({ title: '', feedback: 'success' })).toEqual({ ...made, title: '', feedback: 'success' })
      expect(await update({})).toEqual({ ...made, title: '', feedback: 'success' })
      expect(await chats.findChat('project', begins.id)).toEqual({ ...made, title: '', feedback: 'success' })
      expect(await chats.findChat('project', other.id)).toEqual(kept)
      expect(await chats.updateChat('project', 'unknown', { title: 'x' })).toBeNull()
      expect(await chats.updateChat('elsewhere', begins.id, { title: 'x' })).toBeNull()
    },
  },
  {
    name: 'hostile text is kept to the letter, in ids and names too, and broken text does no harm',
    run: async ({ stores }) => {
      const { chats } = stores
      const messages = hostileTexts.map((text) => chatMessage(text))
      const stored = messages.map((message, index) => ({ ...message, seq: index + 1 }))
      for (const text of hostileTexts) {
        const begins = sampleChat({ id: text, projectId: `p${text}`, endUserId: text, sessionId: text, title: text })
        const { projectId } = begins
        const appended = await begin(stores, begins, messages)
        expect(await chats.findChat(projectId, text)).toEqual({ ...begins, messages: messages.length })
        expect(await chats.listMessages(projectId, text, all)).toEqual(stored)
        for (const filter of [{ endUserId: text }, { sessionId: text }]) {
          const { items, total } = await chats.listChats({ projectId, ...filter }, { offset: 0, limit: 9 })
          expect([items, total]).toEqual([[appended?.chat], 1])
        }
        expect(await chats.findChat(text, text)).toBeNull()
      }
      for (const text of brokenTexts) {
        const begins = sampleChat({ id: `c${text}`, endUserId: text, title: text })
        await begin(stores, begins, [chatMessage(text)])
        expect(await chats.listMessages('project', begins.id, all)).toHaveLength(1)
        expect(await chats.findChat(text, text)).toBeNull()
      }
    },
  },
]

export const chatStoreCases: readonly ContractCase[] = [
  ...writeCases,
  ...textCases,
  ...chatListCases,
  ...chatSessionCases,
  ...chatModelCases,
]

export function describeChatStore(open: OpenStores): void {
  describeCases('ChatStore', chatStoreCases, open)
}
