import { describe, expect, it } from 'vitest'
import type { Account, Key, KeyOwner } from './index.ts'
import { allows, authenticateKey, digestKey, maskKey, newPlainKey, requireScope } from './index.ts'

const now = 1000
const account: Account = {
  id: 'a',
  name: 'a',
  concurrency: null,
  maxDurationSeconds: null,
  suspendedAt: null,
  createdAt: 0,
}

function storeWith(plain: string, changes: Partial<Key>, owner: Partial<Account> = {}) {
  const key = {
    kind: 'secret',
    digest: digestKey(plain),
    scopes: ['read'],
    expiresAt: null,
    disabledAt: null,
    ...changes,
  } as Key
  const found: KeyOwner = { key, account: { ...account, ...owner } }
  return { findKeyByDigest: async (digest: string) => (digest === key.digest ? found : null) }
}

describe('a key', () => {
  it('opens its account', async () => {
    const plain = newPlainKey('secret')
    await expect(authenticateKey(storeWith(plain, {}), plain, 'secret', now)).resolves.toMatchObject({
      account: { id: 'a' },
    })
  })

  it.each([
    ['missing', undefined, {}, 'missing_key'],
    ['empty', '', {}, 'missing_key'],
    ['unknown', 'nonsense', {}, 'invalid_key'],
    ['endless', 'x'.repeat(100_000), {}, 'invalid_key'],
    ['expired', 'the-key', { expiresAt: now }, 'invalid_key'],
    ['disabled', 'the-key', { disabledAt: 1 }, 'invalid_key'],
    ['publishable', 'the-key', { kind: 'client' as const }, 'invalid_key'],
  ])('that is %s opens nothing', async (_, presented, changes, code) => {
    await expect(authenticateKey(storeWith('the-key', changes), presented, 'secret', now)).rejects.toMatchObject({
      code,
    })
  })

  it('of a suspended account opens nothing', async () => {
    const store = storeWith('the-key', {}, { suspendedAt: 1 })
    await expect(authenticateKey(store, 'the-key', 'secret', now)).rejects.toMatchObject({ code: 'account_suspended' })
  })

  it('may do what its scopes say and what they imply, and no more', () => {
    expect(allows(['write'], 'read')).toBe(true)
    expect(allows(['read'], 'write')).toBe(false)
    expect(allows(['producer'], 'chat')).toBe(true)
    expect(allows(['chat'], 'producer')).toBe(false)
    expect(allows(['client'], 'read')).toBe(false)
    expect(() => requireScope({ scopes: ['read'] } as Key, 'write')).toThrow(/"write"/)
  })

  it('is shown masked: start and end only (B36)', () => {
    const plain = newPlainKey('secret')
    const { masked, prefix } = maskKey(plain)
    expect(plain.startsWith(prefix)).toBe(true)
    expect(masked.length).toBeLessThan(24)
    expect(masked).not.toContain(plain.slice(13, -4))
    expect(maskKey('short-key-of-someone').masked.length).toBeLessThan('short-key-of-someone'.length)
  })
})
