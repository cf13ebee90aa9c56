import { expect, test } from 'vitest'
import { fixedClock } from '../time/index.ts'
import { type AccountPorts, createKey, type Key, type KeyMaker, type Project } from './index.ts'

const project: Project = {
  id: 'project',
  accountId: 'account',
  slug: 'default',
  name: 'Default',
  strictOrigins: false,
  allowedOrigins: [],
  originRequests: [],
  deletedAt: null,
  createdAt: 0,
}
const maker: KeyMaker = { key: { scopes: ['read', 'write'], maxDurationSeconds: null }, isOperator: false }

async function make(concurrency?: number | null): Promise<Key[]> {
  const kept: Key[] = []
  const accounts = { insertKey: async (key: Key) => void kept.push(key) } as Partial<AccountPorts['accounts']>
  const ports = { accounts, clock: fixedClock() } as AccountPorts
  await createKey(ports, project, maker, {
    kind: 'secret',
    name: 'backend',
    ...(concurrency !== undefined && { concurrency }),
  })
  return kept
}

test('a key has the ceiling of open sessions it was made with, and none of its own where nobody said', async () => {
  expect(await make()).toMatchObject([{ concurrency: null }])
  expect(await make(null)).toMatchObject([{ concurrency: null }])
  expect(await make(0)).toMatchObject([{ concurrency: 0 }])
  expect(await make(3)).toMatchObject([{ concurrency: 3 }])
})

test.each([-1, 1.5, Number.NaN, 1_000_001])('a ceiling of %d sessions is refused', async (concurrency) => {
  await expect(make(concurrency)).rejects.toMatchObject({ code: 'validation_failed' })
})
