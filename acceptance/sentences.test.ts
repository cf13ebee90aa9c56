import { randomBytes } from 'node:crypto'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { type FakeEmbeddings, startFakeEmbeddings } from './harness/fake-embeddings.ts'
import type { LiveEvent, LiveSocket } from './harness/socket.ts'
import { type Parlor, startParlor } from './harness/start-parlor.ts'

const key = `sk-geheim-${randomBytes(24).toString('hex')}`
/** Alike in every word that is asked for, so that words cannot tell which of them is meant. */
const rose = { name: 'rose.md', text: '# Garden\n\nThe garden opens in June. Roses are red.\n' }
const lily = { name: 'lily.md', text: '# Garden\n\nThe garden opens in June. Lilies are white.\n' }
const question = 'When does the garden open?'

let fake: FakeEmbeddings
let parlor: Parlor
let baseId: string
let agentId: string

beforeEach(async () => {
  fake = await startFakeEmbeddings()
  fake.meaning = (text) => (/lil/i.test(text) ? [0, 1] : [1, 0])
  const env = {
    PARLOR_EMBEDDINGS_BASE_URL: fake.baseUrl,
    PARLOR_EMBEDDINGS_API_KEY: key,
    PARLOR_EMBEDDINGS_MODEL: 'house-vectors',
    PARLOR_LOG_LEVEL: 'trace',
  }
  parlor = await startParlor({ env })
  agentId = await parlor.createAgent({ knowledgeBase: 'Gardens' })
  const { body } = await parlor.request<{ data: { id: string }[] }>('GET', '/v1/knowledge-bases')
  baseId = body.data[0]?.id ?? ''
})
afterEach(async () => {
  await parlor?.[Symbol.asyncDispose]()
  await fake?.[Symbol.asyncDispose]()
})

const add = async (document: { name: string; text: string }) => {
  const { status } = await parlor.request('POST', `/v1/knowledge-bases/${baseId}/documents`, document)
  expect(status).toBe(200)
}
const sent = (text: string) => fake.texts.filter((one) => one.text.includes(text)).length
const metric = async (name: string) => {
  const { text } = await parlor.request('GET', '/metrics')
  return Number(new RegExp(`^${name} (\\d+)$`, 'm').exec(text)?.[1])
}
const hasRead = (count: number) => expect.poll(() => metric('parlor_passages_read')).toBe(count)

let asked = 0
async function ask(text: string): Promise<LiveEvent> {
  const session = await parlor.createSession(agentId)
  const { socket } = await parlor.visit(session.session_token)
  const end = await answerTo(socket, text)
  socket.terminate()
  return end
}

async function answerTo(socket: LiveSocket, text: string): Promise<LiveEvent> {
  const id = `q${++asked}`
  socket.send({ type: 'user.text', id, text })
  const { response } = await socket.waitFor((event) => event.type === 'message.start' && event.reply_to === id)
  return socket.waitFor((event) => event.type === 'message.end' && event.response === response)
}
const firstSource = ({ citations }: LiveEvent) => (citations as { source: string }[])[0]?.source

test('each passage is sent once, each question when it is asked, and what they mean decides where words cannot', async () => {
  await add(rose)
  await add(lily)
  await hasRead(2)
  expect(fake.texts.map(({ text }) => text)).toEqual([
    'Garden\nGarden\nThe garden opens in June. Roses are red.',
    'Garden\nGarden\nThe garden opens in June. Lilies are white.',
  ])
  expect(new Set(fake.texts.map(({ model, authorization }) => `${model} ${authorization}`))).toEqual(
    new Set([`house-vectors Bearer ${key}`]),
  )
  expect(firstSource(await ask(question))).toBe('rose.md')
  fake.meaning = () => [0, 1]
  expect(firstSource(await ask(question))).toBe('lily.md')
  expect([sent(question), fake.texts.length]).toEqual([2, 4])
})

test('a new start asks for nothing it has, and a document that changed is read again', async () => {
  await add(rose)
  await add(lily)
  await hasRead(2)
  await parlor.restart()
  fake.meaning = () => [0, 1]
  expect(firstSource(await ask(question))).toBe('lily.md')
  await add({ ...rose, text: rose.text.replace('red', 'yellow') })
  await hasRead(1)
  expect(fake.texts.map(({ text }) => /Roses are \w+|Lilies|When/.exec(text)?.[0])).toEqual([
    'Roses are red',
    'Lilies',
    'When',
    'Roses are yellow',
  ])
})

test('another model reads everything again', async () => {
  await add(rose)
  await hasRead(1)
  await parlor.stop()
  const endpoint = { PARLOR_EMBEDDINGS_BASE_URL: fake.baseUrl, PARLOR_EMBEDDINGS_MODEL: 'other' }
  await using _other = await startParlor({ env: { ...parlor.store.env, ...endpoint } })
  await expect.poll(() => fake.texts.map(({ model }) => model)).toEqual(['house-vectors', 'other'])
})

test.each(['refuses', 'hangs', 'is gone'] as const)(
  'an endpoint that %s holds up no answer, and the log tells no more than once',
  async (what) => {
    if (what === 'is gone') await fake.close()
    else fake.does = what
    await add(rose)
    await add(lily)
    const begun = performance.now()
    expect(await ask(question)).toMatchObject({ finish: 'complete', grounded: true })
    expect(performance.now() - begun).toBeLessThan(10_000)
    if (what !== 'hangs') await expect.poll(() => metric('parlor_passages_failing')).toBe(1)
    expect(await parlor.stop()).toEqual({ code: 0, signal: null })
    const said = parlor.output()
    expect(said.match(/passages cannot be read/g) ?? []).toHaveLength(what === 'hangs' ? 0 : 1)
    expect(said).not.toMatch(/Roses|Lilies|When does/)
    expect((said + (await parlor.store.readAll())).includes(key.slice(0, 30))).toBe(false)
  },
)

test('an endpoint that is back reads what it missed', async () => {
  fake.does = 'refuses'
  await add(rose)
  await expect.poll(() => metric('parlor_passages_failing')).toBe(1)
  fake.does = 'answers'
  await hasRead(1)
  expect(await metric('parlor_passages_failing')).toBe(0)
  await parlor.stop()
  expect(parlor.output()).toContain('passages are read again')
})
