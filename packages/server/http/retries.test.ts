import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type House, openHouse } from '../admission/house.ts'

let house: House
let key: string
beforeAll(async () => {
  house = await openHouse()
  key = await house.makeKey(house.mine)
})
afterAll(() => house.close())

const post = (url: string, body: object, retryKey?: string, apiKey = key) =>
  house.composed.app.inject({
    method: 'POST',
    url,
    payload: body,
    headers: { 'x-api-key': apiKey, ...(retryKey !== undefined && { 'idempotency-key': retryKey }) },
  })
const wish = () => ({ agentic_avatar_id: house.mine.agent, settings: { max_duration: 600 } })
const sessions = '/v1/widget/sessions'

describe('a creating request with an Idempotency-Key', () => {
  it('is carried out once: the same body gets the same answer, token and all, to the byte', async () => {
    const [first, second] = [await post(sessions, wish(), 'once-1'), await post(sessions, wish(), 'once-1')]
    expect(first.statusCode).toBe(200)
    expect(second.body).toBe(first.body)
    expect(first.headers['idempotent-replayed']).toBeUndefined()
    expect(second.headers['idempotent-replayed']).toBe('true')
  })

  it('is refused with another body, and changes nothing', async () => {
    await post(sessions, wish(), 'once-2')
    const other = await post(sessions, { ...wish(), audio_only: true }, 'once-2')
    expect(other.statusCode).toBe(409)
    expect(other.json().code).toBe('CONFLICT')
  })

  it('sent many times at once makes one thing: the rest are told to wait or get its answer', async () => {
    const answers = await Promise.all(Array.from({ length: 20 }, () => post(sessions, wish(), 'once-3')))
    const made = new Set(answers.filter((a) => a.statusCode === 200).map((a) => a.json().session_id))
    expect(made.size).toBe(1)
    expect(answers.every((a) => [200, 409].includes(a.statusCode))).toBe(true)
  })

  it('gets the same refusal again, but not one that may pass by itself', async () => {
    const missing = { agentic_avatar_id: 'unknown' }
    await post(sessions, missing, 'once-4')
    const again = await post(sessions, missing, 'once-4')
    expect(again.statusCode).toBe(404)
    expect(again.headers['idempotent-replayed']).toBe('true')
    const { stores } = house.composed
    const account = await stores.accounts.findAccount(house.theirs.accountId)
    if (account !== null) await stores.accounts.updateAccount({ ...account, concurrency: 0 })
    const theirKey = await house.makeKey(house.theirs)
    const theirs = { agentic_avatar_id: house.theirs.agent }
    expect((await post(sessions, theirs, 'once-5', theirKey)).statusCode).toBe(429)
    if (account !== null) await stores.accounts.updateAccount({ ...account, concurrency: null })
    expect((await post(sessions, theirs, 'once-5', theirKey)).statusCode).toBe(200)
  })

  it('is known by account and operation: others may use the same key', async () => {
    const mine = await post(sessions, wish(), 'shared')
    const theirs = await post(
      sessions,
      { agentic_avatar_id: house.theirs.agent },
      'shared',
      await house.makeKey(house.theirs),
    )
    const base = await post('/v1/knowledge-bases', { name: 'Shared key' }, 'shared')
    expect([mine, theirs, base].map((a) => a.statusCode)).toEqual([200, 200, 200])
    expect(base.headers['idempotent-replayed']).toBeUndefined()
    expect((await post('/v1/knowledge-bases', { name: 'Shared key' }, 'shared')).body).toBe(base.body)
  })

  it.each(['', ' ', 'a b', 'é', 'x'.repeat(256)])('is refused when the key is %j', async (bad) => {
    expect((await post(sessions, wish(), bad)).statusCode).toBe(400)
  })

  it('does not hand out a token whose signing key has retired', async () => {
    await post(sessions, wish(), 'once-6')
    const { stores } = house.composed
    const current = await stores.signingKeys.findCurrentSigningKey(house.mine.projectId)
    if (current !== null)
      await stores.signingKeys.rotateSigningKey({ ...current, kid: `${current.kid.slice(0, -4)}ffff` }, 0)
    expect((await post(sessions, wish(), 'once-6')).statusCode).toBe(409)
  })
})
