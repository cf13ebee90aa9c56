import { createServer, type RequestListener, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { answerPages, type PageAnswer } from './answer-page.ts'
import type { ChatSessionOptions } from './session-options.ts'

const apiKey = 'sk_secret_0123456789'
const embedOrigin = 'https://shop.example'
const good = { client_token: 'a.b.c', embed_origin: embedOrigin, expires_after: 600, status: 'active' }

let server: Server
/** How the other side answers; each test says. */
let behave: RequestListener
let asked = 0

beforeEach(async () => {
  asked = 0
  server = createServer((request, response) => {
    asked++
    behave(request, response)
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
})
afterEach(async () => {
  vi.restoreAllMocks()
  server.closeAllConnections()
  await new Promise((resolve) => server.close(resolve))
})

const options = (more: Partial<ChatSessionOptions<null>> = {}): ChatSessionOptions<null> => ({
  kind: 'chat',
  baseUrl: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
  apiKey,
  embedOrigin,
  ...more,
})
const ask = (more?: Partial<ChatSessionOptions<null>>): Promise<PageAnswer> =>
  answerPages(options(more))({ method: 'POST', fetchSite: 'same-origin', request: null })

const saying =
  (status: number, body: unknown, headers: Record<string, string> = {}): RequestListener =>
  (_, response) =>
    void response
      .writeHead(status, { 'content-type': 'application/json', ...headers })
      .end(typeof body === 'string' ? body : JSON.stringify(body))

test('a page is given the token and what belongs to it, whatever else Parlor says', async () => {
  behave = saying(200, { ...good, user_identifier: 'ada', inner: 'secret' })
  const { status, headers, body } = await ask()
  expect([status, body]).toEqual([200, { client_token: 'a.b.c', embed_origin: embedOrigin, expires_after: 600 }])
  expect(headers).toEqual({ 'cache-control': 'no-store' })
})

test.each([
  ['a token for another origin', 200, { ...good, embed_origin: 'https://evil.example' }],
  ['no token', 200, { status: 'active' }],
  ['a page', 200, '<html>gateway</html>'],
  ['a refusal of the key', 401, { message: `the key ${apiKey} is unknown` }],
  ['a fault', 500, { message: 'at store.ts:17' }],
])('%s is 502, in words that say nothing of it', async (_, status, body) => {
  behave = saying(status, body)
  const onRefusal = vi.fn()
  expect(await ask({ onRefusal })).toEqual({
    status: 502,
    headers: { 'cache-control': 'no-store' },
    body: { error: 'No session could be made.' },
  })
  expect(onRefusal).toHaveBeenCalledOnce()
})

test.each([429, 503])('%d is passed on with the time to wait, after one try', async (status) => {
  behave = saying(status, { message: 'inner' }, { 'retry-after': '7' })
  const answer = await ask({ onRefusal: () => {} })
  expect([answer.status, answer.headers['retry-after'], asked]).toEqual([status, '7', 1])
  expect(JSON.stringify(answer)).not.toContain('inner')
})

test('a Parlor that says nothing is 503 in time', async () => {
  behave = () => {}
  const onRefusal = vi.fn()
  expect((await ask({ timeoutMs: 50, onRefusal })).status).toBe(503)
  expect(onRefusal).toHaveBeenCalledExactlyOnceWith(expect.objectContaining({ reason: 'timeout' }))
})

test('a redirect is not followed with the key', async () => {
  behave = saying(302, '', { location: '/elsewhere' })
  expect((await ask({ onRefusal: () => {} })).status).toBe(502)
  expect(asked).toBe(1)
})

test('the log of a site has the code and the request id, and neither the key nor who asked', async () => {
  behave = saying(403, { name: 'forbidden', message: `not for ${apiKey}` }, { 'x-request-id': 'req-17' })
  const log = vi.spyOn(console, 'error').mockImplementation(() => {})
  await ask({ user: () => 'ada@shop.example' })
  expect(log.mock.calls).toEqual([['Parlor made no session: forbidden (403, request req-17)']])
})

test.each([
  ['an origin with a path', { embedOrigin: 'https://shop.example/' }, /embedOrigin/],
  ['an origin that is none', { embedOrigin: 'shop.example' }, /embedOrigin/],
  ['no origin', { embedOrigin: undefined }, /embedOrigin/],
  ['more than an hour', { expiresAfter: 3601 }, /expiresAfter/],
  ['half a second', { expiresAfter: 0.5 }, /expiresAfter/],
  ['an empty key', { apiKey: '' }, /key/],
  ['no address', { baseUrl: '' }, /baseUrl/],
  ['another kind', { kind: 'avatar' }, /kind/],
])('%s is refused when the site starts', (_, wrong, words) => {
  expect(() => answerPages(options(wrong as object))).toThrow(words)
})

test('a widget is for the sites that are configured, of which there is one', () => {
  const wanted = { ...options(), kind: 'widget', agentId: 'a' } as const
  expect(() => answerPages({ ...wanted, origins: ['shop.example'] })).toThrow(/^origins has origins/)
  expect(() => answerPages({ ...wanted, domains: [] })).toThrow(/name the pages/)
  expect(() => answerPages({ ...wanted, domains: ['shop.example'] })).not.toThrow()
})

test('somebody without a name is nobody in particular', async () => {
  const bodies: object[] = []
  behave = async (request, response) => {
    bodies.push(JSON.parse(Buffer.concat(await request.toArray()).toString()))
    saying(200, good)(request, response)
  }
  for (const user of [() => undefined, () => '', async () => 'ada']) await ask({ user })
  const anybody = { embed_origin: embedOrigin }
  expect(bodies).toEqual([anybody, anybody, { ...anybody, user_identifier: 'ada' }])
})
