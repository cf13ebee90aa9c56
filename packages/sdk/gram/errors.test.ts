import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { chatSessionsCreate } from './funcs/chatSessionsCreate.ts'
import { chatSessionsRevoke } from './funcs/chatSessionsRevoke.ts'
import {
  APIError,
  ConnectionError,
  Gram,
  GramError,
  HTTPClientError,
  InvalidRequestError,
  RequestAbortedError,
  RequestTimeoutError,
  ResponseValidationError,
  SDKValidationError,
  ServiceError,
  UnexpectedClientError,
} from './index.ts'
import { askedBody, created, type OddAnswer, type OddServer, refusal, startOddServer } from './testing/odd-server.ts'

let server: OddServer
beforeAll(async () => {
  server = await startOddServer()
})
afterAll(() => server[Symbol.asyncDispose]())

const open = (more = {}) => new Gram({ serverURL: server.url, ...more })
const plain = { 'content-type': 'text/plain' }
const json = { 'content-type': 'application/json; charset=utf-8' }
const { client_token: _, ...tokenless } = created

const asked = askedBody.createRequestBody

type Kind = new (...given: never[]) => GramError

describe('an answer of the server', () => {
  it.each<[string, OddAnswer, Kind]>([
    ...[400, 401, 403, 404, 409, 415, 422, 500, 502].map((status): [string, OddAnswer, Kind] => [
      `${status} in the server’s form`,
      { status, body: refusal('any') },
      ServiceError,
    ]),
    ['a refusal with a charset', { status: 401, headers: json, body: JSON.stringify(refusal('any')) }, ServiceError],
    ['429', { status: 429, body: refusal('rate_limit_exceeded') }, APIError],
    ['503', { status: 503, body: refusal('unavailable') }, APIError],
    ['a plain 401', { status: 401, headers: plain, body: 'unauthorized\n' }, APIError],
    ['a plain 403', { status: 403, headers: plain, body: 'no\n' }, APIError],
    ['201', { status: 201, body: created }, APIError],
    ['204', { status: 204 }, APIError],
    ['200 as text', { headers: plain, body: JSON.stringify(created) }, APIError],
    ['200 as something like JSON', { headers: { 'content-type': 'application/jsonp' }, body: created }, APIError],
    ['a missing field', { body: tokenless }, ResponseValidationError],
    ['a null', { body: { ...created, user_identifier: null } }, ResponseValidationError],
    ['a wrong type', { body: { ...created, expires_after: '3600' } }, ResponseValidationError],
    ['a fraction', { body: { ...created, expires_after: 1.5 } }, ResponseValidationError],
    ['null', { headers: json, body: 'null' }, ResponseValidationError],
    ['half of it', { headers: json, body: '{"client_token":' }, ResponseValidationError],
    ['an incomplete refusal', { status: 401, body: { name: 'unauthorized' } }, ResponseValidationError],
  ])('%s: as a result and thrown alike, after one request', async (_name, answer, Kind) => {
    server.answers(answer)
    const result = await chatSessionsCreate(open(), askedBody)
    expect(result).toEqual({ ok: false, error: expect.any(Kind) })
    expect(server.requests).toHaveLength(1)
    const thrown = await open()
      .chatSessions.create(askedBody)
      .catch((error: unknown) => error)
    expect((thrown as GramError).constructor).toBe(Kind)
    expect(thrown).toMatchObject({ name: Kind.name, statusCode: answer.status ?? 200 })
    expect(thrown).toBeInstanceOf(GramError)
  })

  it('is whole in the error', async () => {
    const data = { ...refusal('unexpected'), fault: true, temporary: true }
    server.answers({ status: 500, headers: { 'goa-error': 'unexpected' }, body: data })
    const { error } = await chatSessionsCreate(open(), askedBody)
    expect(error).toMatchObject({
      name: 'ServiceError',
      message: 'No.',
      statusCode: 500,
      body: JSON.stringify(data),
      contentType: 'application/json',
      fault: true,
      id: 'abcdefgh',
      temporary: true,
      timeout: false,
      data$: data,
    })
    expect((error as ServiceError).headers.get('goa-error')).toBe('unexpected')
    expect((error as ServiceError).rawResponse.url).toBe(`${server.url}/rpc/chatSessions.create`)
  })

  it('of the wrong shape says which fields are wrong', async () => {
    server.answers({ body: { ...tokenless, status: 1 } })
    const { error } = await chatSessionsCreate(open(), askedBody)
    expect(error).toMatchObject({ rawValue: { ...tokenless, status: 1 }, cause: expect.any(TypeError) })
    const { rawMessage, pretty } = error as ResponseValidationError
    const lines = [rawMessage, 'client_token must be of the type string', 'status must be of the type string']
    expect(pretty.call(error)).toBe(lines.join('\n- '))
  })

  it('that is 200 to a revoke call is no success', async () => {
    server.answers({ status: 200, body: {} })
    expect((await chatSessionsRevoke(open(), { token: 't' })).error).toBeInstanceOf(APIError)
  })
})

describe('input that is wrong is refused without a request', () => {
  it.each<[string, unknown, string]>([
    ['a fraction', { ...asked, expiresAfter: 1.5 }, 'expiresAfter must be of the type integer'],
    ['a lifetime as text', { ...asked, expiresAfter: '60' }, 'expiresAfter must be of the type integer'],
    ['a null lifetime', { ...asked, expiresAfter: null }, 'expiresAfter must be of the type integer'],
    ['no origin', {}, 'embedOrigin must be of the type string'],
    [
      'an origin that is a URL',
      { embedOrigin: new URL('https://a.example') },
      'embedOrigin must be of the type string',
    ],
    ['a null user', { ...asked, userIdentifier: null }, 'userIdentifier must be of the type string?'],
    ['no body', undefined, 'embedOrigin must be of the type string'],
    ['a null body', null, 'embedOrigin must be of the type string'],
  ])('%s', async (_name, createRequestBody, message) => {
    server.answers({ body: created })
    const request = { createRequestBody } as typeof askedBody
    const [{ error }, call] = await chatSessionsCreate(open(), request).$inspect()
    expect(error).toBeInstanceOf(SDKValidationError)
    expect(error).toMatchObject({ message, rawValue: request, cause: expect.any(TypeError) })
    expect((error as SDKValidationError).pretty()).toBe(`The input has the wrong shape\n- ${message}`)
    expect([call, server.requests]).toEqual([{ status: 'invalid' }, []])
    await expect(open().chatSessions.create(request)).rejects.toBeInstanceOf(SDKValidationError)
  })

  it.each([undefined, null, {}, { token: 1 }, { token: 't', gramKey: 1 }])('revoke(%j)', async (request) => {
    server.answers({ status: 204 })
    const { error } = await chatSessionsRevoke(open(), request as { token: string })
    expect([error?.name, server.requests]).toEqual(['SDKValidationError', []])
  })

  it.each([
    ['an address', { serverURL: 'not an address' }],
    ['a header', { headers: { 'x-a': 'a\nb' } }],
    ['an option of fetch', { redirect: 'sideways' }],
  ])('%s that cannot be written', async (_name, options) => {
    server.answers({ status: 204 })
    const [{ error }, { status }] = await chatSessionsRevoke(
      open(),
      { token: 't' },
      undefined,
      options as object,
    ).$inspect()
    expect(error).toBeInstanceOf(InvalidRequestError)
    expect([status, server.requests]).toEqual(['invalid', []])
  })
})

describe('a call without a whole answer', () => {
  const failing = async (answer: OddAnswer, options: object = {}, more = {}) => {
    server.answers(answer)
    const [{ error }, { status }] = await chatSessionsCreate(open(more), askedBody, undefined, options).$inspect()
    expect(error).toBeInstanceOf(HTTPClientError)
    expect([status, error?.name]).toEqual(['request-error', error?.constructor.name])
    return error
  }

  it.each([
    ['a connection that is dropped', 'drop'],
    ['a body that is cut', 'cut'],
  ] as const)('%s is a ConnectionError', async (_name, does) => {
    const error = await failing({ does, body: created })
    expect(error).toBeInstanceOf(ConnectionError)
    expect(error?.cause).toBeInstanceOf(TypeError)
  })

  it('a port nobody listens on is a ConnectionError', async () => {
    const gone = await startOddServer()
    await gone[Symbol.asyncDispose]()
    expect(await failing({}, {}, { serverURL: gone.url })).toBeInstanceOf(ConnectionError)
  })

  it.each(['hang', 'stall'] as const)('a server that would %s is a RequestTimeoutError', async (does) => {
    expect(await failing({ does, body: created }, { timeoutMs: 40 })).toBeInstanceOf(RequestTimeoutError)
    expect(await failing({ does, body: created }, {}, { timeoutMs: 40 })).toBeInstanceOf(RequestTimeoutError)
  })

  it('a signal of the caller’s that times out is one, too', async () => {
    const options = { fetchOptions: { signal: AbortSignal.timeout(40) } }
    expect(await failing({ does: 'hang' }, options)).toBeInstanceOf(RequestTimeoutError)
  })

  it.each(['hang', 'stall'] as const)(
    'calling it off while the server would %s is a RequestAbortedError',
    async (does) => {
      const controller = new AbortController()
      setTimeout(() => controller.abort('enough'), 40)
      const error = await failing({ does, body: created }, { signal: controller.signal })
      expect(error).toBeInstanceOf(RequestAbortedError)
      expect(error?.cause).toBe('enough')
    },
  )

  it.each([
    [new Error('odd'), UnexpectedClientError],
    [undefined, UnexpectedClientError],
    [new TypeError('no network'), ConnectionError],
    [new DOMException('late', 'TimeoutError'), RequestTimeoutError],
    [new DOMException('off', 'AbortError'), RequestAbortedError],
  ])('an HTTP client that throws %s', async (thrown, Kind) => {
    const httpClient = { request: () => Promise.reject(thrown) }
    const error = await failing({}, {}, { httpClient })
    expect(error).toBeInstanceOf(Kind)
    expect(error?.cause).toBe(thrown)
  })
})
