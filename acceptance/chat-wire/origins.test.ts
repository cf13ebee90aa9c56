import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { Answer } from '../harness/http-client.ts'
import { type Parlor, startParlor } from '../harness/start-parlor.ts'
import { type Backend, type Headers, openBackend } from './backend.ts'
import { type JudgedRoute, judgedRoutes } from './routes.ts'

/** The table of contracts 3.6, row by row, on every path it is for. */

const page = 'https://shop.example'
let parlor: Parlor
let backend: Backend
let token: string
let bad: Record<string, string>

beforeAll(async () => {
  parlor = await startParlor({ tap: 'breaks' })
  backend = await openBackend(parlor)
  token = await backend.makeToken(page)
  const revoked = await backend.makeToken(page)
  await backend.revoke(revoked)
  const expired = await backend.makeToken(page, { expires_after: 1 })
  const [head = '', body = '', signature = ''] = token.split('.')
  const tampered = `${head}.${body}.${signature.startsWith('A') ? 'B' : 'A'}${signature.slice(1)}`
  bad = { malformed: 'nonsense', tampered, expired, revoked }
  await new Promise((resolve) => setTimeout(resolve, 2000))
})
afterAll(() => parlor[Symbol.asyncDispose]())

const ask = ({ method, path, body }: JudgedRoute, headers: Headers) => backend.call(method, path, headers, body)
const withToken = (headers: Headers = {}) => ({ 'gram-chat-session': token, ...headers })

const methods = 'POST, GET, OPTIONS, PUT, DELETE'
const staticHeaders =
  'Accept, Accept-Encoding, Authorization, Content-Length, Content-Type, Gram-Admin-Override, Gram-Assistant-ID, Gram-Chat-ID, Gram-Chat-Session, Gram-Key, Gram-Project, Gram-Session, Gram-Token, idempotency-key, Mcp-Method, Mcp-Name, MCP-Protocol-Version, Mcp-Session-Id, User-Agent, X-Gram-Scope-Override, X-Gram-Source'
const exposed =
  'Accept, Accept-Encoding, Content-Length, Content-Type, Gram-Chat-ID, Gram-Chat-Session, Gram-Session, Mcp-Session-Id, x-trace-id'

/** What every answer tells browsers, and to whom. */
function expectCors({ headers }: Answer, allowed: string): void {
  expect(headers['access-control-allow-origin']).toBe(allowed)
  expect(headers['access-control-allow-methods']).toBe(methods)
  expect(headers['access-control-allow-credentials']).toBe('true')
  expect(String(headers['access-control-expose-headers'])).toContain(exposed)
  expect(headers.vary).toMatch(/origin/i)
  expect(headers).not.toHaveProperty('set-cookie')
}

/** A refusal of this layer is JSON, in the shape of its path (contracts G7). */
function expectJson({ headers, body }: Answer): void {
  expect(headers['content-type']).toContain('application/json')
  expect(body.message ?? (body.error as { message: string }).message).toMatch(/\w/)
}

describe.each(judgedRoutes)('$method $path', (route) => {
  test('row 1: a preflight is allowed whatever it asks, with no look at a token', async () => {
    const asked = 'Gram-Chat-Session, X-Anything-At-All'
    const path = route.path.split('?')[0] ?? ''
    for (const [headers, allowed, allowedHeaders] of [
      [
        { origin: 'https://anybody.example', 'access-control-request-headers': asked },
        'https://anybody.example',
        asked,
      ],
      [{ origin: 'null' }, 'null', staticHeaders],
      [{}, '', staticHeaders],
      [{ origin: page, 'gram-chat-session': 'nonsense' }, page, staticHeaders],
    ] as const) {
      const answer = await backend.call('OPTIONS', path, headers)
      expect([answer.status, answer.text]).toEqual([204, ''])
      expectCors(answer, allowed)
      expect(answer.headers['access-control-allow-headers']).toBe(allowedHeaders)
    }
  })

  test('row 2: beside a key the page that asks may read the answer, and the key is judged', async () => {
    const answer = await ask(route, { origin: 'https://tool.example', 'gram-key': 'gram_live_unknown' })
    expect(answer.status).toBe(route.passes === 404 && !answersToKeys(route) ? 404 : 401)
    expectCors(answer, 'https://tool.example')
  })

  test('row 3: with neither, only pages of our own may', async () => {
    const answer = await ask(route, { origin: 'https://anybody.example' })
    expect([401, 404]).toContain(answer.status)
    expectCors(answer, parlor.url)
    expect(answer.headers['access-control-allow-headers']).toBe(staticHeaders)
  })

  test('row 4: a malformed, tampered, expired or revoked token is refused before anything else', async () => {
    for (const [what, text] of Object.entries(bad)) {
      for (const more of [
        {},
        { 'gram-key': backend.key, 'gram-session': backend.operator, 'gram-project': 'default' },
      ]) {
        const answer = await ask(route, { origin: page, 'gram-chat-session': text, ...more })
        expect([what, answer.status]).toEqual([what, 401])
        expectCors(answer, parlor.url)
        expectJson(answer)
      }
    }
  })

  test('row 5: with a store that cannot be read nothing passes', async () => {
    parlor.store.break()
    try {
      const answer = await ask(route, withToken({ origin: page }))
      expect(answer.status).toBe(500)
      expectCors(answer, parlor.url)
      expectJson(answer)
      expect(answer.text).not.toContain('disk')
    } finally {
      parlor.store.mend()
    }
    await untilItIs(route.passes, () => ask(route, withToken({ origin: page })))
  })

  test('row 6: from the one page it is for, it passes', async () => {
    const answer = await ask(route, withToken({ origin: page }))
    expect(answer.status).toBe(route.passes)
    expectCors(answer, page)
    const spelled = await ask(route, withToken({ origin: page, 'gram-chat-session': `Bearer ${token}` }))
    expect(spelled.status).toBe(route.passes)
  })

  test.each([
    'http://shop.example',
    'https://shop.example:443',
    'https://shop.example:8443',
    'https://shop.example/',
    'https://SHOP.example',
    'https://www.shop.example',
    'https://shop.example.evil.test',
    'null',
    '',
  ])('row 7: from %j it does not', async (origin) => {
    const answer = await ask(route, withToken({ origin, referer: `${page}/` }))
    expect(answer.status).toBe(403)
    expectCors(answer, parlor.url)
    expectJson(answer)
    expect(answer.text).toContain(origin)
    expect(answer.text).toContain(page)
    const beside = await ask(route, withToken({ origin, 'gram-key': backend.key, 'gram-project': 'default' }))
    expect(beside.status).toBe(403)
  })

  test('row 8: without an origin it passes where the page is served from', async () => {
    const answer = await ask(route, withToken({ host: 'shop.example' }))
    expect(answer.status).toBe(route.passes)
  })

  test('row 9: without an origin it does not pass anywhere else', async () => {
    for (const host of [`127.0.0.1:${parlor.port}`, 'shop.example:8443', 'SHOP.example', 'www.shop.example']) {
      const answer = await ask(route, withToken({ host, referer: `${page}/` }))
      expect([host, answer.status]).toEqual([host, 403])
      expectCors(answer, parlor.url)
      expectJson(answer)
      expect(answer.text).toContain(host)
      expect(answer.text).toContain(page)
    }
  })
})

/** Whether the path leads somewhere, so that a bad key is what is wrong with it. */
function answersToKeys({ path }: JudgedRoute): boolean {
  return !/unknown|^\/mcp$/.test(path)
}

test('every operation under the five prefixes is in the table', async () => {
  type Described = { paths: Record<string, Record<string, unknown>> }
  const { body } = await backend.call<Described>('GET', '/openapi.json')
  const judged = Object.entries(body.paths)
    .filter(([path]) => /^\/(chat\/completions|chat\/turnstream|mcp|rpc\/chat\.|rpc\/chatSessions\.)/.test(path))
    .flatMap(([path, methods]) => Object.keys(methods).map((method) => `${method.toUpperCase()} ${path}`))
  expect(judged.length).toBeGreaterThan(6)
  const rows = judgedRoutes.map(({ method, path }) => `${method} ${path.split('?')[0]}`)
  expect(judged.filter((operation) => !rows.includes(operation))).toEqual([])
})

test('with a store that cannot be read no token is made and none is ended', async () => {
  const headers = { 'gram-key': backend.key, 'gram-project': 'default' }
  parlor.store.break()
  try {
    const made = await backend.call('POST', '/rpc/chatSessions.create', headers, { embed_origin: page })
    const ended = await backend.revoke(token)
    for (const answer of [made, ended]) {
      expect(answer.status).toBe(500)
      expect(answer.body).toMatchObject({ name: 'unexpected', fault: true, temporary: true })
    }
  } finally {
    parlor.store.mend()
  }
  await untilItIs(404, () => backend.call('GET', '/rpc/chat.unknown', withToken({ origin: page })))
})

/** A server that was without its Postgres for longer than its lease is back in a moment, not at once. */
async function untilItIs(status: number, call: () => Promise<{ status: number }>): Promise<void> {
  await expect.poll(async () => (await call()).status).toBe(status)
}

test('an origin with a port is served from a host with that port', async () => {
  const local = await backend.makeToken('http://localhost:5173')
  const use = async (headers: Headers) =>
    (await backend.call('GET', '/rpc/chat.unknown', { 'gram-chat-session': local, ...headers })).status
  expect(await use({ origin: 'http://localhost:5173' })).toBe(404)
  expect(await use({ host: 'localhost:5173' })).toBe(404)
  expect(await use({ host: 'localhost' })).toBe(403)
  expect(await use({ origin: 'http://localhost:5174' })).toBe(403)
})

test('a trailing slash in embed_origin never matches, and only "null" matches a page without an origin', async () => {
  const use = async (text: string, origin: string) =>
    (await backend.call('GET', '/rpc/chat.unknown', { 'gram-chat-session': text, origin })).status
  expect(await use(await backend.makeToken(`${page}/`), page)).toBe(403)
  expect(await use(await backend.makeToken('null'), 'null')).toBe(404)
  expect(await use(await backend.makeToken('*'), page)).toBe(403)
})

test('the token as a bearer is judged like the token in its own header', async () => {
  const route = judgedRoutes.find(({ path }) => path === '/chat/completions') as JudgedRoute
  const bearer = (text: string, origin: string) => ask(route, { authorization: `Bearer ${text}`, origin })
  expect((await bearer(token, page)).status).toBe(200)
  expect((await bearer(token, 'https://evil.example')).status).toBe(403)
  expect((await bearer(bad.revoked ?? '', page)).status).toBe(401)
  // Beside a key it is nothing: clients of models always send one.
  const beside = { authorization: 'Bearer unused', 'gram-key': backend.key, 'gram-project': 'default' }
  expect((await ask(route, beside)).status).toBe(200)
})

test('a path in another spelling is judged all the same', async () => {
  for (const path of [
    '/rpc/ch%61t.list',
    '/%72pc/chat.list',
    '/rpc/chat.list/',
    `http://127.0.0.1:${parlor.port}/rpc/chat.list`,
  ]) {
    const use = async (origin: string) => (await backend.call('GET', path, withToken({ origin }))).status
    expect([path, await use(page), await use('https://evil.example')]).toEqual([path, 200, 403])
  }
})

test('other paths of the wire take no token and look at none; their preflight is plain', async () => {
  const answer = await backend.call('OPTIONS', '/rpc/keys.list', { origin: page })
  expect(answer.status).toBe(200)
  expectCors(answer, parlor.url)
  const list = { 'gram-session': backend.operator, 'gram-chat-session': 'nonsense', origin: page }
  expect((await backend.call('GET', '/rpc/keys.list', list)).status).toBe(200)
  expect((await backend.call('GET', '/rpc/keys.list', withToken({ origin: page }))).status).toBe(401)
})
