import { randomUUID } from 'node:crypto'
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { type FakeModel, type Script, startFakeModel } from '../harness/fake-model.ts'
import { type Parlor, startParlor } from '../harness/start-parlor.ts'
import { openPage, type Page, type Refused, user, wordsOf } from './page.ts'

let fake: FakeModel
let parlor: Parlor
let page: Page
let lonely: Awaited<ReturnType<typeof leaveAlone>>
beforeAll(async () => {
  fake = await startFakeModel()
  parlor = await startParlor({ env: { PARLOR_LLM_BASE_URL: fake.baseUrl, PARLOR_LLM_MODEL: 'house-model' } })
  lonely = await leaveAlone()
})
afterAll(async () => {
  await parlor?.[Symbol.asyncDispose]()
  await fake?.[Symbol.asyncDispose]()
})
beforeEach(async () => {
  fake.requests.length = 0
  page = await openPage(parlor)
})

const messages = [user('Tell me everything.')]
const wordsOf40 = Array.from({ length: 40 }, (_, i) => `word${i} `)
const paced: Script = { does: 'says', words: wordsOf40, pauseMs: 25 }
const forHalfAMinute: Script = { does: 'says', words: Array(1_200).fill('word '), pauseMs: 25 }
const forOverAMinute: Script = { does: 'says', words: Array(700).fill('word '), pauseMs: 100 }

/** Begins an answer that can be resumed, and goes. What becomes of it is seen much later, beside everything else. */
async function leaveAlone() {
  const own = await openPage(parlor)
  const chatId = randomUUID()
  fake.once(forOverAMinute)
  const stream = await own.stream({ messages }, { 'gram-chat-id': chatId })
  await stream.until('word')
  stream.leave()
  const leftAt = performance.now()
  const { closed } = await fake.request(0)
  const ending = closed.then((how) => ({ how, afterMs: performance.now() - leftAt }))
  return { own, chatId, ending }
}

describe('who closes the connection', () => {
  test('stops the model at once where the chat has no id', async () => {
    fake.always({ does: 'never ends' })
    const stream = await page.stream({ messages })
    await stream.until('and so on')
    const startedAt = performance.now()
    stream.leave()
    expect(await (await fake.request(0)).closed).toBe('hung up on')
    expect(performance.now() - startedAt).toBeLessThan(2_000)
  })

  test('finds the answer again where it has one, without loss or repetition, and later in the chat', async () => {
    fake.always(paced)
    const chatId = randomUUID()
    const cut = await page.stream({ messages }, { 'gram-chat-id': chatId })
    await cut.until('word5')
    cut.leave()
    await cut.over
    const cursor = [...cut.text().matchAll(/^id: (.*)$/gm)].at(-1)?.[1]
    const rest = await page.resume(chatId, cursor)
    expect(await rest.over).toBe('ended')
    type Frame = { type: string; cursor: string; text?: string; message?: { content: string } }
    const frames = rest.events<Frame>()
    const told = frames.map(({ text = '' }) => text).join('')
    const whole = wordsOf40.join('').trim()
    expect(`${wordsOf(cut)}${told}`.trim()).toBe(whole)
    expect(frames.at(-2)?.message?.content.trim()).toBe(whole)
    expect(frames.at(-1)).toMatchObject({ type: 'done', finish_reason: 'stop' })
    const again = await page.resume(chatId)
    await again.over
    expect(again.events<Frame>().map(({ type }) => type)).toEqual(['message', 'done'])
    expect(fake.requests).toHaveLength(1)
  })
})

describe('the call that ends a session', () => {
  test('stops its models, closes its streams and refuses what waits, and nothing is written after it', async () => {
    fake.always(forHalfAMinute)
    const chatId = randomUUID()
    const stream = await page.stream({ messages }, { 'gram-chat-id': chatId })
    await stream.until('word')
    const resumed = await page.resume(chatId)
    await resumed.until('word')
    fake.always({ does: 'hangs' })
    const pending = page.ask<Refused>({ messages })
    const waiting = await fake.request(1)
    await page.revoke()
    const said = [stream, resumed].map((one) => one.text().split('word').length)
    expect(await Promise.all([(await fake.request(0)).closed, waiting.closed])).toEqual(['hung up on', 'hung up on'])
    const refused = await pending
    expect([refused.status, refused.body.name, refused.body.error.reason]).toEqual([401, 'unauthorized', 'revoked'])
    await Promise.all([stream.over, resumed.over])
    for (const [index, one] of [stream, resumed].entries()) {
      expect(one.text()).not.toContain('[DONE]')
      expect(one.events().at(-1)).toMatchObject({ error: { code: 'unauthorized', reason: 'revoked' } })
      expect(one.text().split('word').length).toBe(said[index])
    }
    expect((await page.ask({ messages })).status).toBe(401)
  })
})

describe('a model’s endpoint', () => {
  const faulty: [string, Script, number, string][] = [
    ['refuses', { does: 'refuses', status: 500 }, 502, 'gateway_error'],
    ['drops the connection', { does: 'breaks off' }, 502, 'gateway_error'],
    ['answers nonsense', { does: 'sends', type: 'text/html', body: '<h1>Welcome</h1>' }, 502, 'gateway_error'],
    ['says nothing', { does: 'says', words: [] }, 502, 'gateway_error'],
  ]
  test.each(faulty)('that %s is told in the status, streamed or not', async (_, script, status, name) => {
    fake.always(script)
    for (const stream of [true, false]) {
      const answer = await page.ask<Refused>({ messages, stream })
      expect([answer.status, answer.body.name]).toEqual([status, name])
      expect(answer.body.error.message).toMatch(/model did not answer/)
      expect(answer.text).not.toContain('Refused:')
    }
  })

  test.each<[string, Script]>([
    ['breaks off', { does: 'breaks off', words: ['Half of ', 'it'] }],
    ['stops short', { does: 'stops short', words: ['Half of ', 'it'] }],
  ])('that %s in the middle ends the stream with an error and no [DONE]; what was said is kept', async (_, script) => {
    fake.always(script)
    const chatId = randomUUID()
    const stream = await page.stream({ messages }, { 'gram-chat-id': chatId })
    expect(stream.status).toBe(200)
    await stream.over
    expect(wordsOf(stream)).toBe('Half of it')
    expect(stream.events().at(-1)).toMatchObject({ error: { code: 'gateway_error', type: 'server_error' } })
    expect(stream.text()).not.toContain('[DONE]')
    const { body } = await page.get<{ messages: object[] }>(`/rpc/chat.load?id=${chatId}`)
    expect(body.messages.at(-1)).toMatchObject({ role: 'assistant', content: 'Half of it', finish_reason: 'failed' })
  })

  test('that hangs is given up after a while: a timeout, and its connection is closed', async () => {
    fake.always({ does: 'hangs' })
    const stream = await page.stream({ messages })
    await stream.over
    expect(stream.status).toBe(502)
    expect(JSON.parse(stream.text())).toMatchObject({ name: 'gateway_error', timeout: true, temporary: true })
    expect(await (await fake.request(0)).closed).toBe('hung up on')
  })
})

test('who never reads holds nothing up and costs no more than an answer may be long', async () => {
  fake.always({ does: 'never ends' })
  const stream = await page.stream({ messages })
  stream.pause()
  expect(await (await fake.request(0)).closed).toBe('hung up on')
  fake.always({ does: 'says', words: ['Here.'] })
  expect((await (await openPage(parlor)).ask({ messages })).status).toBe(200)
  stream.leave()
})

describe('an answer that nobody listens to', () => {
  test('is made for another 45 seconds where its chat has an id, then stopped, and what was said is kept', async () => {
    const { own, chatId, ending } = lonely
    const { how, afterMs } = await ending
    expect(how).toBe('hung up on')
    expect(afterMs).toBeGreaterThan(44_900)
    expect(afterMs).toBeLessThan(60_000)
    const resumed = await own.resume(chatId)
    await resumed.over
    expect(resumed.events().at(-1)).toMatchObject({ type: 'done', finish_reason: 'stopped' })
    const { body } = await own.get<{ messages: { content: string }[] }>(`/rpc/chat.load?id=${chatId}`)
    expect(body.messages.at(-1)).toMatchObject({ role: 'assistant', finish_reason: 'stopped' })
  })
})

test('a server that is stopped keeps what was said', async () => {
  fake.always(paced)
  const chatId = randomUUID()
  const stream = await page.stream({ messages }, { 'gram-chat-id': chatId })
  await stream.until('word5')
  await parlor.stop()
  await stream.over
  expect(stream.text()).not.toContain('[DONE]')
  await parlor.restart()
  const { body } = await page.get<{ messages: { content: string }[] }>(`/rpc/chat.load?id=${chatId}`)
  expect(body.messages.at(-1)).toMatchObject({ finish_reason: 'stopped', content: expect.stringContaining('word5') })
})
