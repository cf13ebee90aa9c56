import { randomUUID } from 'node:crypto'
import type { Page } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { type Pages, servePages } from '../harness/serve-pages.ts'
import { ticketQuestion } from './museum.ts'
import { type Network, watchNetwork } from './see-statuses.ts'
import { useChatStage } from './use-chat-stage.ts'

const stage = useChatStage()
/** What a page is told of an answer it may not read. */
const unreadable = [/blocked by CORS policy/, /net::ERR_FAILED/]
const refused = /40[0-9] \(/

let pages: Pages
/** The page tokens are made for, and the same page under another origin. */
const own = () => pages.url.replace('127.0.0.1', 'localhost')
const other = () => pages.url

beforeAll(async () => {
  const html = '<!doctype html><html lang="en"><title>A page</title></html>'
  pages = await servePages({ '/': { html }, '/favicon.ico': { status: 204 } })
})
afterAll(() => pages[Symbol.asyncDispose]())

/** A page, and what the network saw of it. */
interface Seen {
  page: Page
  network: Network
}

async function openPage(at: string): Promise<Seen> {
  const { page, watch } = await stage.openVisitor()
  watch.knows(Number(new URL(own()).port))
  await page.goto(at)
  return { page, network: await watchNetwork(page) }
}

const mint = (more: object = {}) => stage.mint({ embed_origin: own(), ...more })

/** What the network saw of an answer, and what of it the page could read. */
interface Answer {
  status: number
  headers: Record<string, string>
  sent: Record<string, string>
  /** `unreadable` where the page was told nothing, not even the status. */
  read: { status: number; text: string } | 'unreadable'
}

interface Call {
  path: string
  method?: string
  headers?: Record<string, string>
  body?: string
  credentials?: RequestCredentials
}

async function callFrom({ page, network }: Seen, { path, ...init }: Call): Promise<Answer> {
  const seen = network.next(new URL(path, stage.parlorUrl).pathname)
  const reading = page.evaluate(
    async ({ url, init }) => {
      try {
        const response = await fetch(url, init)
        return { status: response.status, text: await response.text() }
      } catch {
        return 'unreadable' as const
      }
    },
    { url: `${stage.parlorUrl}${path}`, init },
  )
  // The network first: a call that hangs fails there, in words.
  return { ...(await seen), read: await reading }
}

const listing = { path: '/rpc/chat.list' }

/** Where a bearer is taken, too. */
const takesBearer = ({ path }: Call) => !path.startsWith('/rpc/')

const asJson = { 'content-type': 'application/json' }

/** Every route that takes the token, as a page calls it about one chat, which the first of them begins. */
function routesOf(chatId: string): Call[] {
  const talk = { messages: [{ role: 'user', content: ticketQuestion }] }
  const post = (path: string, body: object, headers: Record<string, string> = {}): Call => ({
    path,
    method: 'POST',
    headers: { ...asJson, ...headers },
    body: JSON.stringify(body),
  })
  return [
    post('/chat/completions', talk, { 'gram-chat-id': chatId }),
    { path: `/chat/turnstream?chat_id=${chatId}` },
    listing,
    { path: `/rpc/chat.load?id=${chatId}` },
    post('/rpc/chat.generateTitle', { id: chatId }),
    post('/rpc/chat.submitFeedback', { id: chatId, feedback: 'success' }),
    post(
      '/mcp/default',
      { jsonrpc: '2.0', id: 1, method: 'tools/list', params: {} },
      { accept: 'application/json, text/event-stream' },
    ),
  ]
}

const withToken = (call: Call, token: string, header = 'gram-chat-session'): Call => ({
  ...call,
  headers: { ...call.headers, [header]: header === 'authorization' ? `Bearer ${token}` : token },
})

test('row 1: a preflight lets any page ask with any header; whether it may is another matter', async () => {
  stage.expectErrors(refused)
  // Only after a preflight that allows it does a browser send the call at all.
  const headers = { 'x-stainless-lang': 'js', 'x-anything': '1', 'gram-key': 'sk_none' }
  for (const at of [own(), other()]) {
    const answer = await callFrom(await openPage(at), { ...listing, headers })
    expect(answer.sent).toMatchObject({ origin: at, 'x-anything': '1' })
    expect(answer.status).toBe(401)
  }
})

test('row 2: with a key and no token a page of any origin reads the answer, and the key decides', async () => {
  stage.expectErrors(refused)
  const { read } = await callFrom(await openPage(other()), { ...listing, headers: { 'gram-key': 'sk_none' } })
  expect(read).toMatchObject({ status: 401 })
  expect(read !== 'unreadable' && JSON.parse(read.text)).toMatchObject({ name: 'unauthorized', fault: false })
})

test('row 3: with neither token nor key the answer is for no other page to read', async () => {
  stage.expectErrors(...unreadable)
  expect(await callFrom(await openPage(own()), listing)).toMatchObject({ status: 401, read: 'unreadable' })
})

test('row 4: a token that is expired, forged or revoked gets 401 on every route, which the page may not read', async () => {
  stage.expectErrors(refused, ...unreadable)
  const page = await openPage(own())
  const revoked = await mint()
  await stage.revoke(revoked)
  const brief = await mint({ expires_after: 1 })
  await expect
    .poll(async () => (await callFrom(page, withToken(listing, brief))).status, { timeout: 5000, interval: 250 })
    .toBe(401)
  const good = await mint()
  const forged = `${good.slice(0, good.lastIndexOf('.'))}.AAAA`
  for (const token of [revoked, brief, forged, 'nonsense']) {
    for (const route of routesOf(randomUUID())) {
      expect(await callFrom(page, withToken(route, token))).toMatchObject({ status: 401, read: 'unreadable' })
    }
  }
  expect(stage.model.requests).toHaveLength(0)
})

test('row 6: the page the token was made for reads the answer of every route that takes it', async () => {
  const page = await openPage(own())
  const token = await mint()
  const routes = routesOf(randomUUID())
  for (const route of routes) {
    const answer = await callFrom(page, withToken(route, token))
    expect(answer, route.path).toMatchObject({ status: 200, read: { status: 200 } })
    expect(answer.headers['access-control-allow-origin']).toBe(own())
  }
  for (const route of routes.filter(takesBearer)) {
    expect(await callFrom(page, withToken(route, token, 'authorization'))).toMatchObject({ read: { status: 200 } })
  }
})

test('row 7: a page of another origin gets 403 on every route, cannot read it, and nothing was done', async () => {
  stage.expectErrors(...unreadable)
  const page = await openPage(other())
  const token = await mint()
  const routes = routesOf(randomUUID())
  const calls = [
    ...routes.map((route) => withToken(route, token)),
    ...routes.filter(takesBearer).map((route) => withToken(route, token, 'authorization')),
  ]
  for (const call of calls) {
    expect(await callFrom(page, call), call.path).toMatchObject({ status: 403, read: 'unreadable' })
  }
  expect(stage.model.requests).toHaveLength(0)
  const { read } = await callFrom(await openPage(own()), withToken(listing, token))
  expect(read !== 'unreadable' && JSON.parse(read.text)).toEqual({ chats: [], total: 0 })
})

test.each([
  ['another port', (origin: string) => origin.replace(/\d+$/, (port) => String(Number(port) + 1))],
  ['a slash at its end', (origin: string) => `${origin}/`],
  ['another scheme', (origin: string) => origin.replace('http:', 'https:')],
  ['capitals', (origin: string) => origin.replace('localhost', 'LOCALHOST')],
  ['any page', () => '*'],
  ['nobody', () => ''],
])('row 7: a token made for %s is not for this page', async (_, change) => {
  stage.expectErrors(...unreadable)
  const token = await mint({ embed_origin: change(own()) })
  const answer = await callFrom(await openPage(own()), withToken(listing, token))
  expect(answer).toMatchObject({ status: 403, read: 'unreadable' })
})

test('row 7: a page without an origin is let in by a token for "null", and by no other', async () => {
  stage.expectErrors(refused, ...unreadable)
  const { page, watch } = await stage.openVisitor()
  watch.knows(Number(new URL(own()).port))
  await page.goto(own())
  // A sandboxed frame says "null", whoever made it.
  await page.setContent('<iframe title="sandbox" sandbox="allow-scripts" srcdoc="<p>inside</p>"></iframe>')
  const frame = page.frames().find((one) => one !== page.mainFrame())
  const read = async (token: string) => {
    const wish = { url: `${stage.parlorUrl}/rpc/chat.list`, token }
    return frame?.evaluate(
      async ({ url, token }) =>
        fetch(url, { headers: { 'gram-chat-session': token } }).then(
          ({ status }) => status,
          () => 'unreadable',
        ),
      wish,
    )
  }
  expect(await read(await mint())).toBe('unreadable')
  expect(await read(await mint({ embed_origin: 'null' }))).toBe(200)
})

test('revoking stops a stream that runs in the page, and the very next request fails', async () => {
  stage.expectErrors(refused, ...unreadable)
  const seen = await openPage(own())
  const { page } = seen
  const token = await mint()
  stage.model.always({ does: 'says', words: Array.from({ length: 2000 }, () => 'on and '), pauseMs: 10 })
  const streaming = page.evaluate(
    async ({ url, token, content }) => {
      const body = JSON.stringify({ stream: true, messages: [{ role: 'user', content }] })
      const response = await fetch(`${url}/chat/completions`, {
        method: 'POST',
        headers: {
          'gram-chat-session': token,
          'content-type': 'application/json',
          'gram-chat-id': crypto.randomUUID(),
        },
        body,
      })
      const reader = response.body?.pipeThrough(new TextDecoderStream()).getReader()
      let last = ''
      for (;;) {
        const { value, done } = (await reader?.read().catch(() => undefined)) ?? { done: true, value: undefined }
        if (done) return last.slice(-300)
        last = (last + value).slice(-2000)
        document.title = 'streaming'
      }
    },
    { url: stage.parlorUrl, token, content: ticketQuestion },
  )
  await page.waitForFunction(() => document.title === 'streaming')
  await stage.revoke(token)
  expect(await callFrom(seen, withToken(listing, token))).toMatchObject({ status: 401, read: 'unreadable' })
  const last = await streaming
  // The page may read this stream, so it is told why it ends.
  expect(last).toContain('"reason":"revoked"')
  expect(last).not.toContain('[DONE]')
  expect(await stage.model.requests[0]?.closed).toBe('hung up on')
})

test('no cookie is read: with every secret in one, a call that sends it is answered as if there were none', async () => {
  stage.expectErrors(refused, ...unreadable)
  const visitor = await stage.openVisitor()
  visitor.watch.knows(Number(new URL(own()).port))
  const { page, cookiesSent } = visitor
  const token = await mint({ embed_origin: other() })
  const { hostname } = new URL(stage.parlorUrl)
  const secrets = { gram_session: stage.parlor.key, 'Gram-Key': stage.parlor.key, 'Gram-Chat-Session': token }
  const shared = { domain: hostname, path: '/', sameSite: 'Lax' } as const
  await page.context().addCookies(Object.entries(secrets).map(([name, value]) => ({ name, value, ...shared })))
  // The page of the same host: there the browser sends them along.
  await page.goto(other())
  const seen = { page, network: await watchNetwork(page) }
  const answer = await callFrom(seen, { ...listing, credentials: 'include' })
  expect(answer).toMatchObject({ status: 401, read: 'unreadable' })
  expect(answer.sent.cookie).toContain('gram_session=')
  expect(answer.headers['set-cookie']).toBeUndefined()
  // And beside a token they are no hindrance.
  const good = await callFrom(seen, { ...withToken(listing, token), credentials: 'include' })
  expect(good).toMatchObject({ read: { status: 200 } })
  expect(await page.context().cookies()).toHaveLength(Object.keys(secrets).length)
  cookiesSent.length = 0
})
