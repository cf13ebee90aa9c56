import { once } from 'node:events'
import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { afterAll, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest'
import { Configuration, DefaultConfig, FetchError, type Middleware, RequiredError, ResponseError } from './index.ts'
import { apiOf, operation } from './operations.ts'

interface Seen {
  method: string | undefined
  url: string | undefined
  headers: Record<string, unknown>
  body: string
}

interface Thing {
  name: string
}

const operations = {
  makeThing: operation<{ thing: Thing }, { made: string }>({
    method: 'POST',
    path: '/things',
    body: 'thing',
    read: (json) => ({ made: (json as Thing).name }),
  }),
  readThing: operation<{ id: string }, unknown>({ method: 'GET', path: '/things/{id}' }),
  listThings: operation<{ page?: number; tags?: string[] }, Thing[]>({
    method: 'GET',
    path: '/things',
    query: { page: 'page', tags: 'tag' },
  }),
  health: operation<undefined, unknown>({ method: 'GET', path: '/health' }),
}

class ThingsApi extends apiOf(operations, async ({ apiKey }) => ({ 'X-API-Key': await apiKey?.('X-API-Key') })) {}

let server: Server
let basePath: string
let seen: Seen[] = []
let answer = { status: 200, type: 'application/json', body: '{"name":"lamp"}' }

beforeAll(async () => {
  server = createServer(async (request, response) => {
    const chunks: Buffer[] = []
    for await (const chunk of request) chunks.push(chunk as Buffer)
    const { method, url, headers } = request
    seen.push({ method, url, headers, body: Buffer.concat(chunks).toString() })
    response.writeHead(answer.status, { 'content-type': answer.type })
    response.end(answer.body)
  }).listen(0, '127.0.0.1')
  await once(server, 'listening')
  basePath = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
})
afterAll(() => server.close())
beforeEach(() => {
  seen = []
  answer = { status: 200, type: 'application/json', body: '{"name":"lamp"}' }
})

const api = (middleware: Middleware[] = []) =>
  new ThingsApi(new Configuration({ basePath, apiKey: 'key-1', middleware }))

describe('an operation', () => {
  it('sends its body as JSON with the key, and resolves to what its reader makes of the answer', async () => {
    expect(await api().makeThing({ thing: { name: 'lamp' } })).toEqual({ made: 'lamp' })
    expect(seen[0]).toMatchObject({ method: 'POST', url: '/things', body: '{"name":"lamp"}' })
    expect(seen[0]?.headers).toMatchObject({ 'x-api-key': 'key-1', 'content-type': 'application/json' })
  })

  it('has a Raw twin whose body is still unread', async () => {
    const answered = await api().makeThingRaw({ thing: { name: 'lamp' } })
    expect([answered.raw.status, answered.raw.bodyUsed]).toEqual([200, false])
    expect(await answered.value()).toEqual({ made: 'lamp' })
  })

  it('percent-encodes what stands in the path, and sends no body and no content type without one', async () => {
    await api().readThing({ id: 'a/b c' })
    expect(seen[0]).toMatchObject({ url: '/things/a%2Fb%20c', body: '' })
    expect(seen[0]?.headers).not.toHaveProperty('content-type')
  })

  it('leaves out of the query what is not given, and repeats the name of an array', async () => {
    await api().listThings()
    await api().listThings({ page: 2, tags: ['new', 'a&b'] })
    expect(seen.map(({ url }) => url)).toEqual(['/things', '/things?page=2&tag=new&tag=a%26b'])
  })

  it('sends nothing when a required argument is missing', async () => {
    const missing = api().readThing({ id: undefined } as never)
    await expect(missing).rejects.toBeInstanceOf(RequiredError)
    await expect(api().makeThing(null as never)).rejects.toMatchObject({ name: 'RequiredError', field: 'thing' })
    expect(seen).toEqual([])
  })

  it('resolves to text when what came is not JSON and it has no reader', async () => {
    answer = { status: 200, type: 'text/plain', body: 'fine' }
    expect(await api().health()).toBe('fine')
    answer = { status: 200, type: 'application/problem+json; charset=utf-8', body: 'null' }
    expect(await api().health()).toBe(null)
  })

  it('takes overrides as an object or from a function that sees the request', async () => {
    await api().health({ headers: { accept: 'a/b' } })
    await api().readThing({ id: '7' }, async ({ init, context }) => ({
      headers: { ...init.headers, 'x-path': context.path },
    }))
    expect(seen[0]?.headers).toMatchObject({ accept: 'a/b' })
    expect(seen[1]?.headers).toMatchObject({ 'x-path': '/things/7', 'x-api-key': 'key-1' })
  })
})

describe('middleware', () => {
  const noting = (name: string, notes: string[]): Middleware => ({
    pre: async ({ url, init }) => {
      notes.push(`${name} pre`)
      return { url: `${url}?${name}`.replace(/\?(\w+)\?/, '?$1&'), init }
    },
    post: async () => {
      notes.push(`${name} post`)
    },
  })

  it('is called in its order, each step with what the one before made', async () => {
    const notes: string[] = []
    await api([noting('first', notes)])
      .withMiddleware(noting('second', notes))
      .readThing({ id: '1' })
    expect(notes).toEqual(['first pre', 'second pre', 'first post', 'second post'])
    expect(seen[0]?.url).toBe('/things/1?first&second')
  })

  it('is added to a copy: the one it was added to stays as it is', async () => {
    const notes: string[] = []
    const plain = api()
    const copy = plain.withPreMiddleware(noting('copy', notes).pre).withPostMiddleware(noting('copy', notes).post)
    await plain.readThing({ id: '1' })
    expect(notes).toEqual([])
    await copy.readThing({ id: '1' })
    expect(notes).toEqual(['copy pre', 'copy post'])
    expect(copy).toBeInstanceOf(ThingsApi)
  })

  it('reads copies, and may answer in place of the server', async () => {
    const reading: Middleware = { post: async ({ response }) => void (await response.text()) }
    expect(await api([reading]).makeThing({ thing: { name: 'lamp' } })).toEqual({ made: 'lamp' })
    const replacing: Middleware = { post: async () => Response.json({ name: 'chair' }) }
    expect(await api([reading, replacing]).makeThing({ thing: { name: 'lamp' } })).toEqual({ made: 'chair' })
  })

  it('may answer when nothing came', async () => {
    const nowhere = new Configuration({ basePath: 'http://127.0.0.1:1' })
    const rescued = new ThingsApi(nowhere).withMiddleware({ onError: async () => Response.json({ name: 'spare' }) })
    expect(await rescued.makeThing({ thing: { name: 'lamp' } })).toEqual({ made: 'spare' })
  })
})

describe('a failure', () => {
  it('is a ResponseError with the fault read and the body unread', async () => {
    answer = { status: 404, type: 'application/json', body: '{"message":"No such thing.","code":"NOT_FOUND"}' }
    const error = await api()
      .readThing({ id: '1' })
      .catch((thrown: unknown) => thrown as ResponseError)
    expect(error).toBeInstanceOf(ResponseError)
    expect(error).toMatchObject({ name: 'ResponseError', status: 404, code: 'NOT_FOUND', message: 'No such thing.' })
    expect(await (error as ResponseError).response.json()).toHaveProperty('code', 'NOT_FOUND')
    expect(seen).toHaveLength(1)
  })

  it('is a ResponseError with a code of its status when the body is none of ours', async () => {
    answer = { status: 502, type: 'text/html', body: '<h1>' }
    await expect(api().health()).rejects.toMatchObject({ code: 'HTTP_502', message: 'Bad Gateway' })
    // Asked once: these clients never try again by themselves.
    expect(seen).toHaveLength(1)
  })

  it('is a FetchError with its cause when no answer came, and when the caller called it off', async () => {
    const nowhere = new ThingsApi(new Configuration({ basePath: 'http://127.0.0.1:1' }))
    const error = await nowhere.health().catch((thrown: unknown) => thrown as FetchError)
    expect(error).toBeInstanceOf(FetchError)
    expect(error).toMatchObject({ name: 'FetchError', cause: expect.any(TypeError) })
    const off = api().health({ signal: AbortSignal.abort() })
    await expect(off).rejects.toMatchObject({ name: 'FetchError', cause: { name: 'AbortError' } })
  })
})

describe('a configuration', () => {
  it('asks a function for the key by the name of its header, and waits for a promise', async () => {
    const asked: string[] = []
    const apiKey = (name: string) => {
      asked.push(name)
      return Promise.resolve('from afar')
    }
    await new ThingsApi(new Configuration({ basePath, apiKey })).health()
    await new ThingsApi(new Configuration({ basePath, apiKey: Promise.resolve('promised') })).health()
    expect(asked).toEqual(['X-API-Key'])
    expect(seen.map(({ headers }) => headers['x-api-key'])).toEqual(['from afar', 'promised'])
  })

  it('without a base path goes where DefaultConfig says, then PARLOR_BASE_URL, else to a Parlor on this machine', async () => {
    vi.stubEnv('PARLOR_BASE_URL', 'https://parlor.example/')
    expect(new Configuration().basePath).toBe('https://parlor.example')
    vi.stubEnv('PARLOR_BASE_URL', undefined)
    const silent = new Configuration({ apiKey: 'key-2' })
    expect(silent.basePath).toBe('http://localhost:3001')
    try {
      DefaultConfig.config = new Configuration({ basePath: `${basePath}/`, headers: { 'x-from': 'default' } })
      await new ThingsApi(silent).health()
      await new ThingsApi().health()
      expect(seen.map(({ headers }) => headers['x-from'])).toEqual([undefined, 'default'])
    } finally {
      DefaultConfig.config = new Configuration()
      vi.unstubAllEnvs()
    }
    expect(silent.basePath).toBe('http://localhost:3001')
  })
})
