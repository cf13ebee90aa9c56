import { afterAll, afterEach, beforeAll, expect, it, vi } from 'vitest'
import manifest from '../package.json' with { type: 'json' }
import { chatSessionsCreate } from './funcs/chatSessionsCreate.ts'
import { chatSessionsRevoke } from './funcs/chatSessionsRevoke.ts'
import { Gram, GramCore, HTTPClient } from './index.ts'
import { askedBody, created, type OddServer, startOddServer } from './testing/odd-server.ts'

let server: OddServer
beforeAll(async () => {
  server = await startOddServer()
})
afterAll(() => server[Symbol.asyncDispose]())
afterEach(() => vi.unstubAllEnvs())

const open = (more = {}) => new Gram({ serverURL: server.url, ...more })
const heads = () => server.requests[0]?.headers ?? {}

it('sends what was asked under the wire’s names, with the default lifetime', async () => {
  server.answers({ body: { ...created, user_identifier: 'u-1', more: true } })
  const gram = open()
  const body = { embedOrigin: 'https://www.example.com', userIdentifier: 'u-1', unknown: 1 }
  expect(await gram.chatSessions.create({ createRequestBody: body })).toEqual({
    clientToken: 'aaa.bbb.ccc',
    embedOrigin: 'https://www.example.com',
    expiresAfter: 3600,
    status: 'active',
    userIdentifier: 'u-1',
  })
  const [sent] = server.requests
  expect(sent?.line).toBe('POST /rpc/chatSessions.create')
  expect(sent?.body).toEqual({ embed_origin: 'https://www.example.com', expires_after: 3600, user_identifier: 'u-1' })
  expect(sent?.headers).toMatchObject({
    'content-type': 'application/json',
    'user-agent': `parlor-sdk/${manifest.version} (gram)`,
  })
  expect(gram.chatSessions).toBe(gram.chatSessions)
})

it('sends a lifetime the server must judge as it is', async () => {
  server.answers({ body: { ...created, expires_after: 86_400 } })
  await open().chatSessions.create({ createRequestBody: { embedOrigin: '', expiresAfter: 86_400 } })
  expect(server.requests[0]?.body).toEqual({ embed_origin: '', expires_after: 86_400 })
})

it('revokes by a token in the query, and resolves to nothing', async () => {
  server.answers({ status: 204 })
  expect(await open().chatSessions.revoke({ token: 'a b+c/=&x' })).toBeUndefined()
  expect(server.requests[0]?.line).toBe('DELETE /rpc/chatSessions.revoke?token=a+b%2Bc%2F%3D%26x')
  expect(heads()['content-type']).toBeUndefined()
})

const option1 = { sessionHeaderGramSession: 's-1', projectSlugHeaderGramProject: 'p-1' }
const option2 = { apikeyHeaderGramKey: 'k-2', projectSlugHeaderGramProject: 'p-2' }
const none = { 'gram-session': undefined, 'gram-key': undefined, 'gram-project': undefined }
const fields = { gramKey: 'k-f', gramProject: 'p-f' }

it.each([
  ['nothing is given', {}, undefined, none],
  ['both options are', {}, { option1, option2 }, { ...none, 'gram-session': 's-1', 'gram-project': 'p-1' }],
  [
    'the first is not complete',
    {},
    { option1: { ...option1, sessionHeaderGramSession: '' }, option2 },
    { ...none, 'gram-key': 'k-2', 'gram-project': 'p-2' },
  ],
  ['the request says it', fields, undefined, { ...none, 'gram-key': 'k-f', 'gram-project': 'p-f' }],
  ['both do', fields, { option2 }, { ...none, 'gram-key': 'k-2', 'gram-project': 'p-2' }],
  ['the request names no project', { gramKey: 'k-f' }, undefined, { ...none, 'gram-key': 'k-f' }],
])('credentials, when %s', async (_, request, security, expected) => {
  server.answers({ status: 204 })
  const result = await chatSessionsRevoke(open(), { token: 't', ...request }, security)
  expect(result.ok).toBe(true)
  for (const [name, value] of Object.entries(expected)) expect([name, heads()[name]]).toEqual([name, value])
})

it('takes the client’s credentials, else the key of the environment and the project "default", where a call brings none', async () => {
  server.answers({ status: 204 })
  vi.stubEnv('GRAM_API_KEY', 'k-env')
  await open().chatSessions.revoke({ token: 't' })
  expect(heads()).toMatchObject({ 'gram-key': 'k-env', 'gram-project': 'default' })

  vi.stubEnv('GRAM_PROJECT', 'p-env')
  server.answers({ status: 204 })
  await open().chatSessions.revoke({ token: 't' })
  expect(heads()).toMatchObject({ 'gram-key': 'k-env', 'gram-project': 'p-env' })

  server.answers({ status: 204 })
  await open({ security: { option2 } }).chatSessions.revoke({ token: 't' })
  expect(heads()).toMatchObject({ 'gram-key': 'k-2', 'gram-project': 'p-2' })

  server.answers({ status: 204 })
  await open({ security: { option2 } }).chatSessions.revoke({ token: 't', gramKey: 'k-own', gramProject: undefined })
  expect(heads()).toMatchObject({ 'gram-key': 'k-own', 'gram-project': 'p-env' })
})

it('keeps a path in the address, and takes the address of the call before the client’s and the environment’s', async () => {
  server.answers({ status: 204 })
  vi.stubEnv('PARLOR_BASE_URL', `${server.url}/parlor`)
  await new Gram().chatSessions.revoke({ token: 't' })
  vi.stubEnv('GRAM_API_URL', `${server.url}/env/`)
  await new Gram().chatSessions.revoke({ token: 't' })
  await open({ serverURL: `${server.url}/client` }).chatSessions.revoke({ token: 't' })
  await open().chatSessions.revoke({ token: 't' }, undefined, { serverURL: new URL('/call/deep', server.url) })
  expect(server.requests.map(({ line }) => line.split('?')[0])).toEqual([
    'DELETE /parlor/rpc/chatSessions.revoke',
    'DELETE /env/rpc/chatSessions.revoke',
    'DELETE /client/rpc/chatSessions.revoke',
    'DELETE /call/deep/rpc/chatSessions.revoke',
  ])
  const { error } = await chatSessionsRevoke(new GramCore({ serverIdx: 1 }), { token: 't' })
  expect(error?.name).toBe('InvalidRequestError')
})

it('sends the headers of a call over its own, and those of the older form under them', async () => {
  server.answers({ status: 204 })
  const fetchOptions = { headers: { 'x-older': 'yes', 'x-both': 'older' } }
  const headers = { 'x-both': 'newer', 'user-agent': 'mine/1' }
  await open({ userAgent: 'theirs/1' }).chatSessions.revoke({ token: 't' }, undefined, { fetchOptions, headers })
  expect(heads()).toMatchObject({ 'x-older': 'yes', 'x-both': 'newer', 'user-agent': 'mine/1' })
  await open({ userAgent: 'theirs/1' }).chatSessions.revoke({ token: 't' })
  expect(server.requests[1]?.headers['user-agent']).toBe('theirs/1')
})

it('lets no option change the method or the body', async () => {
  server.answers({ body: created })
  const odd = { method: 'PUT', body: '{}', fetchOptions: { method: 'PATCH', body: '[]' } }
  await open().chatSessions.create(askedBody, undefined, odd as object)
  expect(server.requests[0]).toMatchObject({ line: 'POST /rpc/chatSessions.create', body: { expires_after: 3600 } })
})

it('tells what was sent and what came', async () => {
  server.answers({ body: created })
  const asked = chatSessionsCreate(open(), askedBody)
  const [result, { status, request, response }] = await asked.$inspect()
  expect(result).toEqual(await asked)
  expect([status, request?.method, response?.status]).toEqual(['complete', 'POST', 200])
  expect(request?.url).toBe(`${server.url}/rpc/chatSessions.create`)
})

it('goes through the HTTP client it was given, with its hooks', async () => {
  server.answers({ status: 204 })
  const seen: string[] = []
  const httpClient = new HTTPClient({
    fetcher: (request) => {
      seen.push('fetcher')
      return fetch(request)
    },
  })
  const gone = () => void seen.push('gone')
  httpClient.addHook('response', gone)
  const copy = httpClient.clone().addHook('beforeRequest', (request) => {
    const changed = new Request(request)
    changed.headers.set('x-hooked', 'yes')
    return changed
  })
  httpClient.removeHook('response', gone).addHook('requestError', (error) => void seen.push(String(error)))
  await open({ httpClient: copy }).chatSessions.revoke({ token: 't' })
  expect([seen, heads()['x-hooked']]).toEqual([['fetcher', 'gone'], 'yes'])

  server.answers({ does: 'drop' })
  await chatSessionsRevoke(open({ httpClient }), { token: 't' })
  expect(seen.slice(2)).toEqual(['fetcher', 'TypeError: fetch failed'])
})

it('tells a debug logger of every try, and nothing that is secret', async () => {
  const lines: unknown[] = []
  const note = (...words: unknown[]) => void lines.push(...words)
  const debugLogger = { group: note, groupEnd: () => {}, log: note }
  server.answers({ body: created }, { status: 204 }, { does: 'drop' })
  const gram = open({ debugLogger, security: { option2 } })
  await gram.chatSessions.create(askedBody)
  await gram.chatSessions.revoke({ token: 'secret-token' })
  await chatSessionsRevoke(gram, { token: 'secret-token' })
  expect(lines).toEqual([
    `POST ${server.url}/rpc/chatSessions.create: 200`,
    `DELETE ${server.url}/rpc/chatSessions.revoke: 204`,
    `DELETE ${server.url}/rpc/chatSessions.revoke: TypeError: fetch failed`,
  ])

  const log = vi.spyOn(console, 'log').mockImplementation(() => {})
  vi.stubEnv('GRAM_DEBUG', 'true')
  server.answers({ status: 204 })
  await open().chatSessions.revoke({ token: 't' })
  expect(log).toHaveBeenCalledTimes(1)
  log.mockRestore()
})
