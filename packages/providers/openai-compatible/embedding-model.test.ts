import { inspect } from 'node:util'
import { describe, expect, it } from 'vitest'
import { type EmbeddingEndpoint, embeddingModel } from './embedding-model.ts'
import {
  type EmbeddingAct,
  openEmbeddingEndpoint,
  sendLengths,
  sendVectors,
} from './testing/open-embedding-endpoint.ts'

interface Asking {
  texts?: string[]
  endpoint?: Partial<EmbeddingEndpoint>
  signal?: AbortSignal
}

/** Embeds by an endpoint that does as told. */
async function embed(act: EmbeddingAct, { texts = ['Hello.'], endpoint, signal }: Asking = {}) {
  await using server = await openEmbeddingEndpoint(act)
  const model = embeddingModel({ baseUrl: server.baseUrl, apiKey: 'geheim', model: 'bge-m3', ...endpoint })
  let vectors: number[][] = []
  let fault: unknown
  try {
    vectors = (await model.embed(texts, signal ?? new AbortController().signal)).map((one) => [...one])
  } catch (error) {
    fault = error
  }
  const closed = await Promise.all(server.asked.map(({ closed }) => closed))
  return { vectors, fault, asked: server.asked, wishes: server.wishes(), closed }
}

const vectorOf = (length: number) => [length, 1, 0].map((one) => Math.fround(one / Math.hypot(length, 1)))
const one = (embedding: unknown, index: unknown = 0) => ({ object: 'embedding', index, embedding })
const refuse =
  (status: number): EmbeddingAct =>
  (response) =>
    response.writeHead(status, { 'content-type': 'text/plain' }).end('geheim: Hello.')

describe('an endpoint for embeddings', () => {
  it('is asked by its model and its key, and told in whatever order its vectors come', async () => {
    const { vectors, asked, wishes, fault } = await embed(sendLengths, { texts: ['four', 'seven77', ' '] })
    expect(fault).toBeUndefined()
    expect(vectors).toEqual([vectorOf(4), vectorOf(7), vectorOf(1)])
    expect(asked[0]).toMatchObject({
      path: '/v1/embeddings',
      headers: { authorization: 'Bearer geheim', 'content-type': 'application/json' },
    })
    expect(wishes).toEqual([{ model: 'bge-m3', input: ['four', 'seven77', '-'], encoding_format: 'float' }])
  })

  it('is asked without a key where there is none, and for nothing where there is no text', async () => {
    const { asked } = await embed(sendLengths, { endpoint: { apiKey: null } })
    expect(asked[0]?.headers).not.toHaveProperty('authorization')
    expect(await embed(sendLengths, { texts: [] })).toMatchObject({ asked: [], vectors: [], fault: undefined })
  })

  it('is another model at another host, and under another name', () => {
    const nameOf = (baseUrl: string, model: string) => embeddingModel({ baseUrl, apiKey: 'geheim', model }).name
    expect(nameOf('https://api.example/v1', 'm')).toBe('m@api.example')
    expect(nameOf('http://127.0.0.1:8080/v1', 'm')).toBe('m@127.0.0.1:8080')
  })

  it('gets many texts in several requests, each of a bounded size, and whole characters', async () => {
    const many = Array.from({ length: 130 }, (_, i) => 'x'.repeat(i + 1))
    const first = await embed(sendLengths, { texts: many })
    expect(first.wishes.map(({ input }) => input.length)).toEqual([64, 64, 2])
    expect(first.vectors).toEqual(many.map(({ length }) => vectorOf(length)))
    const long = Array.from({ length: 40 }, () => `${'y'.repeat(1_999)}😀${'y'.repeat(9_000)}`)
    const second = await embed(sendLengths, { texts: long })
    expect(second.wishes.map(({ input }) => input.length)).toEqual([32, 8])
    expect(second.wishes[1]?.input[0]).toBe(`${'y'.repeat(1_999)}\ufffd`)
    expect(second.vectors).toHaveLength(40)
  })

  it('may leave the places of its vectors out', async () => {
    const act: EmbeddingAct = (response) => sendVectors(response, [{ embedding: [0, 2] }, { embedding: [3, 0] }])
    expect((await embed(act, { texts: ['a', 'b'] })).vectors).toEqual([
      [0, 1],
      [1, 0],
    ])
  })

  it.each([429, 503])('that is busy for a moment (%i) is asked once more', async (status) => {
    let asked = 0
    const act: EmbeddingAct = (response, request) => {
      asked += 1
      if (asked > 1) return sendLengths(response, request)
      return response.writeHead(status, { 'retry-after': '0' }).end()
    }
    expect(await embed(act)).toMatchObject({ vectors: [vectorOf(6)], asked: { length: 2 }, fault: undefined })
  })
})

describe('texts that are too long for the model', () => {
  const takes =
    (most: number, status: number): EmbeddingAct =>
    (response, asked) =>
      asked.wish.input.some(({ length }) => length > most)
        ? refuse(status)(response, asked)
        : sendLengths(response, asked)

  it.each([400, 413, 422, 500])('(it says %i) are read in their beginnings, and the others whole', async (status) => {
    const texts = ['short', 'm'.repeat(900), 'l'.repeat(1_500)]
    const { vectors, wishes, fault } = await embed(takes(1_000, status), { texts })
    expect(fault).toBeUndefined()
    expect(vectors).toEqual([vectorOf(5), vectorOf(900), vectorOf(400)])
    expect(wishes.map(({ input }) => input.map(({ length }) => length))).toEqual([
      [5, 900, 1_500],
      [5, 400, 400],
      [900],
      [1_500],
    ])
  })

  it('cost one more request where the endpoint refuses everything, and none where all are short', async () => {
    const long = await embed(refuse(400), { texts: ['l'.repeat(1_500), 'x'] })
    expect(long).toMatchObject({ asked: { length: 2 }, fault: { kind: 'refused', statusCode: 400 } })
    expect(await embed(refuse(500))).toMatchObject({ asked: { length: 1 }, fault: { statusCode: 500 } })
  })

  it('alone is not asked for whole twice', async () => {
    const { vectors, asked } = await embed(takes(1_000, 400), { texts: ['l'.repeat(1_500)] })
    expect({ vectors, asked: asked.length }).toEqual({ vectors: [vectorOf(400)], asked: 2 })
  })
})

describe('an endpoint that fails', () => {
  const answer = (text: string): EmbeddingAct => {
    return (response) => response.writeHead(200, { 'content-type': 'application/json' }).end(text)
  }
  const sends = (...data: unknown[]): EmbeddingAct => {
    return (response) => sendVectors(response, data)
  }

  it.each<[string, EmbeddingAct, string, number]>([
    ['refuses the key', refuse(401), 'refused', 1],
    ['does not know the model', refuse(404), 'refused', 1],
    ['is broken', refuse(500), 'refused', 1],
    ['stays busy', (response) => response.writeHead(429, { 'retry-after': '0' }).end('geheim'), 'refused', 2],
    ['is busy for long', (response) => response.writeHead(429, { 'retry-after': '60' }).end('geheim'), 'refused', 1],
    ['sends elsewhere', (response) => response.writeHead(307, { location: 'http://127.0.0.1:1/' }).end(), 'refused', 1],
    ['hangs', () => {}, 'late', 1],
    ['hangs amid its answer', (response) => response.writeHead(200).write('{"data":['), 'late', 1],
    ['hangs up', (response) => response.destroy(), 'unreachable', 2],
    ['sends a page', answer('<html>geheim'), 'broken', 1],
    ['sends nothing', answer(''), 'broken', 1],
    ['sends no list', answer('{"data":{"geheim":1}}'), 'broken', 1],
    ['sends null', answer('null'), 'broken', 1],
    ['sends too few', sends(), 'broken', 1],
    ['sends too many', sends(one([1]), one([1], 1)), 'broken', 1],
    ['sends another', sends(one([1], 7)), 'broken', 1],
    ['sends no place', sends(one([1], 'geheim')), 'broken', 1],
    ['sends nobody’s', sends(null), 'broken', 1],
    ['sends an empty one', sends(one([])), 'broken', 1],
    ['sends one without a direction', sends(one([0, 0])), 'broken', 1],
    ['sends what is no number', sends(one([1, null])), 'broken', 1],
    ['sends numbers as words', sends(one(['1', '2'])), 'broken', 1],
    ['sends bytes for numbers', sends(one('AACAPw==')), 'broken', 1],
    ['sends NaN', answer('{"data":[{"index":0,"embedding":[NaN,1]}]}'), 'broken', 1],
    ['sends what is too large', answer('{"data":[{"index":0,"embedding":[1e999,1]}]}'), 'broken', 1],
    ['sends without end', answer(' '.repeat(9 * 1024 * 1024)), 'endless', 1],
  ])('(it %s) is a fault that holds nothing it sent, and no connection', async (_, act, kind, requests) => {
    const { fault, vectors, asked, closed } = await embed(act, { endpoint: { timeoutMs: 1_200 } })
    expect(fault).toMatchObject({ kind, name: `EmbeddingFault(${kind})` })
    expect(inspect(fault, { depth: 9, showHidden: true })).not.toMatch(/geheim|Hello/)
    expect(vectors).toEqual([])
    expect(asked).toHaveLength(requests)
    expect(closed).toHaveLength(requests)
  })

  it('says what it answered', async () => {
    const { fault } = await embed(refuse(401))
    expect(fault).toMatchObject({ message: 'the endpoint for embeddings refused with status 401', statusCode: 401 })
  })

  it.each<[string, unknown[]]>([
    ['twice the same place', [one([1, 0]), one([0, 1])]],
    ['two sizes', [one([1, 0]), one([1], 1)]],
  ])('(it sends %s) is a fault', async (_, data) => {
    expect((await embed(sends(...data), { texts: ['a', 'b'] })).fault).toMatchObject({ kind: 'broken' })
  })

  it('(it sends another size with another request) is a fault', async () => {
    const act: EmbeddingAct = (response, { wish: { input } }) => {
      const data = input.map((_, index) => one(input.length === 64 ? [1] : [1, 1], index))
      sendVectors(response, data)
    }
    const texts = Array.from({ length: 65 }, () => 'a')
    expect(await embed(act, { texts })).toMatchObject({ fault: { kind: 'broken' }, asked: { length: 2 } })
  })

  it('(nobody is there) is out of reach', async () => {
    const endpoint = { baseUrl: 'http://127.0.0.1:1/v1' }
    expect((await embed(sendLengths, { endpoint })).fault).toMatchObject({ kind: 'unreachable' })
  })

  it('(it drips) gets no more time than all of it may take', async () => {
    const drip: EmbeddingAct = (response) => {
      const timer = setInterval(() => response.write(' '), 20)
      response.on('close', () => clearInterval(timer))
    }
    const { fault, closed } = await embed(drip, { endpoint: { timeoutMs: 300 } })
    expect({ fault, closed }).toMatchObject({ fault: { kind: 'late' }, closed: ['hung up on'] })
  })
})

describe('whoever asks', () => {
  it('and leaves lets go of the endpoint, with a reason of their own', async () => {
    const leaving = new AbortController()
    const left = await embed(() => leaving.abort('left'), { signal: leaving.signal })
    expect(left).toMatchObject({ fault: 'left', closed: ['hung up on'] })
    expect(await embed(sendLengths, { signal: AbortSignal.abort('gone') })).toMatchObject({ fault: 'gone', asked: [] })
  })

  it('and leaves amid the answer does, too', async () => {
    const leaving = new AbortController()
    const act: EmbeddingAct = (response) => response.writeHead(200).write('{"data":[', () => leaving.abort('left'))
    expect(await embed(act, { signal: leaving.signal })).toMatchObject({ fault: 'left', closed: ['hung up on'] })
  })
})
