import type { Page } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import type { Pages } from '../harness/serve-pages.ts'
import { callClient, serveClients } from './chat-clients.ts'
import { ticketAnswer, ticketQuestion } from './museum.ts'
import { useChatStage } from './use-chat-stage.ts'

const stage = useChatStage()
let pages: Pages
/** The page tokens are made for, and the same page under another origin. */
const own = () => pages.url.replace('127.0.0.1', 'localhost')
const other = () => pages.url
/** A browser tells a page no more than this of an answer it may not read. */
const unreadable = [/blocked by CORS policy/, /net::ERR_FAILED/]

beforeAll(async () => {
  pages = await serveClients()
})
afterAll(() => pages[Symbol.asyncDispose]())

async function openPage(at: string): Promise<Page> {
  const { page, watch } = await stage.openVisitor()
  watch.knows(Number(new URL(own()).port))
  await page.goto(at)
  return page
}

async function given(more: object = {}) {
  const token = await stage.mint({ embed_origin: own() })
  return { url: stage.parlorUrl, token, question: ticketQuestion, ...more }
}

const says = {
  does: 'says',
  words: ['Twelve ', 'euros [1', '].'],
  usage: { prompt_tokens: 70, completion_tokens: 5 },
} as const

test.each([
  ['as its key', false],
  ['in the header of the wire', true],
])('openai in a page, with the token %s: whole answers and streamed ones', async (_, inHeader) => {
  const page = await openPage(own())
  stage.model.always({ ...says, words: [...says.words] })
  const wish = await given({ inHeader })
  const whole = await callClient(page, 'openaiWhole', wish)
  expect(whole).toMatchObject({ text: 'Twelve euros [1].', finish: 'stop' })
  expect(whole).toMatchObject({ usage: { prompt_tokens: 70, completion_tokens: 5, total_tokens: 75 } })
  expect(whole).toMatchObject({ citations: [{ n: 1, title: 'Visiting the museum', source: 'visiting.md' }] })

  // What comes at once is sent at once; what comes one by one is.
  stage.model.always({ ...says, words: [...says.words], pauseMs: 200 })
  const streamed = await callClient(page, 'openaiStream', wish)
  expect(streamed).toMatchObject({ finish: 'stop', usage: { total_tokens: 75 }, citations: [{ n: 1 }] })
  expect('pieces' in streamed && streamed.pieces.join('')).toBe('Twelve euros [1].')
  expect('pieces' in streamed && streamed.pieces.length).toBeGreaterThan(1)
})

/** Wants the page's tool called, and then says what it was told. */
function callsWeather(): void {
  stage.model.always((request) => {
    const told = request.body.messages?.find(({ role }) => role === 'tool')
    return told === undefined
      ? { does: 'calls', calls: [{ id: 'call-7', name: 'weather', arguments: '{"city":"Graz"}' }], pieceLength: 4 }
      : { does: 'says', words: ['So: ', told.content] }
  })
}

test('openai in a page: the model calls a tool of the page’s, and answers with what it said', async () => {
  const page = await openPage(own())
  callsWeather()
  const done = await callClient(page, 'openaiTools', await given({ question: 'What is the weather in Graz?' }))
  expect(done).toEqual({ text: 'So: It rains in Graz.', called: [{ city: 'Graz' }] })
  expect(stage.model.requests).toHaveLength(2)
  expect(stage.model.requests[0]?.body.tools).toMatchObject([{ function: { name: 'weather' } }])
})

test('the AI SDK in a page: streamed text, what it cost, and a tool of the page’s', async () => {
  const page = await openPage(own())
  stage.model.always({ ...says, words: [...says.words] })
  const streamed = await callClient(page, 'aiSdkStream', await given())
  expect(streamed).toMatchObject({ finish: 'stop', inputTokens: 70, outputTokens: 5 })
  expect('pieces' in streamed && streamed.pieces.join('')).toBe('Twelve euros [1].')
  expect(await callClient(page, 'aiSdkStream', await given({ inHeader: true }))).toMatchObject({ finish: 'stop' })
  callsWeather()
  const done = await callClient(page, 'aiSdkTools', await given({ question: 'What is the weather in Graz?' }))
  expect(done).toEqual({ text: 'So: It rains in Graz.', called: [{ city: 'Graz' }], steps: 2 })
})

test.each([
  ['with the handshake', false, true],
  ['without it', true, false],
])(
  'the official MCP client in a page, %s, lists the tools and searches the documents',
  async (_, isModern, inHeader) => {
    const page = await openPage(own())
    // With the handshake the client asks whether there is a stream to listen to; there is none, and it goes on without.
    stage.expectErrors(/405 \(/)
    const done = await callClient(page, 'mcpSearch', { ...(await given({ inHeader })), project: 'default', isModern })
    expect(done).toMatchObject({ tools: ['search_knowledge', 'list_documents'], isError: false })
    expect(done).toMatchObject({ found: { passages: [{ n: 1, source: 'visiting.md' }] } })
    expect(JSON.stringify(done)).toContain(ticketAnswer)
  },
)

test('from a page of another origin each of them is refused, and learns nothing', async () => {
  stage.expectErrors(...unreadable)
  const page = await openPage(other())
  const wish = await given()
  const failures = [
    await callClient(page, 'openaiWhole', wish),
    await callClient(page, 'openaiStream', { ...wish, inHeader: true }),
    await callClient(page, 'openaiTools', wish),
    await callClient(page, 'aiSdkStream', wish),
    await callClient(page, 'mcpSearch', { ...wish, project: 'default' }),
  ]
  for (const failure of failures) expect(failure).toHaveProperty('failed')
  // No status, no text: a page that may not read an answer is not even told that there was one.
  expect(failures[0]).toEqual({ failed: 'APIConnectionError', message: 'Connection error.' })
  expect(JSON.stringify(failures)).not.toMatch(/40[13]|euros|audience/)
  expect(stage.model.requests).toHaveLength(0)
  // Its own page goes on using it: a refusal does not end the session.
  expect(await callClient(await openPage(own()), 'openaiWhole', wish)).toMatchObject({ finish: 'stop' })
})

test('what the token’s own page is refused for can be read there, in the words of the client', async () => {
  stage.expectErrors(/40[0-9] \(/)
  const page = await openPage(own())
  const wish = await given({ question: '' })
  const refused = await callClient(page, 'openaiWhole', wish)
  expect(refused).toMatchObject({ failed: 'BadRequestError', status: 400 })
  expect(refused).toHaveProperty('message', expect.stringContaining('the user’s last message has no text'))
})

test('revoking cuts a stream that openai reads, at once, and the next call of every client fails', async () => {
  const page = await openPage(own())
  const wish = await given()
  stage.model.always({ does: 'hangs', words: ['Twelve ', 'euros'] })
  const reading = callClient(page, 'openaiUntilCut', { ...wish, heard: 'heard:' })
  await page.waitForFunction(() => document.title.includes('euros'))
  stage.expectErrors(...unreadable)
  await stage.revoke(wish.token)
  const revokedAt = performance.now()
  const cut = await reading
  expect(performance.now() - revokedAt).toBeLessThan(2000)
  expect(cut).toHaveProperty('failed')
  expect(await stage.model.requests[0]?.closed).toBe('hung up on')
  for (const failure of [
    await callClient(page, 'openaiWhole', wish),
    await callClient(page, 'aiSdkStream', wish),
    await callClient(page, 'mcpSearch', { ...wish, project: 'default' }),
  ])
    expect(failure).toHaveProperty('failed')
  expect(stage.model.requests).toHaveLength(1)
})
