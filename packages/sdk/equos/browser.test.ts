import { once } from 'node:events'
import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { EquosBrowser, getEquosBrowser, initEquosBrowser } from './browser.ts'

interface Seen {
  line: string
  authorization: string | undefined
  apiKey: unknown
  key: unknown
  body: Record<string, unknown>
}

let server: Server
let endpoint: string
let seen: Seen[] = []
/** What comes, one after the other; 0 cuts the connection. The last one stays. */
let answers: [number, unknown][] = []

beforeAll(async () => {
  server = createServer(async (request, response) => {
    const chunks: Buffer[] = []
    for await (const chunk of request) chunks.push(chunk as Buffer)
    const { authorization, 'x-api-key': apiKey, 'idempotency-key': key } = request.headers
    const body = JSON.parse(Buffer.concat(chunks).toString() || 'null')
    seen.push({ line: `${request.method} ${request.url}`, authorization, apiKey, key, body })
    const [status, answer] = (answers.length > 1 ? answers.shift() : answers[0]) ?? [200, null]
    if (status === 0) return void request.socket.destroy()
    response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(answer))
  }).listen(0, '127.0.0.1')
  await once(server, 'listening')
  endpoint = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
})
afterAll(() => server.close())
beforeEach(() => {
  seen = []
  answers = [[201, { session: { id: 's-1' }, consumerAccessToken: 'token' }]]
})

const wish = { name: 'A visit', avatar: { id: 'avatar-1' }, agent: { id: 'agent-1' } }

describe('the browser calls', () => {
  it('start a pass with the client key as bearer, for a guest unless told who visits', async () => {
    const equos = new EquosBrowser('pk-1', { endpoint })
    await equos.sessions.start(wish)
    equos.setUser('Ada')
    equos.setIdentity('visitor-7')
    equos.setClient('acme')
    await equos.sessions.start(wish)
    await equos.sessions.start({ ...wish, client: 'other' })
    expect(seen[0]).toMatchObject({ line: 'POST /v1/session-passes', authorization: 'Bearer pk-1', apiKey: undefined })
    expect(seen.map(({ body }) => body)).toEqual([
      { ...wish, consumerIdentity: { identity: 'guest', name: 'Guest' } },
      { ...wish, consumerIdentity: { identity: 'visitor-7', name: 'Ada' }, client: 'acme' },
      { ...wish, consumerIdentity: { identity: 'visitor-7', name: 'Ada' }, client: 'other' },
    ])
  })

  it('make a second attempt under the same Idempotency-Key when none or a fault came, and another key for another session', async () => {
    const equos = new EquosBrowser('pk-1', { endpoint, version: 'v3' })
    answers = [
      [0, null],
      [201, { session: { id: 's-1' } }],
    ]
    await equos.sessions.start(wish)
    answers = [
      [500, { message: 'broken' }],
      [201, { session: { id: 's-2' } }],
    ]
    await equos.sessions.start(wish)
    const keys = seen.map(({ key }) => key)
    expect(keys).toEqual([keys[0], keys[0], keys[2], keys[2]])
    expect(keys[0]).toMatch(/^[0-9a-f]{32}$/)
    expect(keys[0]).not.toBe(keys[2])
    expect(seen[0]?.line).toBe('POST /v3/session-passes')
  })

  it('fail with the status in the text after two attempts, or after one where a second cannot help', async () => {
    const equos = new EquosBrowser('pk-1', { endpoint })
    answers = [[503, { message: 'Nobody is home.', code: 'SERVICE_UNAVAILABLE' }]]
    await expect(equos.sessions.start(wish)).rejects.toMatchObject({
      name: 'EquosError',
      message: 'Nobody is home. (503)',
      code: 'SERVICE_UNAVAILABLE',
      status: 503,
      response: expect.any(Response),
    })
    expect(seen).toHaveLength(2)
    answers = [[401, { message: 'Not this key.', code: 'INVALID_API_KEY' }]]
    await expect(equos.sessions.stop('s-1')).rejects.toThrow('Not this key. (401)')
    expect(seen).toHaveLength(3)
  })

  it('stop by PATCH with an empty object, and give null as it comes', async () => {
    answers = [[200, null]]
    expect(await new EquosBrowser('pk-1', { endpoint }).sessions.stop('a/b')).toBeNull()
    expect(seen[0]).toMatchObject({ line: 'PATCH /v1/session-passes/a%2Fb/stop', body: {}, key: undefined })
  })
})

describe('a trigger', () => {
  const trigger = { id: 'door', name: 'At the door', agentId: 'agent-1', avatarId: 'avatar-1', maxDuration: 60 }
  const watched = () => {
    const equos = new EquosBrowser('pk-1', { endpoint })
    const told: string[] = []
    for (const event of ['registered', 'unregistered', 'started', 'ended', 'error'] as const)
      equos.on(event, (happened) => void told.push(`${event} ${happened.trigger.id}`))
    return { equos, told }
  }

  it('is started by its id with what it says, stopped, and told of', async () => {
    const { equos, told } = watched()
    equos.register(trigger)
    await equos.start('door')
    expect(seen[0]?.body).toEqual({
      name: 'At the door',
      agent: { id: 'agent-1' },
      avatar: { id: 'avatar-1' },
      maxDuration: 60,
      consumerIdentity: { identity: 'guest', name: 'Guest' },
    })
    answers = [[200, { id: 's-1', status: 'ended' }]]
    expect(await equos.stop()).toMatchObject({ status: 'ended' })
    equos.unregister('door')
    expect(told).toEqual(['registered door', 'started door', 'ended door', 'unregistered door'])
    expect(await equos.stop()).toBeNull()
    await expect(equos.start('door')).rejects.toThrow('no trigger')
  })

  it('tells of a failure, and of nothing once a handler is off or when the session was over already', async () => {
    const { equos, told } = watched()
    equos.register(trigger)
    await equos.start('door')
    answers = [[200, null]]
    expect(await equos.stop()).toBeNull()
    answers = [[403, { message: 'suspended' }]]
    await expect(equos.start('door')).rejects.toThrow('suspended (403)')
    expect(told).toEqual(['registered door', 'started door', 'error door'])
    const never = () => expect.unreachable()
    equos.on('started', never)
    equos.off('started', never)
    answers = [[201, { session: { id: 's-2' } }]]
    await equos.start('door')
  })
})

it('a page has one instance, and none before it is made', () => {
  expect(() => getEquosBrowser()).toThrow('initEquosBrowser')
  const made = initEquosBrowser('pk-1', { endpoint })
  expect(initEquosBrowser('pk-2')).toBe(made)
  expect(getEquosBrowser()).toBe(made)
})
