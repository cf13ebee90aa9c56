import type { ChatAppend, ChatStore, ChatTail } from '@parlor/conversation/chat'
import type { Fault } from './break-store.ts'
import type { Stores } from './contract-case.ts'

/** A store that shows decisions something else, or writes something else than they say. */
const alter = (
  { chats }: Stores,
  { show = (tail) => tail, take = (wanted) => wanted }: { show?: (tail: ChatTail) => ChatTail; take?: Take },
) => ({
  chats: {
    append: ((place, at, decide) =>
      chats.append(place, at, (tail) => {
        const wanted = decide(show(tail))
        return wanted === null ? null : take(wanted)
      })) satisfies ChatStore['append'],
  },
})
type Take = (wanted: ChatAppend) => ChatAppend

/** The id a store would use that does not look at the project. */
const anywhere = 'anywhere'

export const chatFaults: readonly Fault[] = [
  {
    name: 'acknowledges an append before it is kept',
    noticedBy: 'as soon as it is acknowledged',
    breakIn: ({ chats }) => ({
      chats: {
        append: (place, at, decide) =>
          new Promise((resolve, reject) => {
            let wanted: ChatAppend | null = null
            const kept = chats.append(place, at, (tail) => {
              wanted = decide(tail)
              const before = tail.chat?.messages ?? 0
              const messages = wanted?.messages.map((one, index) => ({ ...one, seq: before + index + 1 })) ?? []
              const chat = { ...(tail.chat ?? wanted?.begins), updatedAt: at, messages: before + messages.length }
              queueMicrotask(() => resolve({ chat, messages } as Awaited<ReturnType<ChatStore['append']>>))
              throw new Error('lost')
            })
            kept.catch((error: unknown) => (wanted === null ? reject(error) : undefined))
          }),
      },
    }),
  },
  {
    name: 'lets time run back',
    noticedBy: 'only a message moves the time',
    breakIn: ({ chats }) => ({
      chats: {
        append: async (place, at, decide) => {
          const appended = await chats.append(place, at, decide)
          return appended === null ? null : { ...appended, chat: { ...appended.chat, updatedAt: at } }
        },
      },
    }),
  },
  {
    name: 'takes a call of tools for no answer',
    noticedBy: 'a call of tools being an answer',
    breakIn: (stores) =>
      alter(stores, {
        take: (wanted) => ({
          ...wanted,
          messages: wanted.messages.map((one) => (one.toolCalls === undefined ? one : { ...one, role: 'tool' })),
        }),
      }),
  },
  {
    name: 'takes what tools said for answered',
    noticedBy: 'a call of tools being an answer',
    breakIn: (stores) =>
      alter(stores, {
        show: (tail) => ({ ...tail, unanswered: tail.unanswered.filter(({ role }) => role === 'user') }),
      }),
  },
  {
    name: 'decides on what it read before, without a lock',
    noticedBy: 'numbered without gaps',
    breakIn: ({ chats }) => ({
      chats: {
        append: async (place, at, decide) => {
          const chat = await chats.findChat(place.projectId, place.chatId)
          const unanswered = await chats.listMessages(place.projectId, place.chatId, { limit: 99 })
          const wanted = decide({ chat, unanswered, sessionMessages: 0, sessionTokens: 0 })
          return chats.append(place, at, (tail) => {
            const { begins, ...rest } = wanted as ChatAppend
            return { ...rest, ...(tail.chat === null && begins && { begins }) }
          })
        },
      },
    }),
  },
  {
    name: 'swallows what a decision throws',
    noticedBy: 'a decision for nothing writes nothing',
    breakIn: ({ chats }) => ({ chats: { append: (...args) => chats.append(...args).catch(() => null) } }),
  },
  {
    name: 'keeps what a decision threw away',
    noticedBy: 'a decision threw away',
    breakIn: ({ chats }) => ({
      chats: {
        append: async (place, at, decide) => {
          try {
            return await chats.append(place, at, decide)
          } catch (error) {
            await chats.append(place, at, () => ({ messages: [], asked: 1 }))
            throw error
          }
        },
      },
    }),
  },
  {
    name: 'lets a chat begin again',
    noticedBy: 'a chat is begun once',
    breakIn: ({ chats }) => ({
      chats: {
        append: (place, at, decide) =>
          chats.append(place, at, (tail) => {
            const wanted = decide(tail)
            if (wanted === null || tail.chat === null) return wanted
            const { begins: _, ...rest } = wanted
            return rest
          }),
      },
    }),
  },
  {
    name: 'empties the title when feedback comes',
    noticedBy: 'overwritten one by one',
    breakIn: ({ chats }) => ({
      chats: { updateChat: (project, chat, change) => chats.updateChat(project, chat, { title: '', ...change }) },
    }),
  },
  {
    name: 'lists the first begun first among those changed at once',
    noticedBy: 'listed the last changed first',
    breakIn: ({ chats }) => ({
      chats: {
        listChats: async (filter, page) => {
          const { items, total } = await chats.listChats(filter, page)
          const sorted = items.toReversed().toSorted((one, other) => other.updatedAt - one.updatedAt)
          return { items: sorted, total }
        },
      },
    }),
  },
  {
    name: 'takes nobody in particular for everybody',
    noticedBy: 'narrowed to a person',
    breakIn: ({ chats }) => ({
      chats: {
        listChats: ({ endUserId, ...filter }, page) =>
          chats.listChats(endUserId ? { ...filter, endUserId } : filter, page),
      },
    }),
  },
  {
    name: 'reads the first messages where the last are meant',
    noticedBy: 'messages are read',
    breakIn: ({ chats }) => ({
      chats: {
        listMessages: (project, chat, window) => chats.listMessages(project, chat, { afterSeq: 0, ...window }),
      },
    }),
  },
  {
    name: 'knows a chat by its id alone',
    noticedBy: "projects never see each other's chats",
    breakIn: ({ chats }) => ({
      chats: {
        append: (place, at, decide) =>
          chats.append({ ...place, projectId: anywhere }, at, (tail) => {
            const wanted = decide(tail)
            if (!wanted?.begins) return wanted
            return { ...wanted, begins: { ...wanted.begins, projectId: anywhere } }
          }),
        findChat: (_, chat) => chats.findChat(anywhere, chat),
      },
    }),
  },
  {
    name: 'sums tokens per chat instead of per session',
    noticedBy: 'summed over its chats and transcripts',
    breakIn: ({ chats }) => ({
      chats: {
        append: (place, at, decide) =>
          chats.append({ ...place, sessionId: `${place.sessionId} ${place.chatId}` }, at, decide),
      },
    }),
  },
  {
    name: 'charges the session a chat began in',
    noticedBy: 'goes on in another session',
    breakIn: ({ chats }) => ({
      chats: {
        append: async (place, at, decide) => {
          const begun = await chats.findChat(place.projectId, place.chatId)
          return chats.append({ ...place, sessionId: begun?.sessionId ?? place.sessionId }, at, decide)
        },
      },
    }),
  },
  {
    name: 'charges a session of its own where there is none',
    noticedBy: 'without a session nothing',
    breakIn: ({ chats }) => ({
      chats: {
        append: (place, at, decide) => chats.append({ ...place, sessionId: place.sessionId ?? '' }, at, decide),
      },
    }),
  },
  {
    name: 'reads sums of nobody',
    noticedBy: 'outside of any chat counts in its session',
    breakIn: () => ({ chats: { readSums: async () => ({ sessionMessages: 0, sessionTokens: 0 }) } }),
  },
  {
    name: 'shows sums that are a moment old',
    noticedBy: 'are given out once',
    breakIn: (stores) => {
      let last = 0
      return alter(stores, {
        show: (tail) => {
          const shown = { ...tail, sessionMessages: last }
          last = tail.sessionMessages
          return shown
        },
      })
    },
  },
  {
    name: 'forgets tokens of an append without messages',
    noticedBy: 'reference model',
    breakIn: (stores) =>
      alter(stores, { take: (wanted) => (wanted.messages.length === 0 ? { ...wanted, tokens: 0 } : wanted) }),
  },
  {
    name: 'cuts long text',
    noticedBy: 'hostile text is kept',
    breakIn: (stores) =>
      alter(stores, {
        take: (wanted) => ({
          ...wanted,
          messages: wanted.messages.map((one) => ({ ...one, text: one.text.slice(0, 9_999) })),
        }),
      }),
  },
]
