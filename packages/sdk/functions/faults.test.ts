import { describe, expect, it } from 'vitest'
import {
  createChatCompletion,
  createWidgetSession,
  getAvatar,
  listAvatars,
  NoAnswerError,
  ParlorCore,
  type ParlorOptions,
  ParlorRequestError,
  revokeChatSession,
  revokeWidgetSession,
  titleChat,
  uploadDocument,
} from './index.ts'
import { cuts, hangs, hangsHalfway, misbehave, type Script, says } from './misbehaving-server.test-support.ts'

const session = { session_token: 't', session_id: 's', expires_at: '2026-01-01T00:00:00Z' }
const page = { data: [], avatars: [], meta: {}, pagination: {} }
const made = says(200, session)

function at(url: string, options: Partial<ParlorOptions> = {}): ParlorCore {
  return new ParlorCore({ baseUrl: url, apiKey: 'prl_live_key', ...options })
}

const wish = { agentic_avatar_id: 'a' }

describe('an answer that says to come again', () => {
  it('is waited for as long as Retry-After says', async () => {
    await using server = await misbehave(says(429, {}, { 'retry-after': '1' }), says(200, page))
    expect(await listAvatars(at(server.url))).toMatchObject({ ok: true })
    const [first, second] = server.seen
    expect((second?.at ?? 0) - (first?.at ?? 0)).toBeGreaterThanOrEqual(990)
  })

  it('becomes an error with the seconds to wait when it does not stop', async () => {
    const refused = says(
      429,
      { code: 'RATE_LIMIT_EXCEEDED', message: 'Slowly.', request_id: 'req-1' },
      { 'retry-after': '7' },
    )
    await using server = await misbehave(refused)
    const result = await listAvatars(at(server.url), {}, { retries: 0 })
    expect(result).toMatchObject({
      ok: false,
      error: { status: 429, code: 'RATE_LIMIT_EXCEEDED', message: 'Slowly.', requestId: 'req-1', retryAfterSeconds: 7 },
    })
    expect(server.seen).toHaveLength(1)
  })

  it('with 500 twice is asked a third time, a creating call with one and the same Idempotency-Key', async () => {
    await using server = await misbehave(says(500, {}), says(500, 'oops'), made)
    expect(await createWidgetSession(at(server.url), wish)).toMatchObject({ ok: true, value: session })
    const keys = server.seen.map(({ headers }) => headers['idempotency-key'])
    expect(keys).toHaveLength(3)
    expect(new Set(keys)).toEqual(new Set([expect.stringMatching(/^[0-9a-f]{32}$/)]))
  })

  it('is not asked again by a call that is not known to do no harm', async () => {
    await using server = await misbehave(says(503, {}))
    expect(await titleChat(at(server.url), { id: 'c' })).toMatchObject({ ok: false, error: { status: 503 } })
    expect(await createChatCompletion(at(server.url), { messages: [] })).toMatchObject({ ok: false })
    expect(server.seen.map(({ path }) => path)).toEqual(['/rpc/chat.generateTitle', '/chat/completions'])
    expect(server.seen[0]?.headers['idempotency-key']).toBeUndefined()
  })

  it('is asked again as often as the caller says', async () => {
    await using server = await misbehave(says(503, {}, { 'retry-after-ms': '1' }))
    await titleChat(at(server.url), { id: 'c' }, { retries: 3 })
    expect(server.seen).toHaveLength(4)
  })

  it('that a creation is still at work is asked again only where an answer was lost', async () => {
    const busy = says(409, { code: 'CONFLICT', message: 'still at work' })
    await using lost = await misbehave(cuts, busy, made)
    expect(await createWidgetSession(at(lost.url), wish)).toMatchObject({ ok: true })
    await using taken = await misbehave(busy)
    expect(await createWidgetSession(at(taken.url), wish)).toMatchObject({ ok: false, error: { code: 'CONFLICT' } })
    expect(taken.seen).toHaveLength(1)
  })
})

describe('no answer', () => {
  it.each<[string, Script, string]>([
    ['a server that hangs', hangs, 'timeout'],
    ['a body that hangs in the middle', hangsHalfway, 'timeout'],
    ['a body that is cut', cuts, 'connection'],
  ])('%s is tried three times, then told with its reason', async (_, script, reason) => {
    await using server = await misbehave(script)
    const result = await listAvatars(at(server.url), {}, { timeoutMs: 50 })
    expect(result).toMatchObject({ ok: false, error: { name: 'NoAnswerError', reason } })
    expect(server.seen).toHaveLength(3)
  })

  it('where the server is not there is told as one, and a cut that passes is not told', async () => {
    const nowhere = await misbehave(hangs)
    await nowhere[Symbol.asyncDispose]()
    const result = await getAvatar(at(nowhere.url), { id: 'a' }, { retries: 0 })
    expect(result.ok === false && result.error instanceof NoAnswerError && result.error.reason).toBe('connection')
    await using server = await misbehave(cuts, says(200, page))
    expect(await listAvatars(at(server.url))).toMatchObject({ ok: true })
  })

  it('comes to a call that is called off, at once and without another try', async () => {
    await using server = await misbehave(hangs)
    const caller = new AbortController()
    const call = listAvatars(at(server.url), {}, { signal: caller.signal })
    await expect.poll(() => server.seen.length).toBe(1)
    caller.abort()
    expect(await call).toMatchObject({ ok: false, error: { reason: 'aborted' } })
    expect(server.seen).toHaveLength(1)
  })
})

describe('an answer of the wrong kind', () => {
  it.each<[string, unknown]>([
    ['no JSON', '<html>a proxy</html>'],
    ['a list', []],
    ['null', 'null'],
    ['a text', '"hello"'],
    ['an object of somebody else', { hello: 'world' }],
    ['a number where a text belongs', { ...session, session_token: 42 }],
    ['null where a text belongs', { ...session, session_id: null }],
    ['nothing at all', ''],
  ])('is refused: %s', async (_, body) => {
    await using server = await misbehave(says(200, body))
    const result = await createWidgetSession(at(server.url), wish)
    expect(result).toMatchObject({ ok: false, error: { status: 200, code: 'INVALID_ANSWER' } })
    expect(result.ok === false && result.error instanceof ParlorRequestError).toBe(true)
    expect(server.seen).toHaveLength(1)
  })

  it('is a refusal all the same where its status is one, on each wire', async () => {
    await using server = await misbehave(
      says(502, '<html>bad gateway</html>'),
      says(404, { name: 'not_found', id: 'Vq3', message: 'Gone.' }, { 'x-request-id': 'req-2' }),
      says(404, { statusCode: 404, message: 'No.', error: 'Not Found', code: 'NOT_FOUND' }),
    )
    const ask = () => getAvatar(at(server.url), { id: 'a' }, { retries: 0 })
    expect(await ask()).toMatchObject({ error: { status: 502, code: 'HTTP_502', body: '<html>bad gateway</html>' } })
    expect(await ask()).toMatchObject({ error: { code: 'not_found', message: 'Gone.', requestId: 'req-2' } })
    expect(await ask()).toMatchObject({ error: { code: 'NOT_FOUND', message: 'No.' } })
  })
})

describe('what is sent', () => {
  it('goes below the path of the address, with the key of the wire and the name of the SDK', async () => {
    await using server = await misbehave(made, says(204, ''), says(200, page))
    const core = at(`${server.url}/parlor/`, { project: 'shop', headers: { 'x-trace': '1' } })
    await createWidgetSession(core, wish, { idempotencyKey: 'mine', headers: { 'x-more': '2' } })
    expect(await revokeChatSession(core, { token: 'a b' })).toEqual({ ok: true, value: undefined })
    await listAvatars(core, { page_size: 5, scope: 'public' })
    const [first, second, third] = server.seen
    expect(first).toMatchObject({ method: 'POST', path: '/parlor/v1/widget/sessions', body: JSON.stringify(wish) })
    expect(first?.headers).toMatchObject({
      'x-api-key': 'prl_live_key',
      'idempotency-key': 'mine',
      'x-trace': '1',
      'x-more': '2',
      'user-agent': expect.stringMatching(/^parlor-sdk\/\d/),
    })
    expect(second).toMatchObject({ method: 'DELETE', path: '/parlor/rpc/chatSessions.revoke?token=a+b' })
    expect(second?.headers).toMatchObject({ 'gram-key': 'prl_live_key', 'gram-project': 'shop' })
    expect(second?.headers['x-api-key']).toBeUndefined()
    expect(third?.path).toBe('/parlor/v1/avatars?page_size=5&scope=public')
  })

  it('never leaves its path, nor follows a redirect with the key', async () => {
    await using other = await misbehave(made)
    await using server = await misbehave(says(307, '', { location: other.url }))
    await expect(revokeWidgetSession(at(server.url), { session_id: '..' })).rejects.toThrow(TypeError)
    await expect(revokeWidgetSession(at(server.url), { session_id: '' })).rejects.toThrow('session_id is needed')
    expect(await createWidgetSession(at(server.url), wish)).toMatchObject({ ok: false, error: { status: 307 } })
    await revokeWidgetSession(at(server.url), { session_id: 'a/b' })
    expect(server.seen.map(({ path }) => path)).toEqual(['/v1/widget/sessions', '/v1/widget/sessions/a%2Fb'])
    expect(other.seen).toEqual([])
  })

  it('is a form for a document', async () => {
    await using server = await misbehave(says(200, { id: 'd', outcome: 'added' }))
    const document = {
      id: 'b',
      name: 'a/hours.md',
      bytes: new TextEncoder().encode('# Hours'),
      url: 'https://x.example',
    }
    expect(await uploadDocument(at(server.url), document)).toMatchObject({ ok: true })
    const [seen] = server.seen
    expect(seen?.headers['content-type']).toMatch(/^multipart\/form-data; boundary=/)
    expect(seen?.body).toMatch(/name="url"[\s\S]*name="file"; filename="a\/hours\.md"[\s\S]*# Hours/)
  })

  it.each([
    ['an address that is none', { baseUrl: 'parlor.example' }],
    ['an address with a question', { baseUrl: 'https://parlor.example/?a' }],
    ['an address with a password', { baseUrl: 'https://a:b@parlor.example' }],
    ['a key with a line end', { apiKey: 'prl_live_1\n' }],
    ['an empty key', { apiKey: '' }],
  ])('is refused before: %s', (_, options) => {
    expect(() => at('https://parlor.example', options)).toThrow(TypeError)
  })
})
