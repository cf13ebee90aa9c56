import { afterAll, beforeAll, expect, test } from 'vitest'
import { type ChatSite, startChatSite } from '../harness/chat-site.ts'
import { type Parlor, startParlor } from '../harness/start-parlor.ts'

let parlor: Parlor
let site: ChatSite

beforeAll(async () => {
  parlor = await startParlor()
  site = await startChatSite({ parlorUrl: parlor.url, key: parlor.key })
})
afterAll(async () => {
  await site?.stop()
  await parlor?.[Symbol.asyncDispose]()
})

interface Session {
  client_token: string
  embed_origin: string
  user_identifier: string
}

/** A call of the page to its own backend. */
async function callSite(method: string, headers: Record<string, string> = {}, body?: string) {
  const wish = { method, headers, ...(body !== undefined && { body }) }
  const response = await fetch(`http://127.0.0.1:${site.port}/chat/session`, wish)
  const text = await response.text()
  const cookie = response.headers.get('set-cookie')?.split(';')[0]
  return { status: response.status, text, cookie, body: JSON.parse(text) as Session }
}

test('a token is for the configured origin, whatever the caller names', async () => {
  const evil = 'https://evil.example'
  const asked = { origin: evil, host: 'evil.example', referer: `${evil}/`, 'gram-project': 'other' }
  const { status, body } = await callSite('POST', asked, JSON.stringify({ embedOrigin: evil, embed_origin: evil }))
  expect(status).toBe(200)
  expect(body.embed_origin).toBe(site.url)
  const claims = JSON.parse(Buffer.from(body.client_token.split('.')[1] ?? '', 'base64url').toString())
  expect(claims.aud).toEqual([site.url])
})

test('a visitor is who the signed cookie says, and a cookie that was changed is nobody’s', async () => {
  const first = await callSite('POST')
  expect(first.cookie).toMatch(/^visitor=/)
  const again = await callSite('POST', { cookie: first.cookie ?? '' })
  expect(again.body.user_identifier).toBe(first.body.user_identifier)
  expect(again.cookie).toBeUndefined()
  const other = await callSite('POST')
  const stolen = `visitor=${other.body.user_identifier}.${first.cookie?.split('.')[1]}`
  const forged = await callSite('POST', { cookie: stolen })
  expect(forged.body.user_identifier).not.toBe(other.body.user_identifier)
  expect(forged.body.user_identifier).not.toBe(first.body.user_identifier)
})

test('ending revokes all the visitor holds, and nobody else’s', async () => {
  const mine = await callSite('POST')
  const headers = { cookie: mine.cookie ?? '' }
  const second = await callSite('POST', headers)
  const other = await callSite('POST')
  const use = async ({ body }: { body: Session }) => {
    const asPage = { 'x-api-key': undefined, 'gram-chat-session': body.client_token, origin: site.url }
    return (await parlor.request('GET', '/rpc/chat.list', undefined, asPage)).status
  }
  expect([await use(mine), await use(second), await use(other)]).toEqual([200, 200, 200])
  expect((await callSite('DELETE', headers)).body).toEqual({ ended: 2 })
  expect([await use(mine), await use(second), await use(other)]).toEqual([401, 401, 200])
  // There is nothing left to end, and that is no fault.
  expect((await callSite('DELETE', headers)).body).toEqual({ ended: 0 })
})

test('a page of another site makes and ends no session here', async () => {
  for (const from of ['cross-site', 'same-site', 'none']) {
    const answer = await callSite('POST', { 'sec-fetch-site': from })
    expect([answer.status, answer.cookie]).toEqual([403, undefined])
    expect((await callSite('DELETE', { 'sec-fetch-site': from })).status).toBe(403)
  }
  expect((await callSite('PUT')).status).toBe(405)
})

test('the key is in nothing a browser gets, and the page’s policy names nobody but the site and Parlor', async () => {
  const paths = ['/', '/chat.js', '/session.js', '/parlor.js', '/view.js', '/chat.css', '/icon.svg']
  for (const path of paths) {
    const response = await fetch(`http://127.0.0.1:${site.port}${path}`)
    expect([path, response.status]).toEqual([path, 200])
    expect(await response.text()).not.toContain(parlor.key)
    const policy = response.headers.get('content-security-policy') ?? ''
    expect(policy).toContain("default-src 'none'")
    expect(policy).not.toContain('unsafe')
    expect([...policy.matchAll(/https?:\/\/[^\s;]+/g)].map(([url]) => url)).toEqual([parlor.url])
  }
  const { text } = await callSite('POST')
  expect(text).not.toContain(parlor.key)
  expect(site.output()).not.toContain(parlor.key)
})

test('what is missing is said before anything starts, each in a line', async () => {
  const wrong = { SITE_PORT: 'many', SITE_ORIGIN: 'https://shop.example/', SITE_TOKEN_SECONDS: '7200' }
  const failure = await startChatSite({ parlorUrl: '', key: '', env: wrong }).catch((error: Error) => error.message)
  expect(failure).toContain('ended with 2')
  for (const name of ['PARLOR_URL', 'PARLOR_API_KEY', 'SITE_PORT', 'SITE_ORIGIN', 'SITE_TOKEN_SECONDS']) {
    expect(failure).toMatch(new RegExp(`^ {2}${name}: .+\\.$`, 'm'))
  }
})

test('a wrong key and a Parlor that is away are told to the page in a sentence', async () => {
  await using wrong = await startChatSite({ parlorUrl: parlor.url, key: 'sk_test_wrong' })
  const refused = await fetch(`${wrong.url}/chat/session`, { method: 'POST' })
  expect(refused.status).toBe(401)
  expect(await refused.json()).toHaveProperty('message')
  await using alone = await startChatSite({ parlorUrl: 'http://127.0.0.1:9', key: parlor.key })
  const lost = await fetch(`${alone.url}/chat/session`, { method: 'POST' })
  expect([lost.status, await lost.json()]).toEqual([500, { error: expect.stringContaining('Is it running?') }])
})

test('what keeps it from starting is a sentence that names the setting', async () => {
  const start = (env: Record<string, string>) => startChatSite({ parlorUrl: parlor.url, key: parlor.key, env })
  for (const [name, value] of Object.entries({
    SITE_PORT: String(site.port),
    SITE_ORIGIN: 'https://shop.example/',
    SITE_TOKEN_SECONDS: '3601',
    PARLOR_URL: 'nowhere',
    PARLOR_API_KEY: '',
  })) {
    const { message } = await start({ [name]: value }).then(
      async (started) => started.stop().then(() => new Error('it started')),
      (error: Error) => error,
    )
    expect(message).toMatch(/ended with 2\./)
    expect(message).toContain(name)
    expect(message).not.toMatch(/^\s+at /m)
  }
})
