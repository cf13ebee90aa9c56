import { readFileSync } from 'node:fs'
import { afterEach, describe, expect, it, vi } from 'vitest'
import { misbehave, says } from '../functions/misbehaving-server.test-support.ts'
import { version } from '../functions/version.ts'
import { NoAnswerError, Parlor, ParlorRequestError } from '../index.ts'

afterEach(() => vi.unstubAllEnvs())

const page = (number: number, ids: string[], has_next: boolean) => ({
  data: ids.map((id) => ({ id })),
  agentic_avatars: [],
  meta: { page: number, has_next },
  pagination: {},
})

const at = (baseUrl: string) => new Parlor({ baseUrl, apiKey: 'k' })

async function collect<T>(items: AsyncIterable<T>): Promise<T[]> {
  const all: T[] = []
  for await (const item of items) all.push(item)
  return all
}

describe('where Parlor is and with which key', () => {
  it('comes from the environment, blanks left out, where it is not given', () => {
    vi.stubEnv('PARLOR_BASE_URL', ' https://parlor.example/below/ ')
    vi.stubEnv('PARLOR_API_KEY', 'prl_live_1\n')
    expect(new Parlor().options).toMatchObject({ baseUrl: 'https://parlor.example/below', apiKey: 'prl_live_1' })
    expect(new Parlor({ apiKey: 'mine' }).options.apiKey).toBe('mine')
  })

  it('is asked for by name where it is nowhere', () => {
    vi.stubEnv('PARLOR_BASE_URL', '')
    vi.stubEnv('PARLOR_API_KEY', '')
    expect(() => new Parlor({ apiKey: 'k' })).toThrow(/PARLOR_BASE_URL/)
    expect(() => new Parlor({ baseUrl: 'https://parlor.example' })).toThrow(/PARLOR_API_KEY/)
  })
})

describe('a list', () => {
  it('is one page when it is awaited, and asks for nothing before', async () => {
    await using server = await misbehave(says(200, page(2, ['b'], true)))
    const list = at(server.url).agents.list({ page: 2, page_size: 1 })
    expect(server.seen).toEqual([])
    expect((await list).data).toEqual([{ id: 'b' }])
    expect((await list).meta.page).toBe(2)
    expect(server.seen.map(({ path }) => path)).toEqual(['/v1/agentic-avatars?page=2&page_size=1'])
  })

  it('is everything, page by page, when it is iterated over', async () => {
    const answers = [says(200, page(1, ['a', 'b'], true)), says(200, page(2, ['c'], false))]
    await using server = await misbehave(...answers)
    const found = await collect(at(server.url).agents.list({ page_size: 2 }))
    expect(found.map(({ id }) => id)).toEqual(['a', 'b', 'c'])
    expect(server.seen.map(({ path }) => path)).toEqual([
      '/v1/agentic-avatars?page_size=2',
      '/v1/agentic-avatars?page_size=2&page=2',
    ])
  })

  it('whose pages skip goes on after what was there', async () => {
    const part = (skip: number, ids: string[]) =>
      says(200, { skip, take: 2, total: 3, sessions: ids.map((id) => ({ id })) })
    await using server = await misbehave(part(0, ['a', 'b']), part(2, ['c']))
    expect((await collect(at(server.url).avatarSessions.list({ take: 2 }))).map(({ id }) => id)).toEqual([
      'a',
      'b',
      'c',
    ])
    expect(server.seen.at(-1)?.path).toBe('/v3/sessions?take=2&skip=2')
  })

  it('ends at an empty page, whatever that says of a next one', async () => {
    await using server = await misbehave(says(200, page(1, ['a'], true)), says(200, page(2, [], true)))
    expect(await collect(at(server.url).agents.list())).toHaveLength(1)
    expect(server.seen).toHaveLength(2)
  })

  it('that fails on a later page says so there, and one that is none is refused', async () => {
    await using server = await misbehave(says(200, page(1, ['a'], true)), says(403, { code: 'FORBIDDEN' }))
    const seen: string[] = []
    const reading = (async () => {
      for await (const { id } of at(server.url).agents.list()) seen.push(id)
    })()
    await expect(reading).rejects.toMatchObject({ name: 'ParlorRequestError', code: 'FORBIDDEN' })
    expect(seen).toEqual(['a'])
    await using strange = await misbehave(says(200, { ...page(1, [], false), data: { id: 'a' } }))
    await expect(collect(at(strange.url).agents.list())).rejects.toMatchObject({ code: 'INVALID_ANSWER' })
  })
})

describe('a call', () => {
  it('rejects with what went wrong', async () => {
    await using server = await misbehave(says(404, { code: 'NOT_FOUND', message: 'No.' }))
    const error = await at(server.url)
      .widgetSessions.revoke('s')
      .catch((thrown: unknown) => thrown)
    expect(error).toBeInstanceOf(ParlorRequestError)
    await server[Symbol.asyncDispose]()
    const late = at(server.url).health({ retries: 0 })
    await expect(late).rejects.toBeInstanceOf(NoAnswerError)
  })

  it('is made under the version of the package', () => {
    const { version: published } = JSON.parse(readFileSync(new URL('../package.json', import.meta.url), 'utf8'))
    expect(version).toBe(published)
  })
})
