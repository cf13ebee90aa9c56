import { describe, expect, test } from 'vitest'
import { baseOf } from '../loader/find-base.ts'
import { readTokenClaims } from '../token-claims.ts'
import { createKeeper } from './keep.ts'
import { judge } from './refusal.ts'

const tokenOf = (claims: unknown) => `h.${Buffer.from(JSON.stringify(claims)).toString('base64url')}.s`

describe('token', () => {
  test('its subject and end are read', () => {
    expect(readTokenClaims(tokenOf({ sub: 'session-1', exp: 12, name: 'Zoë ÿÿ>>>???' }))).toMatchObject({
      sub: 'session-1',
      exp: 12,
    })
  })
  test('what is no token says nothing and does not throw', () => {
    for (const odd of ['', 'x', 'a.b.c', '..', 'a.%%%.c', `a.${btoa('null')}.c`, `a.${btoa('{')}.c`]) {
      expect(readTokenClaims(odd).sub).toBeUndefined()
    }
  })
})

describe('the answer of /embed/check', () => {
  test('lets through only an express yes', () => {
    expect(judge({ allowed: true })).toBeNull()
    for (const odd of [null, {}, { allowed: 'true' }, { allowed: 1 }, { allowed: false }] as Parameters<
      typeof judge
    >[0][]) {
      expect(judge(odd)).toEqual({ rule: 'unavailable' })
    }
  })
  test('hands on rule, origin and request id', () => {
    const refusal = { allowed: false, rule: 'r', message: 'm', origin: 'https://x.example', request_id: 'q' }
    expect(judge(refusal)).toMatchObject({ rule: 'r', message: 'm', origin: 'https://x.example', request_id: 'q' })
  })
})

test('the base is the folder of the script', () => {
  expect(baseOf('https://parlor.example/embed.js')).toBe('https://parlor.example/')
  expect(baseOf('https://parlor.example/embed/0.1.0/embed.js')).toBe('https://parlor.example/')
  expect(baseOf('https://parlor.example/chat/embed/0.1.0/embed.js')).toBe('https://parlor.example/chat/')
  expect(baseOf('http://localhost:3001/chat/embed.js?v=1/2#a/b')).toBe('http://localhost:3001/chat/')
  for (const odd of [undefined, '', 'embed.js', 'data:text/javascript,1/2', 'blob:https://x.example/1'])
    expect(baseOf(odd)).toBeNull()
})

describe('what a page keeps', () => {
  const kept = { visitor: { id: 'v', resume_key: 'k' }, last_seq: 3 }
  function memory(): Storage {
    const map = new Map<string, string>()
    const storage = {
      getItem: (key: string) => map.get(key) ?? null,
      setItem: (key: string, value: string) => map.set(key, value),
      removeItem: (key: string) => map.delete(key),
    }
    return storage as unknown as Storage
  }

  test('is there for the next page view of the same session, and of no other', () => {
    const storage = memory()
    const keeper = createKeeper('s1', () => storage)
    expect(keeper.canKeep).toBe(true)
    expect(keeper.read()).toBeUndefined()
    keeper.write(kept)
    expect(createKeeper('s1', () => storage).read()).toEqual(kept)
    expect(createKeeper('s2', () => storage).read()).toBeUndefined()
    keeper.write(null)
    expect(keeper.read()).toBeUndefined()
  })

  test('is nothing where storage is off, full or broken, without a throw', () => {
    const off = createKeeper('s', () => {
      throw new Error('SecurityError')
    })
    const full = createKeeper('s', () => ({
      ...memory(),
      setItem: () => {
        throw new Error('QuotaExceededError')
      },
    }))
    for (const keeper of [off, full]) {
      expect(keeper.canKeep).toBe(false)
      keeper.write(kept)
      expect(keeper.read()).toBeUndefined()
    }
    const broken = memory()
    broken.setItem('parlor:s', '{')
    expect(createKeeper('s', () => broken).read()).toBeUndefined()
  })
})

test('the loader does nothing on a server', async () => {
  await import('../loader/embed.ts')
  expect(globalThis).not.toHaveProperty('parlor')
})
