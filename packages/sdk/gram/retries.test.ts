import { afterAll, beforeAll, expect, it, test } from 'vitest'
import { chatSessionsCreate } from './funcs/chatSessionsCreate.ts'
import { chatSessionsRevoke } from './funcs/chatSessionsRevoke.ts'
import { Gram, HTTPClient, type RequestOptions, type RetryConfig, ServiceError } from './index.ts'
import { askedBody, created, type OddAnswer, type OddServer, refusal, startOddServer } from './testing/odd-server.ts'

let server: OddServer
beforeAll(async () => {
  server = await startOddServer()
})
afterAll(() => server[Symbol.asyncDispose]())

const quick: RetryConfig = { strategy: 'backoff', backoff: { maxInterval: 5 } }
const alsoConnections: RetryConfig = { ...quick, retryConnectionErrors: true }
const open = (retryConfig?: RetryConfig) => new Gram({ serverURL: server.url, retryConfig })
const busy: OddAnswer = { status: 429, body: refusal('rate_limit_exceeded') }
const broken: OddAnswer = { status: 500, body: refusal('unexpected') }
const works: OddAnswer = { body: created }
const revoke = (gram: Gram, options?: RequestOptions) => chatSessionsRevoke(gram, { token: 't' }, undefined, options)

test('one request, unless retries are turned on; then 500 and 429 are repeated until success', async () => {
  server.answers(broken, works)
  expect((await chatSessionsCreate(open(), askedBody)).error).toBeInstanceOf(ServiceError)
  expect(server.requests).toHaveLength(1)

  server.answers(broken, busy, broken, busy, works)
  const { value } = await chatSessionsCreate(open(quick), askedBody)
  expect(value).toMatchObject({ clientToken: created.client_token })
  expect(server.requests).toHaveLength(5)
})

test('Retry-After of one second is waited for, but no longer than the longest interval', async () => {
  const asks = { ...busy, headers: { 'retry-after': '1' } }
  const gap = () => (server.requests[1]?.at ?? 0) - (server.requests[0]?.at ?? 0)
  server.answers(asks, works)
  await chatSessionsCreate(open({ strategy: 'backoff' }), askedBody)
  expect(gap()).toBeGreaterThan(990)
  expect(gap()).toBeLessThan(3000)

  server.answers({ ...asks, headers: { 'retry-after': '30' } }, works)
  await chatSessionsCreate(open(quick), askedBody)
  expect(gap()).toBeLessThan(10_000)
})

it('makes one thing of all tries of a create call, and one of each call', async () => {
  server.answers(broken, broken, works)
  await chatSessionsCreate(open(quick), askedBody)
  await chatSessionsCreate(open(quick), askedBody)
  const keys = server.requests.map(({ headers }) => headers['idempotency-key'])
  expect(keys).toEqual([expect.stringMatching(/^[\x21-\x7e]{8,255}$/), keys[0], keys[0], expect.any(String)])
  expect(keys[3]).not.toBe(keys[0])

  server.answers(works)
  await chatSessionsCreate(open(), askedBody)
  expect(server.requests[0]?.headers['idempotency-key']).toBeUndefined()
})

it('takes the retries and the codes of the call before those of the client', async () => {
  server.answers(broken, works)
  expect((await chatSessionsCreate(open(quick), askedBody, undefined, { retries: { strategy: 'none' } })).ok).toBe(
    false,
  )
  server.answers(broken, works)
  expect((await chatSessionsCreate(open(), askedBody, undefined, { retries: quick })).ok).toBe(true)
  server.answers({ status: 418 }, broken, works)
  const options = { retryCodes: ['4XX'] }
  expect((await chatSessionsCreate(open(quick), askedBody, undefined, options)).error?.name).toBe('ServiceError')
  expect(server.requests).toHaveLength(2)
})

it.each<[string, OddAnswer]>([
  ['a connection', { does: 'drop' }],
  ['a body', { ...works, does: 'cut' }],
  ['the time', { does: 'hang' }],
])('repeats a try that lost %s only on wish', async (_, answer) => {
  const options = { timeoutMs: answer.does === 'hang' ? 500 : 0 }
  server.answers(answer, works)
  expect((await chatSessionsCreate(open(quick), askedBody, undefined, options)).ok).toBe(false)
  expect(server.requests).toHaveLength(1)
  server.answers(answer, works)
  expect((await chatSessionsCreate(open(alsoConnections), askedBody, undefined, options)).ok).toBe(true)
  expect(server.requests).toHaveLength(2)
})

it('repeats nothing else that an HTTP client throws', async () => {
  let tries = 0
  const httpClient = {
    request: () => {
      tries++
      return Promise.reject(new RangeError('odd'))
    },
  }
  const gram = new Gram({ serverURL: server.url, retryConfig: alsoConnections, httpClient })
  expect((await revoke(gram)).error?.name).toBe('UnexpectedClientError')
  expect(tries).toBe(1)
})

it('answers with the last answer when its time is over', async () => {
  const last: OddAnswer = { status: 503, body: 'closed', headers: { 'x-last': 'yes' } }
  server.answers({ ...broken, headers: { 'retry-after-ms': '800' } }, last)
  const config: RetryConfig = { strategy: 'backoff', backoff: { maxElapsedTime: 700 } }
  const [{ error }, { status, response }] = await revoke(open(config)).$inspect()
  expect([error?.name, status, response?.headers.get('x-last')]).toEqual(['APIError', 'complete', 'yes'])
  expect(server.requests).toHaveLength(2)
})

it('stops waiting when it is called off', async () => {
  server.answers({ ...busy, headers: { 'retry-after': '30' } })
  const controller = new AbortController()
  const httpClient = new HTTPClient().addHook('response', () => {
    setTimeout(() => controller.abort(), 20)
  })
  const gram = new Gram({ serverURL: server.url, retryConfig: { strategy: 'backoff' }, httpClient })
  const result = await revoke(gram, { signal: controller.signal })
  expect([result.error?.name, server.requests.length]).toEqual(['RequestAbortedError', 1])
})

it('has revoked a token when only a later try hears that it is over already', async () => {
  const over: OddAnswer = { status: 400, body: refusal('bad_request') }
  for (const lost of [{ does: 'drop' }, { status: 502 }] as const) {
    server.answers(lost, over)
    expect(await revoke(open(alsoConnections))).toEqual({ ok: true, value: undefined })
  }
  server.answers(over)
  expect((await revoke(open(alsoConnections))).error?.name).toBe('ServiceError')
  // A server that had no time for it did nothing.
  server.answers(busy, over)
  expect((await revoke(open(alsoConnections))).error?.name).toBe('ServiceError')
})
