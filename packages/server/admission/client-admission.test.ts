import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { clientKeyRows } from './avatar-rows.ts'
import { stockOf } from './stock.ts'
import { openRoomHouse } from './testing/furnish-room.ts'

let house: Awaited<ReturnType<typeof openRoomHouse>>
let keys: Record<string, string>

beforeAll(async () => {
  house = await openRoomHouse()
  const client = { kind: 'client' as const, scopes: ['client' as const] }
  const { mine, theirs, makeKey } = house
  keys = {
    good: await makeKey(mine, client),
    secret: await makeKey(mine),
    unknown: `prl_pub_${'0'.repeat(64)}`,
    expired: await makeKey(mine, { ...client, expiresAt: Date.now() - 1 }),
    disabled: await makeKey(mine, { ...client, disabledAt: Date.now() }),
    scopeless: await makeKey(mine, { ...client, scopes: [] }),
    bound: await makeKey(mine, { ...client, allowedOrigins: ['https://shop.example'] }),
    suspended: await makeKey(await house.suspendedAccount(), client),
    foreign: await makeKey(theirs, client),
    session: house.mine.roomPass,
  }
})
afterAll(() => house.close())

function call(name: string, headers: Record<string, string>, payload?: string) {
  const row = clientKeyRows[name]
  const [method = ''] = name.split(' ')
  const url = row?.url({ ...house.mine, session: '' }) ?? ''
  const body = payload ?? row?.body?.(house.mine)
  return house.composed.app.inject({ method: method as 'POST', url, headers, ...(body && { payload: body }) })
}

const bad: [string, () => Record<string, string>, number, string][] = [
  ['nothing', () => ({}), 401, 'MISSING_API_KEY'],
  ['no key after the word', () => ({ authorization: 'Bearer ' }), 401, 'MISSING_API_KEY'],
  ['another scheme', () => ({ authorization: `Basic ${keys.good}` }), 401, 'MISSING_API_KEY'],
  ['a client key as a secret one', () => ({ 'x-api-key': keys.good ?? '' }), 401, 'MISSING_API_KEY'],
  ['a secret key as a secret one', () => ({ 'x-api-key': keys.secret ?? '' }), 401, 'MISSING_API_KEY'],
  ...['secret', 'unknown', 'expired', 'disabled', 'session'].map(
    (which) => [`a bearer that is ${which}`, () => bearer(which), 401, 'INVALID_API_KEY'] as (typeof bad)[number],
  ),
  ['a key without its scope', () => bearer('scopeless'), 403, 'INSUFFICIENT_PERMISSIONS'],
  ['a suspended account’s key', () => bearer('suspended'), 403, 'ACCOUNT_SUSPENDED'],
  ['another page', () => ({ ...bearer('bound'), origin: 'https://evil.example' }), 403, 'ORIGIN_REFUSED'],
]

function bearer(which: string): Record<string, string> {
  return { authorization: `Bearer ${keys[which]}` }
}

describe.each(Object.keys(clientKeyRows))('%s', (name) => {
  it.each(bad)('refuses %s, and changes nothing', async (_, headers, status, code) => {
    const before = await stockOf(house)
    const response = await call(name, headers())
    expect(response.statusCode).toBe(status)
    expect(response.json()).toMatchObject({ statusCode: status, code, message: expect.stringMatching(/\w/) })
    expect(await stockOf(house)).toBe(before)
  })

  it('refuses before it reads the body', async () => {
    const response = await call(name, { 'content-type': 'application/json' }, '{ not json')
    expect(response.statusCode).toBe(401)
  })

  it('gives another account nothing of this one', async () => {
    const before = await stockOf(house)
    const response = await call(name, bearer('foreign'))
    if (name.endsWith('/stop')) expect([response.statusCode, response.body]).toEqual([200, 'null'])
    else expect(response.statusCode).toBe(404)
    expect(await stockOf(house)).toBe(before)
  })
})
