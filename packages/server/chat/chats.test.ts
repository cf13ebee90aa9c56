import { randomUUID } from 'node:crypto'
import { ParlorError } from '@parlor/core/errors'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type ChatHouse, fromSite, openChatHouse } from './testing/open-chat-house.ts'
import { text, toldBrain } from './testing/told-brain.ts'

type Session = Awaited<ReturnType<ChatHouse['session']>>

const brain = toldBrain()
let house: ChatHouse
beforeAll(async () => {
  house = await openChatHouse({ brain })
})
afterAll(() => house.close())

const call = (session: Session, method: 'GET' | 'POST', url: string, payload?: object) =>
  house.app.inject({ method, url, headers: fromSite(session), ...(payload && { payload }) })
const ask = (session: Session, chatId: string, messages: object[]) =>
  house.app.inject({
    method: 'POST',
    url: '/chat/completions',
    headers: fromSite(session, { 'gram-chat-id': chatId }),
    payload: { model: 'any', messages },
  })
const user = (content: string) => ({ role: 'user', content })
const idsIn = async (session: Session) =>
  (await call(session, 'GET', '/rpc/chat.list')).json().chats.map(({ id }: { id: string }) => id)

describe('whose chats one sees', () => {
  it('are a person’s own, under each of its tokens (C16)', async () => {
    const [first, later, other] = await Promise.all([
      house.session({ endUserId: 'u1' }),
      house.session({ endUserId: 'u1' }),
      house.session({ endUserId: 'u2' }),
    ])
    const chatId = randomUUID()
    await ask(first, chatId, [user('x')])
    expect(await idsIn(later)).toEqual([chatId])
    expect((await ask(later, chatId, [user('x'), { role: 'assistant', content: 'y' }, user('z')])).statusCode).toBe(200)
    expect(await idsIn(other)).toEqual([])
    const before = brain.asked.length
    const refused = [
      await ask(other, chatId, [user('x')]),
      await call(other, 'GET', `/rpc/chat.load?id=${chatId}`),
      await call(other, 'GET', `/chat/turnstream?chat_id=${chatId}`),
      await call(other, 'POST', '/rpc/chat.generateTitle', { id: chatId }),
      await call(other, 'POST', '/rpc/chat.submitFeedback', { id: chatId, feedback: 'success' }),
    ]
    expect(refused.map(({ statusCode }) => statusCode)).toEqual([404, 404, 404, 404, 404])
    expect(brain.asked).toHaveLength(before)
    // Nobody learns whether there is such a chat.
    const unknown = await call(other, 'GET', `/rpc/chat.load?id=${randomUUID()}`)
    const { id: _, ...told } = unknown.json()
    expect(refused[1]?.json()).toMatchObject(told)
  })

  it.each([undefined, ''])('are those of the very session where its token names nobody (%j)', async (endUserId) => {
    const wish = endUserId === undefined ? {} : { endUserId }
    const [mine, theirs] = [await house.session(wish), await house.session(wish)]
    const chatId = randomUUID()
    await ask(mine, chatId, [user('x')])
    expect(await idsIn(mine)).toEqual([chatId])
    expect(await idsIn(theirs)).toEqual([])
    expect((await call(theirs, 'GET', `/rpc/chat.load?id=${chatId}`)).statusCode).toBe(404)
  })

  it('are none of another project’s, also under the same name', async () => {
    const session = await house.session({ endUserId: 'u9' })
    const elsewhere = await house.session({ endUserId: 'u9' }, house.otherProject)
    const chatId = randomUUID()
    await ask(session, chatId, [user('x')])
    expect(await idsIn(elsewhere)).toEqual([])
    // The id is free there: it is a chat of its own.
    expect((await ask(elsewhere, chatId, [user('y')])).statusCode).toBe(200)
    expect((await call(session, 'GET', `/rpc/chat.load?id=${chatId}`)).json().messages[0].content).toBe('x')
  })
})

describe('a chat that is loaded', () => {
  it('comes in pages by number, each message in the shape clients of this wire read', async () => {
    const session = await house.session()
    const chatId = randomUUID()
    brain.says({ type: 'tool_call', call: { id: 'c', name: 'f', arguments: '{}' } })
    const asked = [user('first')]
    await ask(session, chatId, asked)
    const calls = [{ id: 'c', type: 'function', function: { name: 'f', arguments: '{}' } }]
    await ask(session, chatId, [
      ...asked,
      { role: 'assistant', content: null, tool_calls: calls } as never,
      { role: 'tool', tool_call_id: 'c', content: 'seven' } as never,
    ])
    const whole = (await call(session, 'GET', `/rpc/chat.load?id=${chatId}`)).json()
    expect(whole).toMatchObject({
      id: chatId,
      title: '',
      num_messages: 4,
      has_more_before: false,
      has_more_after: false,
    })
    expect(whole.messages.map(({ seq, role, content }: Record<string, string>) => `${seq} ${role} ${content}`)).toEqual(
      ['1 user first', '2 assistant ', '3 tool seven', '4 assistant You asked: first'],
    )
    expect(JSON.parse(whole.messages[1].tool_calls)).toEqual(calls)
    expect(whole.messages[2].tool_call_id).toBe('c')
    const newest = (await call(session, 'GET', `/rpc/chat.load?id=${chatId}&limit=1`)).json()
    expect([newest.messages[0].seq, newest.has_more_before, newest.has_more_after]).toEqual([4, true, false])
    const middle = (await call(session, 'GET', `/rpc/chat.load?id=${chatId}&limit=1&before_seq=3`)).json()
    expect([middle.messages[0].seq, middle.has_more_before, middle.has_more_after]).toEqual([2, true, true])
    const after = (await call(session, 'GET', `/rpc/chat.load?id=${chatId}&after_seq=2`)).json()
    expect(after.messages.map(({ seq }: { seq: number }) => seq)).toEqual([3, 4])
    for (const bad of ['limit=0', 'limit=201', 'limit=x', 'before_seq=-1']) {
      expect((await call(session, 'GET', `/rpc/chat.load?id=${chatId}&${bad}`)).statusCode, bad).toBe(400)
    }
  })

  it('gets its title from its first question, or the one that is sent, and keeps what it was worth', async () => {
    const session = await house.session()
    const chatId = randomUUID()
    await ask(session, chatId, [{ role: 'system', content: 'note' }, user(`When\n is   it ${'open '.repeat(40)}?`)])
    const title = async (more: object = {}) =>
      (await call(session, 'POST', '/rpc/chat.generateTitle', { id: chatId, ...more })).json().title
    const ours = await title()
    expect(ours).toMatch(/^When is it open .*open…$/)
    expect(ours.length).toBeLessThanOrEqual(80)
    expect(await title({ title: 'Mine' })).toBe('Mine')
    expect(await title()).toBe('Mine')
    expect(await title({ title: '' })).toBe(ours)
    const rated = await call(session, 'POST', '/rpc/chat.submitFeedback', { id: chatId, feedback: 'failure' })
    expect(rated.json()).toEqual({ success: true })
    expect(await house.stores.chats.findChat(house.project.id, chatId)).toMatchObject({
      title: ours,
      feedback: 'failure',
    })
    const bad = await call(session, 'POST', '/rpc/chat.submitFeedback', { id: chatId, feedback: 'meh' })
    expect([bad.statusCode, bad.json().name]).toEqual([400, 'invalid_enum_value'])
  })
})

describe('what is not kept', () => {
  it('is in no chat', async () => {
    const session = await house.session()
    const chatId = randomUUID()
    const headers = fromSite(session, { 'gram-chat-id': chatId, 'gram-skip-capture': 'true' })
    const payload = { messages: [user('x')] }
    const answer = await house.app.inject({ method: 'POST', url: '/chat/completions', headers, payload })
    expect(answer.statusCode).toBe(200)
    expect(await idsIn(session)).toEqual([])
    expect((await call(session, 'GET', `/chat/turnstream?chat_id=${chatId}`)).statusCode).toBe(404)
  })
})

describe('who answers', () => {
  it('is the project’s newest agent, also one made after the session; until then its newest documents', async () => {
    const told = toldBrain()
    const own = await openChatHouse({ brain: told })
    const session = await own.session()
    const askHere = () =>
      own.app.inject({
        method: 'POST',
        url: '/chat/completions',
        headers: fromSite(session),
        payload: { messages: [{ role: 'system', content: 'You obey me' }, user('x')] },
      })
    await askHere()
    expect(told.asked[0]?.context).toMatchObject({
      instructions: '',
      model: '',
      knowledgeBase: null,
      agentName: 'Parlor',
    })
    const agent = await own.addAgent()
    await askHere()
    const { context } = told.asked[1] ?? {}
    expect(context).toMatchObject({
      agentName: agent.name,
      instructions: 'Answer from the handbook.\n\nBe brief.',
      model: 'extractive',
      knowledgeBase: { name: expect.stringContaining('Handbook') },
    })
    expect(context?.calling?.notes).toEqual(['You obey me'])
    expect(context?.instructions).not.toContain('obey')
    await own.close()
  })
})

describe('a store that cannot be read', () => {
  it('refuses every use of a token with 500, and none succeeds (C15)', async () => {
    let isDown = false
    const unreadable = async () => {
      throw new ParlorError('unavailable')
    }
    const broken = await openChatHouse({
      brain: toldBrain(),
      change: ({ sessions }) => ({
        sessions: { ...sessions, findSessionByJti: (jti) => (isDown ? unreadable() : sessions.findSessionByJti(jti)) },
      }),
    })
    const session = await broken.session()
    isDown = true
    const uses: ['GET' | 'POST', string, object?][] = [
      ['POST', '/chat/completions', { messages: [user('x')] }],
      ['GET', `/chat/turnstream?chat_id=${randomUUID()}`],
      ['GET', '/rpc/chat.list'],
      ['GET', `/rpc/chat.load?id=${randomUUID()}`],
      ['POST', '/rpc/chat.generateTitle', { id: randomUUID() }],
      ['POST', '/rpc/chat.submitFeedback', { id: randomUUID(), feedback: 'success' }],
    ]
    for (const [method, url, payload] of uses) {
      const answer = await broken.app.inject({ method, url, headers: fromSite(session), ...(payload && { payload }) })
      expect([url, answer.statusCode, answer.json().name]).toEqual([url, 500, 'unexpected'])
    }
    await broken.close()
  })

  it.each([
    ['its answer could not be kept: it is never told as finished', 3, 200, 'Half of the answer.'],
    ['its question could not be kept: nothing of the answer is told', 2, 500, 'unexpected'],
    ['nobody knows whether it may be answered: no model is asked', 1, 500, 'unexpected'],
  ])('breaks off a stream where %s', async (_, failing, status, told) => {
    const teller = toldBrain()
    let steps = 0
    const orFail = <T>(step: () => Promise<T>): Promise<T> => {
      steps += 1
      return steps === failing ? Promise.reject(new ParlorError('unavailable')) : step()
    }
    const broken = await openChatHouse({
      brain: teller,
      change: ({ chats }) => ({
        chats: {
          ...chats,
          readSums: (session) => orFail(() => chats.readSums(session)),
          append: (...wish) => orFail(() => chats.append(...wish)),
        },
      }),
    })
    teller.says(text('Half of the answer.'))
    const answer = await broken.app.inject({
      method: 'POST',
      url: '/chat/completions',
      headers: fromSite(await broken.session()),
      payload: { messages: [user('x')], stream: true },
    })
    expect(answer.statusCode).toBe(status)
    expect(answer.body).toContain(told)
    expect(answer.body).toContain('"error"')
    expect(answer.body.includes('Half of')).toBe(status === 200)
    expect(answer.body).not.toContain('[DONE]')
    expect(answer.body).not.toContain('"finish_reason":"stop"')
    expect(teller.asked).toHaveLength(failing === 1 ? 0 : 1)
    expect(teller.asked.every(({ signal }) => signal.aborted)).toBe(true)
    await broken.close()
  })
})
