import { createHash, createHmac } from 'node:crypto'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type House, openHouse } from './house.ts'

const key = 'devkey'
const secret = 's'.repeat(40)
let house: House
let bare: House

beforeAll(async () => {
  // Nobody listens there: a message is judged without asking anybody.
  house = await openHouse({ LIVEKIT_URL: 'ws://127.0.0.1:9', LIVEKIT_API_KEY: key, LIVEKIT_API_SECRET: secret })
  bare = await openHouse()
})
afterAll(async () => {
  await house.close()
  await bare.close()
})

const body = JSON.stringify({ event: 'room_finished', id: 'EV_1', room: { name: 'prl_nobody' }, createdAt: '1' })
const encode = (value: object) => Buffer.from(JSON.stringify(value)).toString('base64url')

interface Signing {
  of?: string
  by?: string
  with?: string
  algorithm?: string
  endsInSeconds?: number
}

/** What LiveKit sends as authorization: a token that names the digest of the body. */
function sign({ of = body, by = key, with: known = secret, algorithm = 'HS256', endsInSeconds = 300 }: Signing = {}) {
  const sha256 = createHash('sha256').update(of).digest('base64')
  const now = Math.floor(Date.now() / 1000)
  const signed = `${encode({ alg: algorithm, typ: 'JWT' })}.${encode({ iss: by, nbf: now - 1, exp: now + endsInSeconds, sha256 })}`
  return `${signed}.${createHmac('sha256', known).update(signed).digest('base64url')}`
}

function post(authorization: string | undefined, payload = body, { composed }: House = house) {
  const headers = { 'content-type': 'application/webhook+json', ...(authorization && { authorization }) }
  return composed.app.inject({ method: 'POST', url: '/livekit/webhook', headers, payload })
}

describe('a message of the media server', () => {
  it('is taken when it is signed with its key', async () => {
    expect((await post(sign())).statusCode).toBe(204)
  })

  it.each<[string, () => string | undefined]>([
    ['without a signature', () => undefined],
    ['with something else instead', () => 'Bearer x'],
    ['signed with another secret', () => sign({ with: 't'.repeat(40) })],
    ['signed by another key', () => sign({ by: 'otherkey' })],
    ['signed for another body', () => sign({ of: `${body} ` })],
    ['signed long ago', () => sign({ endsInSeconds: -600 })],
    ['that says it needs no signature', () => `${sign({ algorithm: 'none' }).split('.').slice(0, 2).join('.')}.`],
  ])('is refused %s', async (_, authorization) => {
    const response = await post(authorization())
    expect(response.statusCode).toBe(401)
    expect(response.json().code).toBe('INVALID_API_KEY')
  })

  it('is refused with one of our own keys', async () => {
    expect((await post(await house.makeKey(house.mine))).statusCode).toBe(401)
  })

  it('that is no message of a room is taken and means nothing', async () => {
    const other = JSON.stringify({ event: 'something_new', id: 'EV_2' })
    expect((await post(sign({ of: other }), other)).statusCode).toBe(204)
  })

  it('is larger than any when it is refused unread', async () => {
    expect((await post(sign(), 'x'.repeat(70_000))).statusCode).toBe(413)
  })

  it('finds nobody where there is no media server', async () => {
    const response = await post(sign(), body, bare)
    expect(response.statusCode).toBe(503)
    expect(response.json().message).toContain('LIVEKIT_URL')
  })
})
