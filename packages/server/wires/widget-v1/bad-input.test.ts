import fc from 'fast-check'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type House, openHouse } from '../../admission/house.ts'

let house: House
let key: string
beforeAll(async () => {
  house = await openHouse()
  key = await house.makeKey(house.mine)
})
afterAll(() => house.close())

const post = (url: string, payload: object | string | Buffer, contentType = 'application/json') =>
  house.composed.app.inject({
    method: 'POST',
    url,
    payload,
    headers: { 'x-api-key': key, 'content-type': contentType },
  })
const sessions = '/v1/widget/sessions'
const wish = (changes: object) => ({ agentic_avatar_id: house.mine.agent, ...changes })

/** The shape every refusal on this wire has, for every client that ever read one. */
function expectRefusal(response: Awaited<ReturnType<typeof post>>, status: number, code: string) {
  expect(response.statusCode, response.body).toBe(status)
  const body = response.json()
  expect(body).toMatchObject({ code, error: { code, message: body.message, request_id: body.request_id } })
  expect(body.message.length).toBeGreaterThan(10)
  expect(response.body).not.toMatch(/\bat .*\.ts:|node_modules|SQLITE|Error:/)
  return body
}

describe('a body that cannot be read', () => {
  it.each(['{', '{"a":}', 'nonsense', '"text', '[1,2', '\u0000'])('%j is refused as malformed', async (payload) => {
    expectRefusal(await post(sessions, payload), 400, 'INVALID_REQUEST')
  })

  it('that reaches for a prototype is refused', async () => {
    expectRefusal(await post(sessions, '{"__proto__":{"admin":true}}'), 400, 'INVALID_REQUEST')
    expectRefusal(await post(sessions, '{"constructor":{"prototype":{"admin":true}}}'), 400, 'INVALID_REQUEST')
  })

  it.each(['text/plain', 'application/x-www-form-urlencoded', 'multipart/form-data; boundary=x', 'application/xml'])(
    'of type %s is refused',
    async (type) => {
      expectRefusal(await post(sessions, 'a=b', type), 415, 'UNSUPPORTED_MEDIA_TYPE')
    },
  )

  it('that is too large is refused', async () => {
    const large = JSON.stringify(wish({ pad: 'x'.repeat(300_000) }))
    expect(expectRefusal(await post(sessions, large), 413, 'PAYLOAD_TOO_LARGE').message).toMatch(/262144 bytes/)
  })

  it('is refused at an address that does not exist, or with a method it does not take', async () => {
    expectRefusal(await post('/v1/widget/session', {}), 404, 'NOT_FOUND')
    const { app } = house.composed
    const put = await app.inject({ method: 'PUT', url: sessions, payload: {}, headers: { 'x-api-key': key } })
    expectRefusal(put, 405, 'METHOD_NOT_ALLOWED')
    expect(put.headers.allow).toBe('POST')
    const bad = await app.inject({ method: 'GET', url: '/v1/widget/sessions/%zz', headers: { 'x-api-key': key } })
    expectRefusal(bad, 400, 'INVALID_REQUEST')
  })
})

describe('a body with wrong values', () => {
  it.each<[object | null | number[] | string, string]>([
    [{}, 'agentic_avatar_id'],
    [{ agentic_avatar_id: 5 }, 'agentic_avatar_id'],
    [{ agentic_avatar_id: '' }, 'agentic_avatar_id'],
    [[1], ''],
    ['"text"', ''],
    ['null', ''],
  ])('%j is refused', async (payload, field) => {
    const text = typeof payload === 'string' ? payload : JSON.stringify(payload)
    const body = expectRefusal(await post(sessions, text), 422, 'VALIDATION_ERROR')
    expect(body.detail[0]).toMatchObject({
      loc: expect.arrayContaining(['body']),
      msg: expect.any(String),
      type: expect.any(String),
    })
    if (field !== '') expect(body.error.details.field).toBe(field)
  })

  it.each<[object, string]>([
    [{ settings: 'text' }, 'settings'],
    [{ settings: { max_duration: '60' } }, 'settings.max_duration'],
    [{ settings: { max_duration: 0 } }, 'settings.max_duration'],
    [{ settings: { max_duration: 1.5 } }, 'settings.max_duration'],
    [{ settings: { max_duration: 86_401 } }, 'settings.max_duration'],
    [{ max_duration: -1 }, 'max_duration'],
    [{ settings: { allowed_domains: 'shop.example' } }, 'settings.allowed_domains'],
    [{ settings: { allowed_domains: ['*.shop.example'] } }, 'settings.allowed_domains.0'],
    [{ allowed_domains: ['ok.example', 'a b'] }, 'allowed_domains.1'],
    [{ allowed_origins: ['shop.example'] }, 'allowed_origins.0'],
    [{ allowed_origins: ["https://a.example; script-src 'unsafe-inline'"] }, 'allowed_origins.0'],
    [{ settings: { features: { voice_input: 'yes' } } }, 'settings.features.voice_input'],
    [{ user_metadata: ['list'] }, 'user_metadata'],
    [{ user_metadata: { big: 'x'.repeat(17_000) } }, 'user_metadata'],
    [{ audio_only: 'no' }, 'audio_only'],
  ])('%j is refused and the field named where it was written', async (changes, field) => {
    const body = expectRefusal(await post(sessions, wish(changes)), 422, 'VALIDATION_ERROR')
    expect(body.error.details.field).toBe(field)
    expect(body.detail[0].loc.join('.')).toBe(`body.${field}`)
  })

  it('lists so long that no header could carry them are refused', async () => {
    const domains = Array.from({ length: 100 }, (_, i) => `${'a'.repeat(40)}${i}.example`)
    expectRefusal(await post(sessions, wish({ allowed_domains: domains })), 422, 'VALIDATION_ERROR')
    expectRefusal(
      await post(sessions, wish({ allowed_domains: Array(101).fill('a.example') })),
      422,
      'VALIDATION_ERROR',
    )
  })

  it('an agent that is unknown or another account’s is not found (B12, B13)', async () => {
    expectRefusal(await post(sessions, { agentic_avatar_id: 'unknown' }), 404, 'NOT_FOUND')
    const foreign = expectRefusal(await post(sessions, { agentic_avatar_id: house.theirs.agent }), 404, 'NOT_FOUND')
    expect(foreign.error.aliases).toEqual(['RESOURCE_NOT_FOUND'])
  })
})

describe('hostile text in every field', () => {
  const hostile = fc.oneof(
    fc.string(),
    fc.string({ unit: 'binary', maxLength: 400 }),
    fc.constantFrom(
      '\u0000',
      '\ud800',
      "'; DROP TABLE sessions; --",
      '../../../etc/passwd',
      '%00',
      '{{7*7}}',
      '<script>',
      '\r\nset-cookie: a=b',
      '__proto__',
      'x'.repeat(3000),
    ),
  )
  const anything = fc.oneof(
    hostile,
    fc.integer(),
    fc.boolean(),
    fc.constant(null),
    fc.array(hostile, { maxLength: 3 }),
    fc.dictionary(hostile, hostile, { maxKeys: 3 }),
  )

  it('never brings a 500, an undocumented status, or an answer out of shape', async () => {
    const bodies: [string, () => fc.Arbitrary<object>][] = [
      [
        sessions,
        () =>
          fc.record({
            agentic_avatar_id: fc.oneof(fc.constant(house.mine.agent), anything),
            settings: anything,
            allowed_origins: anything,
            user_metadata: anything,
            features: anything,
          }),
      ],
      [
        '/v1/agentic-avatars',
        () =>
          fc.record({
            name: anything,
            avatar_id: anything,
            voice_id: anything,
            brain_id: anything,
            settings: anything,
          }),
      ],
      [
        '/v1/brains',
        () => fc.record({ name: anything, system_prompt: anything, llm_name: anything, knowledge_base_id: anything }),
      ],
      ['/v1/knowledge-bases', () => fc.record({ name: anything, description: anything })],
      [
        `/v1/knowledge-bases/${house.mine.base}/documents`,
        () => fc.record({ name: anything, text: anything, media_type: anything, url: anything }),
      ],
    ]
    for (const [url, body] of bodies) {
      await fc.assert(
        fc.asyncProperty(body(), async (payload) => {
          const response = await post(url, JSON.stringify(payload))
          expect([200, 400, 404, 409, 413, 415, 422], response.body).toContain(response.statusCode)
          if (response.statusCode !== 200) expect(response.json().error.code).toEqual(expect.any(String))
        }),
        { numRuns: 150 },
      )
    }
  })

  it('in the address finds nothing and breaks nothing', async () => {
    await fc.assert(
      fc.asyncProperty(hostile, async (text) => {
        const url = `/v1/widget/sessions/${encodeURIComponent(text.isWellFormed() ? text : text.toWellFormed())}`
        const response = await house.composed.app.inject({ method: 'GET', url, headers: { 'x-api-key': key } })
        expect([400, 404, 405], response.body).toContain(response.statusCode)
        expect(response.json().error.code).toEqual(expect.any(String))
      }),
      { numRuns: 200 },
    )
  })
})
