import { randomUUID } from 'node:crypto'
import { afterEach, describe, expect, it } from 'vitest'
import { type ChatHouse, type ChatHouseOptions, fromSite, openChatHouse } from './testing/open-chat-house.ts'
import { framesIn, openStream } from './testing/read-stream.ts'
import { done, text, toldBrain } from './testing/told-brain.ts'

let house: ChatHouse
let brain: ReturnType<typeof toldBrain>
let url: string
let headers: Record<string, string>
afterEach(() => house.close())

async function open(timing: ChatHouseOptions['timing'] = {}, more: Partial<ChatHouseOptions> = {}) {
  brain = toldBrain()
  house = await openChatHouse({ brain, timing, ...more })
  url = await house.listen()
  headers = fromSite(await house.session())
}
const ask = (body: object, more: Record<string, string> = {}) =>
  openStream(
    `${url}/chat/completions`,
    { ...headers, ...more },
    { messages: [{ role: 'user', content: 'x' }], ...body },
  )
const resume = (chatId: string, after?: string) =>
  openStream(`${url}/chat/turnstream?chat_id=${chatId}${after === undefined ? '' : `&after=${after}`}`, headers)
const asked = async () => {
  while (brain.asked.length === 0) await new Promise((resolve) => setImmediate(resolve))
}
const aborted = (signal: AbortSignal | undefined) =>
  new Promise<void>((resolve) => {
    if (signal?.aborted) resolve()
    signal?.addEventListener('abort', () => resolve(), { once: true })
  })

describe('who leaves before the answer is over', () => {
  it.each([true, false])('stops the model at once where the chat has no id (streamed: %s)', async (stream) => {
    await open()
    brain.waits().say(...(stream ? [text('Half of ')] : []))
    const opened = ask({ stream })
    opened.catch(() => {})
    await asked()
    if (stream) await (await opened).until('Half of')
    opened.leave()
    await aborted(brain.asked[0]?.signal)
    while (house.turns.count() > 0) await new Promise((resolve) => setImmediate(resolve))
  })

  it('stops it after a while where the chat has one, and what was said is kept', async () => {
    await open({ detachedMs: 30 })
    const chatId = randomUUID()
    brain.waits().say(text('Half of '))
    const stream = await ask({ stream: true }, { 'gram-chat-id': chatId })
    await stream.until('Half of')
    const turn = house.turns.find(house.project.id, chatId)
    stream.leave()
    await turn?.over
    expect(brain.asked[0]?.signal.reason).toEqual({ why: 'left' })
    const stored = await house.stores.chats.listMessages(house.project.id, chatId, { limit: 9 })
    expect(stored.at(-1)).toMatchObject({ text: 'Half of ', finish: 'stopped' })
  })

  it('finds the answer again where it was cut, without loss or repetition', async () => {
    await open()
    const chatId = randomUUID()
    const script = brain.waits()
    script.say(text('Half of '), text('the ans'))
    const cut = await ask({ stream: true }, { 'gram-chat-id': chatId })
    await cut.until('the ans')
    const mark = [...cut.text().matchAll(/^id: (.*)$/gm)].at(-1)?.[1]
    expect(mark).toBe('1.15')
    cut.leave()
    await cut.over
    const [again, whole] = [await resume(chatId, mark), await resume(chatId)]
    script.say(text('wer.'), done)
    await Promise.all([again.over, whole.over])
    const frames = framesIn(again.text())
    expect(frames.map(({ type, cursor }) => `${type} ${cursor}`)).toEqual(['text 1.19', 'message 2', 'done 2'])
    expect(frames[0]?.text).toBe('wer.')
    expect(frames[1]?.message).toMatchObject({ seq: 2, content: 'Half of the answer.', finish_reason: 'stop' })
    expect(
      framesIn(whole.text())
        .flatMap(({ text: words }) => words ?? [])
        .join(''),
    ).toBe('Half of the answer.')
    expect(house.turns.count()).toBe(0)
    // Now it is told from the store.
    const later = await resume(chatId, mark)
    await later.over
    expect(framesIn(later.text())).toEqual(frames)
    const atEnd = await resume(chatId, '2')
    await atEnd.over
    expect(framesIn(atEnd.text())).toEqual([{ type: 'done', cursor: '2', finish_reason: 'stop' }])
    // A page that has no cursor yet may say so with an empty one.
    const anew = await resume(chatId, '')
    await anew.over
    expect(framesIn(anew.text()).map(({ type, cursor }) => `${type} ${cursor}`)).toEqual(['message 2', 'done 2'])
  })

  it('finds an answer that another node makes as soon as it is stored', async () => {
    await open({}, { isAlone: () => false })
    const chatId = randomUUID()
    brain.says({ type: 'usage', inputTokens: 1, outputTokens: 0 })
    // Nothing came of it here, so that its question waits.
    await (await ask({}, { 'gram-chat-id': chatId })).over
    const stream = await resume(chatId, '1.5')
    const place = { projectId: house.project.id, chatId, sessionId: null }
    const answer = { id: randomUUID(), role: 'assistant', text: 'From elsewhere.', at: 1, finish: 'stop' } as const
    await house.stores.chats.append(place, Date.now(), () => ({ messages: [answer] }))
    await stream.over
    const frames = framesIn(stream.text())
    expect(frames.map(({ type, cursor }) => `${type} ${cursor}`)).toEqual(['text 1.15', 'message 2', 'done 2'])
    expect(frames.at(-1)?.finish_reason).toBe('stop')
    expect(frames[0]?.text).toBe('elsewhere.')
  })

  it('is told a long way in parts: a part that is not the last ends without `done`', async () => {
    await open()
    const chatId = randomUUID()
    const said = Array.from({ length: 250 }, (_, i) => ({ role: i % 2 === 0 ? 'user' : 'assistant', content: `m${i}` }))
    await (await ask({ messages: [...said, { role: 'user', content: 'last' }] }, { 'gram-chat-id': chatId })).over
    const first = await resume(chatId, '0')
    await first.over
    const part = framesIn(first.text())
    expect(part.map(({ cursor }) => Number(cursor))).toEqual(Array.from({ length: 200 }, (_, i) => i + 1))
    const second = await resume(chatId, part.at(-1)?.cursor)
    await second.over
    expect(
      framesIn(second.text())
        .map(({ type, cursor }) => `${type} ${cursor}`)
        .slice(-3),
    ).toEqual(['message 251', 'message 252', 'done 252'])
  })

  it('may be a reader that reads nothing: it is let go, and nothing is left behind', async () => {
    await open({ stalledMs: 50, detachedMs: 20 })
    const script = brain.waits()
    script.say(text('First '))
    const stream = await ask({ stream: true })
    await stream.until('First')
    stream.pause()
    // Each is a frame of its own: far more than the pipe holds, long before the answer is too long.
    const flood = setInterval(() => script.say(...Array.from({ length: 2_000 }, () => text('x'))), 1)
    await aborted(brain.asked[0]?.signal)
    clearInterval(flood)
    expect(brain.asked[0]?.signal.reason).toEqual({ why: 'left' })
    while (house.turns.count() > 0) await new Promise((resolve) => setImmediate(resolve))
    stream.resume()
    expect(await stream.over).toBe('cut')
    expect(stream.text()).not.toContain('[DONE]')
  })
})

describe('what one session may ask at once', () => {
  it('is one answer in a chat, and so many in all', async () => {
    await open({ mostTurns: 2 })
    const chatId = randomUUID()
    brain.waits().say(text('Half of '))
    const stream = await ask({ stream: true }, { 'gram-chat-id': chatId })
    expect((await ask({}, { 'gram-chat-id': chatId })).status).toBe(409)
    brain.waits().say(text('Half of '))
    await ask({ stream: true })
    const refused = await ask({})
    expect([refused.status, refused.headers['retry-after']]).toEqual([429, '1'])
    stream.leave()
  })
})

describe('what the model does', () => {
  it('shows in the status until it has said something, and at the end of the stream after that', async () => {
    await open({ brainSilenceMs: 40 })
    brain.waits().fail(new Error('the endpoint repeats the secret prompt'))
    const dead = await ask({ stream: true })
    await dead.over
    expect(dead.status).toBe(502)
    expect(JSON.parse(dead.text())).toMatchObject({
      name: 'gateway_error',
      temporary: true,
      error: { code: 'gateway_error' },
    })
    const script = brain.waits()
    script.say(text('Half of '))
    const broken = await ask({ stream: true })
    await broken.until('Half of')
    script.fail(new Error('the endpoint repeats the secret prompt'))
    await broken.over
    expect(broken.text()).toMatch(/data: \{"error":\{"message":"The model did not answer/)
    expect(broken.text()).not.toContain('[DONE]')
    brain.waits()
    const silent = await ask({})
    await silent.over
    expect(silent.status).toBe(502)
    expect(JSON.parse(silent.text())).toMatchObject({ name: 'gateway_error', timeout: true })
    expect(JSON.stringify(house.logged)).not.toContain('secret')
  })
})
