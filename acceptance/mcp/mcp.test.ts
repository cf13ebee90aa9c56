import { SdkHttpError } from '@modelcontextprotocol/client'
import fc from 'fast-check'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { type Parlor, startParlor } from '../harness/start-parlor.ts'
import {
  asBackend,
  asVisitor,
  connectClient,
  mintToken,
  post,
  revokeToken,
  search,
  searchMessage,
  site,
} from './session.ts'

let parlor: Parlor
let token: string

beforeAll(async () => {
  parlor = await startParlor()
  await parlor.createAgent({
    documents: [
      {
        name: 'returns.md',
        text: '# Returns\n\nYou may send goods back within thirty days of delivery.',
        url: 'https://shop.example/returns',
      },
      { name: 'hours.md', text: '# Opening hours\n\nThe shop in Graz opens at nine in the morning.' },
    ],
  })
  token = await mintToken(parlor)
})
afterAll(() => parlor[Symbol.asyncDispose]())

type RpcError = { jsonrpc: string; id: null; error: { code: number; message: string; data: Record<string, string> } }

describe('the official client', () => {
  test.each([
    ['with the handshake', false, '2025-11-25'],
    ['of the revision without one', true, '2026-07-28'],
  ])('%s searches with a visitor’s token, and with a key', async (_, isModern, version) => {
    for (const headers of [asVisitor(token), asBackend(parlor.key)]) {
      await using client = await connectClient(parlor, headers, { isModern })
      expect(client.getNegotiatedProtocolVersion()).toBe(version)
      expect(client.getServerVersion()).toMatchObject({ name: 'parlor' })
      const { tools } = await client.listTools()
      expect(tools.map(({ name }) => name)).toEqual(['search_knowledge', 'list_documents'])
      expect(tools.every(({ annotations }) => annotations?.readOnlyHint)).toBe(true)
      const { passages } = await search(client, 'How long may I send goods back?')
      expect(passages[0]).toMatchObject({ n: 1, title: 'Returns', source: 'returns.md' })
      expect(passages[0]?.url).toMatch(/^https:\/\/shop\.example\/returns/)
      expect(passages[0]?.passage).toContain('thirty days')
      const listed = await client.callTool({ name: 'list_documents', arguments: {} })
      expect(listed.structuredContent).toMatchObject({ total: 2 })
    }
  })

  test('is told honestly that nothing was found, and what is wrong with a question', async () => {
    await using client = await connectClient(parlor, asVisitor(token))
    expect(await search(client, 'quantum entanglement')).toEqual({ passages: [] })
    const refused = await client.callTool({ name: 'search_knowledge', arguments: { query: '' } })
    expect(refused.isError).toBe(true)
  })

  test('of many visitors at once gets each one its own answer', async () => {
    await using client = await connectClient(parlor, asVisitor(token))
    const asked = Array.from({ length: 60 }, (_, i) => (i % 2 === 0 ? 'send goods back' : 'opening hours Graz'))
    const found = await Promise.all(asked.map((query) => search(client, query, 1)))
    const sources = found.map(({ passages }) => passages[0]?.source)
    expect(sources).toEqual(asked.map((_, i) => (i % 2 === 0 ? 'returns.md' : 'hours.md')))
  })

  test('is refused once the token is revoked, in the middle of its talk', async () => {
    const short = await mintToken(parlor)
    await using client = await connectClient(parlor, asVisitor(short))
    expect((await search(client, 'opening hours')).passages).not.toEqual([])
    await revokeToken(parlor, short)
    const refused = await search(client, 'opening hours').catch((error: unknown) => error)
    expect(refused).toBeInstanceOf(SdkHttpError)
    expect(refused).toMatchObject({ data: { status: 401 } })
    expect((await post(parlor, searchMessage('opening hours'), asVisitor(short))).status).toBe(401)
  })
})

describe('the token', () => {
  test('works as a bearer too, under the same rule of origin', async () => {
    const bearer = { authorization: `Bearer ${token}` }
    await using client = await connectClient(parlor, { ...bearer, origin: site })
    expect((await search(client, 'opening hours')).passages).not.toEqual([])
    const elsewhere = await post(parlor, searchMessage('opening hours'), { ...bearer, origin: 'https://evil.example' })
    expect(elsewhere.status).toBe(403)
    expect((await post(parlor, searchMessage('opening hours'), bearer)).status).toBe(403)
  })

  test.each([
    'https://evil.example',
    'http://shop.example',
    'https://shop.example:8443',
    'https://shop.example/',
    'null',
  ])('is worth nothing from %s', async (origin) => {
    const answer = await post<RpcError>(parlor, searchMessage('opening hours'), { ...asVisitor(token), origin })
    expect(answer.status).toBe(403)
    expect(answer.body).toMatchObject({ jsonrpc: '2.0', id: null, error: { data: { code: 'origin_refused', origin } } })
    expect(answer.body.error.data.request_id).toBe(answer.headers['x-request-id'])
    expect(answer.text).not.toContain('nine')
  })

  test('opens no other project, there or not', async () => {
    await parlor.request('POST', '/admin/v1/projects', { slug: 'other', name: 'Other' })
    for (const slug of ['other', 'nowhere']) {
      const answer = await post<RpcError>(parlor, searchMessage('opening hours'), asVisitor(token), slug)
      expect(answer.status, slug).toBe(403)
      expect(answer.body.error.data.code).toBe('forbidden')
    }
  })

  test.each([
    ['nothing', {}, 'missing_key'],
    ['a word', { 'gram-chat-session': 'nonsense' }, 'invalid_token'],
    ['an unknown key', { 'gram-key': 'nonsense' }, 'invalid_key'],
    ['the key of another wire', { 'x-api-key': 'nonsense' }, 'missing_key'],
  ])('is asked for: %s is answered 401, before the body is read', async (_, headers, code) => {
    const answer = await post<RpcError>(parlor, '{ not json', headers)
    expect(answer.status).toBe(401)
    expect(answer.headers['www-authenticate']).toMatch(/^Bearer /)
    expect(answer.body.error.data.code).toBe(code)
  })

  test('is answered by the preflight for any page, with the headers it asked for', async () => {
    const asked = 'authorization,content-type,gram-chat-session,mcp-protocol-version,mcp-session-id,mcp-method,mcp-name'
    const answer = await parlor.request('OPTIONS', '/mcp/default', undefined, {
      'x-api-key': undefined,
      origin: site,
      'access-control-request-method': 'POST',
      'access-control-request-headers': asked,
    })
    expect(answer.status).toBe(204)
    expect(answer.headers['access-control-allow-origin']).toBe(site)
    expect(answer.headers['access-control-allow-headers']).toBe(asked)
    const { headers } = await post(parlor, searchMessage('hours'), asVisitor(token))
    expect(headers['access-control-allow-origin']).toBe(site)
    expect(headers['access-control-expose-headers']).toMatch(/mcp-session-id/i)
  })
})

describe('bad input', () => {
  test.each(['GET', 'DELETE'])('%s finds neither stream nor session: 405', async (method) => {
    const headers = { 'x-api-key': undefined, accept: 'text/event-stream', ...asVisitor(token) }
    const answer = await parlor.request<RpcError>(method, '/mcp/default', undefined, headers)
    expect(answer.status).toBe(405)
    expect(answer.headers.allow).toBe('POST')
    expect(answer.body).toMatchObject({ jsonrpc: '2.0', id: null })
  })

  test.each(['text/plain', 'application/xml', 'application/x-www-form-urlencoded'])('%s is not read', async (type) => {
    const answer = await post<RpcError>(parlor, '{}', { ...asVisitor(token), 'content-type': type })
    expect(answer.status).toBe(415)
    expect(answer.body.jsonrpc).toBe('2.0')
  })

  test('too large a body, too long a batch and a subscription are refused', async () => {
    const large = await post(parlor, searchMessage('x'.repeat(2_000_000)), asVisitor(token))
    expect(large.status).toBe(413)
    const batch = Array.from({ length: 11 }, (_, id) => ({ jsonrpc: '2.0', id, method: 'ping' }))
    expect((await post(parlor, batch, asVisitor(token))).status).toBe(413)
    const listen = { jsonrpc: '2.0', id: 1, method: 'subscriptions/listen', params: {} }
    expect((await post(parlor, listen, asVisitor(token))).status).toBe(400)
  })

  test('whatever is sent, the answer is JSON-RPC, comes at once and is never ours to blame', async () => {
    const anyMethod = fc.constantFrom('initialize', 'tools/call', 'tools/list', 'ping', 'server/discover', '', 'x/y')
    const message = fc.record(
      { jsonrpc: fc.constantFrom('2.0', '1.0'), id: fc.jsonValue(), method: anyMethod, params: fc.jsonValue() },
      { requiredKeys: [] },
    )
    const named = fc.record({ name: fc.constantFrom('search_knowledge', 'list_documents'), arguments: fc.jsonValue() })
    const call = fc.record({
      jsonrpc: fc.constant('2.0'),
      id: fc.nat(),
      method: fc.constant('tools/call'),
      params: named,
    })
    const sent = fc.oneof(fc.jsonValue(), message, call, fc.array(fc.oneof(message, call), { maxLength: 4 }))
    const version = fc.constantFrom(undefined, '2025-06-18', '2026-07-28', 'never')
    await fc.assert(
      fc.asyncProperty(sent, version, async (body, named) => {
        const headers = { ...asVisitor(token), ...(named !== undefined && { 'mcp-protocol-version': named }) }
        const answer = await post(parlor, body, headers)
        expect(answer.status).toBeLessThan(500)
        if (answer.status === 202) return
        const all = [answer.body].flat() as { jsonrpc?: string }[]
        for (const one of all) expect(one.jsonrpc).toBe('2.0')
      }),
      { numRuns: 300 },
    )
    expect(parlor.output()).not.toMatch(/request failed/)
  })
})

test('no token and no key is in a log', () => {
  for (const secret of parlor.secrets) expect(parlor.output()).not.toContain(secret)
})
