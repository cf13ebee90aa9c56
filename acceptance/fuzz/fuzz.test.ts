import { Ajv2020, type ValidateFunction } from 'ajv/dist/2020.js'
import fc from 'fast-check'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type Parlor, startParlor } from '../harness/start-parlor.ts'
import { anyJson, fitting, hostileText, misfitting, type Schema } from './from-schema.ts'

/**
 * Every operation of /openapi.json, by its own schema: valid requests, requests with one thing wrong, and plain noise. None
 * brings a 500, a status the description does not name, an answer out of shape, or a change by a refused call.
 */
interface Operation {
  operationId: string
  parameters?: { name: string; in: string; schema: Schema }[]
  requestBody?: { content: Record<string, { schema: Schema }> }
  responses: Record<string, { content?: Record<string, { schema: object }> }>
}

interface Shot {
  method: string
  path: string
  key: string | undefined
  contentType: string | undefined
  body: string | undefined
}

/** Fixed, so that a red run can be repeated; PARLOR_FUZZ_SEED and PARLOR_FUZZ_RUNS make it another or a longer one. */
const seed = Number(process.env.PARLOR_FUZZ_SEED ?? 20261120)
const shotsEach = Number(process.env.PARLOR_FUZZ_RUNS ?? 60)

const clientKey = `pk_test_${'c'.repeat(64)}`

let parlor: Parlor
let operations: { method: string; path: string; operation: Operation }[]
let known: string[]
let session: string
/** What `Gram-Session` carries where a shot has the good key. */
let operator: string

beforeAll(async () => {
  parlor = await startParlor({ env: { PARLOR_LOG_LEVEL: 'error', PARLOR_BOOTSTRAP_CLIENT_KEY: clientKey } })
  const agent = await parlor.createAgent({ documents: [{ name: 'hours.md', text: '# Hours\n\nOpen at nine.' }] })
  session = (await parlor.createSession(agent)).session_id
  const login = await parlor.request<{ operator_session: string }>('POST', '/admin/v1/login')
  operator = login.body.operator_session
  const description = (
    await parlor.request<{ paths: Record<string, Record<string, Operation>> }>('GET', '/openapi.json')
  ).body
  operations = Object.entries(description.paths).flatMap(([path, methods]) =>
    Object.entries(methods).map(([method, operation]) => ({ method: method.toUpperCase(), path, operation })),
  )
  known = await existingIds()
})
afterAll(() => parlor[Symbol.asyncDispose]())

/** Ids that lead somewhere. Our own key and account are left out: a fuzzer that revokes its own key finds nothing more. */
async function existingIds(): Promise<string[]> {
  const lists = ['agentic-avatars', 'avatars', 'voices', 'brains', 'knowledge-bases']
  const pages = await Promise.all(lists.map((name) => parlor.request<{ data: { id: string }[] }>('GET', `/v1/${name}`)))
  return [session, ...pages.flatMap(({ body }) => body.data.map(({ id }) => id))]
}

/** What a refused call must leave as it was. Counts of calls are no part of it. */
async function stock(): Promise<string> {
  const lists = ['agentic-avatars', 'avatars', 'voices', 'brains', 'knowledge-bases']
  const paths = [
    ...lists.map((name) => `/v1/${name}?page_size=100`),
    `/v1/widget/sessions/${session}`,
    '/admin/v1/accounts',
    '/admin/v1/projects',
  ]
  return JSON.stringify(await Promise.all(paths.map(async (path) => (await parlor.request('GET', path)).body)))
}

function shots(method: string, path: string, operation: Operation): fc.Arbitrary<Shot> {
  const schema = operation.requestBody?.content['application/json']?.schema
  const body = schema === undefined ? fc.constant(undefined) : bodies(schema)
  const names = [...path.matchAll(/\{(\w+)\}/g)].map(([, name]) => name as string)
  const ids = fc.tuple(...names.map(() => fc.oneof({ weight: 2, arbitrary: fc.constantFrom(...known) }, hostileText)))
  return fc.record({
    method: fc.constant(method),
    path: fc.tuple(ids, queries(operation)).map(([values, query]) => fill(path, values) + query),
    key: fc.oneof(
      { weight: 9, arbitrary: fc.constant(parlor.key) },
      fc.constantFrom(undefined, '', 'nonsense', 'x'.repeat(2000)),
    ),
    contentType: fc.oneof(
      { weight: 12, arbitrary: fc.constant('application/json') },
      fc.constantFrom('text/plain', undefined),
    ),
    body,
  })
}

function bodies(schema: Schema): fc.Arbitrary<string> {
  const text = (value: unknown) => JSON.stringify(value) ?? 'null'
  return fc.oneof(
    { weight: 4, arbitrary: fitting(schema).map(text) },
    { weight: 4, arbitrary: misfitting(schema).map(text) },
    { weight: 1, arbitrary: anyJson.map(text) },
    { weight: 1, arbitrary: fc.constantFrom('', '{', '[]', '{"a":', '\u0000', '{"__proto__":1}') },
  )
}

function queries({ parameters = [] }: Operation): fc.Arbitrary<string> {
  const names = parameters.filter((one) => one.in === 'query').map(({ name }) => name)
  if (names.length === 0) return fc.constant('')
  const value = fc.oneof(fc.constantFrom('1', '2', '100', 'all', 'my', '0', '-1', '1.5', 'true'), hostileText)
  return fc.dictionary(fc.constantFrom(...names), value, { maxKeys: 3 }).map((query) => {
    const pairs = Object.entries(query).map(([name, text]) => `${name}=${encodeURIComponent(text.toWellFormed())}`)
    return pairs.length === 0 ? '' : `?${pairs.join('&')}`
  })
}

function fill(path: string, values: string[]): string {
  let next = 0
  return path.replace(/\{\w+\}/g, () => encodeURIComponent((values[next++] ?? '').toWellFormed()) || 'x')
}

describe('every operation, under schema-driven fuzzing', () => {
  it('refuses what it must in its documented way, and changes nothing by it', async () => {
    expect(operations.length).toBeGreaterThan(30)
    const counts = new Map<number, number>()
    for (const { method, path, operation } of operations) {
      for (const shot of fc.sample(shots(method, path, operation), { seed, numRuns: shotsEach })) {
        counts.set(...(await fire(shot, operation, counts)))
      }
      if (method === 'GET') await expectUnchanged(`GET ${path}, refused or not`)
    }
    console.log(
      `fuzzed ${operations.length} operations: ${[...counts]
        .sort()
        .map(([status, count]) => `${count} × ${status}`)
        .join(', ')}`,
    )
    expect(counts.get(200)).toBeGreaterThan(100)
    expect(counts.get(422)).toBeGreaterThan(100)
    expect(parlor.output()).not.toMatch(/"level":(50|60)/)
  }, 600_000)
})

let before = ''

async function expectUnchanged(after: string): Promise<void> {
  expect((await stock()) === before, `something changed after ${after}`).toBe(true)
}

async function fire(shot: Shot, operation: Operation, counts: Map<number, number>): Promise<[number, number]> {
  if (before === '') before = await stock()
  const headers = { ...credentialsOf(shot), 'content-type': shot.contentType }
  const answer = await parlor.request(
    shot.method,
    shot.path,
    shot.body === undefined ? undefined : Buffer.from(shot.body),
    headers,
  )
  const said = `${JSON.stringify(shot).slice(0, 1500)} answered ${answer.status}: ${JSON.stringify(answer.body).slice(0, 500)}`
  // There is no media server here, and that is what a whole wish for a room is told.
  if (answer.status === 503 && wantsRoom(shot)) expect(answer.text).toContain('LIVEKIT_URL')
  else expect(answer.status, said).toBeLessThan(500)
  // A path that is not the operation's any more (an empty or dotted id) is judged as an address, not as the operation.
  if (![404, 405].includes(answer.status))
    expect(Object.keys(operation.responses), said).toContain(String(answer.status))
  if (answer.status >= 400) {
    expect(answer.body, said).toMatchObject(refusalOn(shot))
    if (shot.method !== 'GET') await expectUnchanged(said)
  } else {
    if (shot.method !== 'GET') before = ''
    if (answer.headers['content-type'] !== 'text/event-stream') {
      expectDescribed(operation, answer.status, answer.body, said)
    }
  }
  return [answer.status, (counts.get(answer.status) ?? 0) + 1]
}

const isOnChatWire = ({ path }: Shot) => /^\/(rpc|chat)\//.test(path)
const isOnAvatarWire = ({ path }: Shot) => path.startsWith('/v3/')
const wantsRoom = ({ method, path }: Shot) => method === 'POST' && /^\/v3\/session(s|-passes)$/.test(path)
const widgetRefusal = { error: { code: expect.any(String), request_id: expect.any(String) } }
const flag = expect.any(Boolean)
const avatarRefusal = {
  statusCode: expect.any(Number),
  message: expect.any(String),
  error: expect.any(String),
  code: expect.any(String),
}
const chatRefusal = { name: expect.any(String), id: expect.any(String), temporary: flag, timeout: flag, fault: flag }

function refusalOn(shot: Shot): object {
  if (isOnAvatarWire(shot)) return avatarRefusal
  return isOnChatWire(shot) ? chatRefusal : widgetRefusal
}

/**
 * On the chat wire the good key brings an operator session along, so that what only operators do is reached; a pass is for a client
 * key in its place.
 */
function credentialsOf(shot: Shot): Record<string, string | undefined> {
  if (shot.path.startsWith('/v3/session-passes')) {
    const bearer = shot.key === parlor.key ? clientKey : shot.key
    return { 'x-api-key': undefined, authorization: bearer === undefined ? undefined : `Bearer ${bearer}` }
  }
  if (!isOnChatWire(shot)) return { 'x-api-key': shot.key }
  const session = shot.key === parlor.key ? operator : undefined
  return { 'x-api-key': undefined, 'gram-key': shot.key, 'gram-session': session, 'gram-project': 'default' }
}

const ajv = new Ajv2020({ strict: false })
const compiled = new Map<object, ValidateFunction>()

/** An answer holds what the description promises of it. */
function expectDescribed(operation: Operation, status: number, body: unknown, said: string): void {
  const schema = operation.responses[status]?.content?.['application/json']?.schema
  if (schema === undefined) return
  const validate = compiled.get(schema) ?? ajv.compile(schema)
  compiled.set(schema, validate)
  expect(validate(body) ? [] : validate.errors, said).toEqual([])
}
