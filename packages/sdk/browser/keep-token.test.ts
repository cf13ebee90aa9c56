import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { keepToken } from './keep-token.ts'

const startMs = Date.UTC(2026, 0, 1)
beforeEach(() => void vi.useFakeTimers({ toFake: ['Date'], now: startMs }))
afterEach(() => void vi.useRealTimers())

const encode = (value: object) => Buffer.from(JSON.stringify(value)).toString('base64url')
/** A token that ends so many seconds after the beginning; its claims need both letters in which base64url differs. */
const tokenFor = (seconds: number, mark = '') =>
  `${encode({ alg: 'HS256' })}.${encode({ exp: startMs / 1000 + seconds, user: `>>>???${mark}` })}.signature`
const pass = (seconds: number) => vi.setSystemTime(Date.now() + seconds * 1000)

describe('a token from the backend', () => {
  it('is fetched when it is first needed, and anew when fewer than 30 seconds are left (C20)', async () => {
    const tokens = [tokenFor(600), tokenFor(1200)]
    let asked = 0
    const take = keepToken(async () => tokens[asked++] ?? '')
    expect(asked).toBe(0)
    expect(await take()).toBe(tokens[0])
    pass(570)
    expect(await take()).toBe(tokens[0])
    expect(asked).toBe(1)
    pass(1)
    expect(await take()).toBe(tokens[1])
    expect(await take()).toBe(tokens[1])
    expect(asked).toBe(2)
  })

  it('is asked for once by calls at the same time', async () => {
    let asked = 0
    const take = keepToken(async () => tokenFor(600, String(asked++)))
    const [first, second] = await Promise.all([take(), take()])
    expect([first === second, asked]).toEqual([true, 1])
  })

  it('is asked for again where the backend gave none', async () => {
    const answers = [Promise.reject(new Error('The backend rests.')), Promise.resolve(tokenFor(600))]
    const take = keepToken(() => answers.shift() ?? '')
    await expect(take()).rejects.toThrow('The backend rests.')
    expect(await take()).toBe(tokenFor(600))
  })

  it.each(['opaque-text', 'a.b.c', `a.${encode({ sub: 'x' })}.c`])(
    'that does not say when it ends never ends: %s',
    async (text) => {
      let asked = 0
      const take = keepToken(() => {
        asked += 1
        return text
      })
      await take()
      pass(1_000_000)
      expect([await take(), asked]).toEqual([text, 1])
    },
  )

  it('is never an API key, and never nothing', async () => {
    await expect(keepToken(() => 'gram_live_0123456789')()).rejects.toThrow(/API key/)
    await expect(keepToken(() => '')()).rejects.toThrow('There is no token.')
  })
})

describe('a token that is given as it is', () => {
  it('is left alone, however little is left of it (C20)', async () => {
    const take = keepToken(tokenFor(10))
    expect(await take()).toBe(tokenFor(10))
    pass(3600)
    expect(await take()).toBe(tokenFor(10))
  })

  it('is never an API key', async () => {
    await expect(keepToken('prl_live_0123456789')()).rejects.toThrow(/API key/)
  })
})
