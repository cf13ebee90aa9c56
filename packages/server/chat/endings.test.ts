import { randomUUID } from 'node:crypto'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { type ChatHouse, fromSite, openChatHouse } from './testing/open-chat-house.ts'
import { openStream } from './testing/read-stream.ts'
import { text, toldBrain } from './testing/told-brain.ts'

const user = (content: string) => ({ role: 'user', content })
let brain: ReturnType<typeof toldBrain>
let house: ChatHouse
let url: string

beforeEach(async () => {
  brain = toldBrain()
  house = await openChatHouse({ brain })
  url = await house.listen()
})
afterEach(() => house.close())

const ask = (session: Awaited<ReturnType<ChatHouse['session']>>, body: object, headers: Record<string, string> = {}) =>
  openStream(`${url}/chat/completions`, fromSite(session, headers), { messages: [user('x')], ...body })
const asked = async (count: number) => {
  while (brain.asked.length < count) await new Promise((resolve) => setImmediate(resolve))
}
const told = (session: Awaited<ReturnType<ChatHouse['session']>>, chatId: string) =>
  openStream(`${url}/chat/turnstream?chat_id=${chatId}`, fromSite(session))

describe('ending a session', () => {
  it('stops its models, closes its streams and refuses what waits, before the ending call returns', async () => {
    const [session, other] = [await house.session(), await house.session()]
    const script = brain.waits()
    const chatId = randomUUID()
    script.say(text('Half of '))
    const streamed = await ask(session, { stream: true }, { 'gram-chat-id': chatId })
    await streamed.until('Half of')
    const resumed = await told(session, chatId)
    await resumed.until('Half of')
    brain.waits()
    const pending = ask(session, {})
    await asked(2)
    const spared = brain.waits()
    const theirs = ask(other, { stream: true })
    await asked(3)

    await house.end(session)
    expect(brain.asked.map(({ signal }) => signal.aborted)).toEqual([true, true, false])
    expect(house.app.server.listening).toBe(true)
    script.say(text('an answer.'))
    const refused = await pending
    await refused.over
    expect([refused.status, JSON.parse(refused.text()).error.code]).toEqual([401, 'unauthorized'])
    for (const stream of [streamed, resumed]) {
      await stream.over
      expect(stream.text()).not.toContain('an answer')
      expect(stream.text()).not.toContain('[DONE]')
      expect(stream.text().trimEnd()).toMatch(/data: \{"error":.*"reason":"revoked"\}\}$/)
    }
    spared.say(text('Still here.'))
    await (await theirs).until('Still here.')
  })

  it.each([
    ['the session ends', 401],
    ['the lease is lost', 500],
  ])('hands out nothing that was being read when %s', async (what, status) => {
    const gate = Promise.withResolvers<void>()
    let mayServe = true
    let hasAsked = () => {}
    const reading = new Promise<void>((resolve) => {
      hasAsked = resolve
    })
    const slow = await openChatHouse({
      brain,
      mayServe: () => mayServe,
      change: ({ chats }) => ({
        chats: {
          ...chats,
          listChats: async (...wish) => {
            hasAsked()
            await gate.promise
            return chats.listChats(...wish)
          },
        },
      }),
    })
    const session = await slow.session()
    const answer = slow.app.inject({ url: '/rpc/chat.list', headers: fromSite(session) }).then((one) => one)
    await reading
    const ending = what === 'the session ends' ? slow.end(session) : undefined
    mayServe = what === 'the session ends'
    const isOpen = async () => (await slow.stores.sessions.findSession(session.session.id))?.state !== 'ended'
    while (ending !== undefined && (await isOpen())) await new Promise((resolve) => setImmediate(resolve))
    gate.resolve()
    expect((await answer).statusCode).toBe(status)
    expect((await answer).json()).not.toHaveProperty('chats')
    await ending
    await slow.close()
  })

  it('takes no call of its token that was let in before', async () => {
    const session = await house.session()
    await house.end(session)
    expect(() => house.turns.sessions.hold(session.session, { end: () => {}, cut: () => {} })).toThrow(
      'The session is over',
    )
    expect((await ask(session, {})).status).toBe(401)
  })

  it('keeps what was said', async () => {
    const session = await house.session()
    const chatId = randomUUID()
    brain.waits().say(text('Half of '))
    const stream = await ask(session, { stream: true }, { 'gram-chat-id': chatId })
    await stream.until('Half of')
    const turn = house.turns.find(house.project.id, chatId)
    await house.end(session)
    await turn?.over
    const stored = await house.stores.chats.listMessages(house.project.id, chatId, { limit: 9 })
    expect(stored.at(-1)).toMatchObject({ role: 'assistant', text: 'Half of ', finish: 'stopped' })
  })

  it('happens by itself when its time has come, in the middle of an answer', async () => {
    const session = await house.session({ durationSeconds: 1 })
    brain.waits().say(text('Half of '))
    const stream = await ask(session, { stream: true })
    await stream.over
    expect(stream.text()).toContain('"reason":"expired"')
    expect((await house.stores.sessions.findSession(session.session.id))?.reason).toBe('expired')
  })

  it('by its limit answers 402, then ends the session for everything else', async () => {
    const limited = await openChatHouse({ brain, limits: { messagesPerSession: 2, tokensPerSession: null } })
    const session = await limited.session()
    const statuses: number[] = []
    for (const skip of ['false', 'true', 'false', 'false']) {
      const answer = await limited.app.inject({
        method: 'POST',
        url: '/chat/completions',
        headers: fromSite(session, { 'gram-skip-capture': skip }),
        payload: { messages: [user('x')] },
      })
      statuses.push(answer.statusCode)
    }
    expect(statuses).toEqual([200, 200, 402, 401])
    expect(brain.asked).toHaveLength(2)
    expect((await limited.stores.sessions.findSession(session.session.id))?.reason).toBe('limit')
    await limited.close()
  })
})

describe('a server that leaves', () => {
  it('keeps what was said, ends its streams without an end of the answer, and takes nothing new', async () => {
    const session = await house.session()
    const chatId = randomUUID()
    brain.waits().say(text('Half of '))
    const stream = await ask(session, { stream: true }, { 'gram-chat-id': chatId })
    await stream.until('Half of')
    await house.turns.close()
    const stored = await house.stores.chats.listMessages(house.project.id, chatId, { limit: 9 })
    expect(stored.at(-1)).toMatchObject({ text: 'Half of ', finish: 'stopped' })
    expect(await stream.over).toBe('ended')
    expect(stream.text()).toContain('"code":"unavailable"')
    expect(stream.text()).not.toContain('[DONE]')
    expect((await ask(session, {})).status).toBe(503)
  })

  it('cuts everything at once when it may serve nothing any more', async () => {
    const session = await house.session()
    brain.waits().say(text('Half of '))
    const stream = await ask(session, { stream: true })
    await stream.until('Half of')
    house.turns.cutAll()
    expect(await stream.over).toBe('cut')
    expect(brain.asked[0]?.signal.aborted).toBe(true)
  })
})
