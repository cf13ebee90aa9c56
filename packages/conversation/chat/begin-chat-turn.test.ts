import type { Session } from '@parlor/core/session'
import { fixedClock } from '@parlor/core/time'
import { describe, expect, it } from 'vitest'
import { beginChatTurn, isFarFromLimits } from './begin-chat-turn.ts'
import type { ChatAppend, ChatStore, ChatTail } from './chat-store.ts'

const clock = fixedClock()
// The rest of a session is of no matter here.
const session = { id: 's', settings: {} } as Session
const user = { accountId: 'a', projectId: 'p', session }
const question = {
  chatId: 'c',
  agentId: 'g',
  said: [{ role: 'user' as const, text: 'why?' }],
  isForgotten: false,
}
const free = { messagesPerSession: null, tokensPerSession: null }

/** A store that shows this tail, and keeps what was decided on it. */
function storeWith(tail: Partial<ChatTail> = {}) {
  const decided: (ChatAppend | null)[] = []
  const whole: ChatTail = { chat: null, unanswered: [], sessionMessages: 0, sessionTokens: 0, ...tail }
  const chats: Pick<ChatStore, 'append' | 'findChat' | 'readSums'> = {
    findChat: async () => whole.chat,
    readSums: async () => whole,
    append: async (_place, _at, decide) => {
      decided.push(decide(whole))
      return null
    },
  }
  return { decided, ports: { chats: chats as ChatStore, clock } }
}

describe('a question', () => {
  it('is stored and counted', async () => {
    const { decided, ports } = storeWith()
    expect(await beginChatTurn(ports, user, question, free)).toEqual({ outcome: 'begun', base: 1 })
    expect(decided).toMatchObject([
      { asked: 1, begins: { id: 'c', agentId: 'g', sessionId: 's', endUserId: null }, messages: [{ text: 'why?' }] },
    ])
  })

  it('that is not to be kept is counted all the same', async () => {
    const { decided, ports } = storeWith()
    await beginChatTurn(ports, user, { ...question, isForgotten: true }, free)
    expect(decided).toEqual([{ asked: 1, messages: [] }])
  })

  it.each([
    [{ messagesPerSession: 5, tokensPerSession: null }, 'limit'],
    [{ messagesPerSession: 6, tokensPerSession: null }, 'begun'],
    [{ messagesPerSession: null, tokensPerSession: 70 }, 'limit'],
    [{ messagesPerSession: null, tokensPerSession: 71 }, 'begun'],
  ])('is held to %j', async (rules, outcome) => {
    const { decided, ports } = storeWith({ sessionMessages: 5, sessionTokens: 70 })
    expect((await beginChatTurn(ports, user, question, rules)).outcome).toBe(outcome)
    expect(decided[0] === null).toBe(outcome === 'limit')
  })

  it.each([
    [{ messagesPerSession: 69, tokensPerSession: null }, false],
    [{ messagesPerSession: 70, tokensPerSession: null }, true],
    [{ messagesPerSession: null, tokensPerSession: 20_070 }, false],
    [{ messagesPerSession: null, tokensPerSession: 20_071 }, true],
  ])('is far from %j: %s', async (rules, isFar) => {
    const { decided, ports } = storeWith({ sessionMessages: 5, sessionTokens: 70 })
    expect(await isFarFromLimits(ports, user, question, rules)).toBe(isFar)
    expect(decided).toEqual([])
  })
})
