import { describe, expect, it } from 'vitest'
import type { Project } from './account.ts'
import type { KeyOwner } from './account-store.ts'
import { admitClientKey } from './admit-client-key.ts'
import type { Key } from './key.ts'

const now = 1_000
const account = { id: 'a', name: 'A', concurrency: null, maxDurationSeconds: null, suspendedAt: null, createdAt: 0 }
const key: Key = {
  id: 'k',
  accountId: 'a',
  projectId: 'p',
  isAccountWide: false,
  kind: 'client',
  name: 'Shop',
  digest: '',
  prefix: '',
  masked: '',
  scopes: ['client'],
  rateLimit: null,
  rateWindowSeconds: null,
  maxDurationSeconds: null,
  concurrency: null,
  allowedOrigins: [],
  expiresAt: null,
  disabledAt: null,
  createdAt: 0,
}
const project: Project = {
  id: 'p',
  accountId: 'a',
  slug: 'default',
  name: 'Default',
  strictOrigins: false,
  allowedOrigins: [],
  originRequests: [],
  deletedAt: null,
  createdAt: 0,
}
const shop = 'https://shop.example'

function admit(changes: { key?: Partial<Key>; project?: Partial<Project>; suspendedAt?: number }, origin?: string) {
  const owner: KeyOwner = {
    key: { ...key, ...changes.key },
    account: { ...account, suspendedAt: changes.suspendedAt ?? null },
  }
  const ports = {
    keys: { findKeyByDigest: async () => owner },
    accounts: { findProject: async () => ({ ...project, ...changes.project }) },
    httpAllowed: false,
  }
  return admitClientKey(ports, 'a key', { origin, host: 'parlor.example' }, now)
}

describe('a client key', () => {
  it('that names no origin is for any page, and for what is no page', async () => {
    for (const origin of [shop, 'null', undefined]) expect((await admit({}, origin)).key.id).toBe('k')
  })

  it('that names some is for pages of these alone', async () => {
    const bound = { key: { allowedOrigins: [shop] } }
    expect((await admit(bound, shop)).account.id).toBe('a')
    for (const origin of ['https://evil.example', 'http://shop.example', 'https://shop.example:1', undefined]) {
      const facts = { rule: 'key_sites', origin: origin ?? '' }
      await expect(admit(bound, origin)).rejects.toMatchObject({ code: 'origin_refused', facts })
    }
    await expect(admit(bound, 'null')).rejects.toMatchObject({ facts: { rule: 'opaque_origin' } })
    await expect(admit(bound, 'https://evil.example')).rejects.toThrow(/--origins https:\/\/evil\.example/)
  })

  it('of a strict project is for its pages, too; for none where it has none', async () => {
    const strict = { project: { strictOrigins: true, allowedOrigins: [shop] } }
    expect((await admit(strict, shop)).key.id).toBe('k')
    const refusal = { code: 'origin_refused', facts: { rule: 'project_sites' } }
    await expect(admit(strict, 'https://other.example')).rejects.toMatchObject(refusal)
    await expect(admit({ project: { strictOrigins: true } }, shop)).rejects.toMatchObject(refusal)
  })

  it.each([
    ['of a deleted project', { project: { deletedAt: 1 } }, 'invalid_key'],
    ['that is a secret one', { key: { kind: 'secret' as const } }, 'invalid_key'],
    ['that was disabled', { key: { disabledAt: 1 } }, 'invalid_key'],
    ['that has expired', { key: { expiresAt: now } }, 'invalid_key'],
    ['without its scope', { key: { scopes: [] } }, 'insufficient_scope'],
    ['of a suspended account', { suspendedAt: 1 }, 'account_suspended'],
  ])('%s is refused, from wherever it comes', async (_, changes, code) => {
    await expect(admit(changes, shop)).rejects.toMatchObject({ code })
  })
})
