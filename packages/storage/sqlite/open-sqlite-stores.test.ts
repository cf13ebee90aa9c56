import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fixedClock } from '@parlor/core/time'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { openSqliteStores } from './index.ts'

let folder: string
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'parlor-store-'))
})
afterEach(() => rmSync(folder, { recursive: true }))

const account = {
  id: 'acc',
  name: "O'Brien",
  concurrency: 5,
  maxDurationSeconds: null,
  suspendedAt: null,
  createdAt: 1,
}

test('closing commits what was still queued, and the file holds it', async () => {
  const file = join(folder, 'parlor.db')
  const first = openSqliteStores({ file, clock: fixedClock() })
  const inserted = first.accounts.insertAccount(account)
  await first.close()
  await inserted
  const second = openSqliteStores({ file, clock: fixedClock() })
  expect(await second.accounts.findAccount('acc')).toEqual(account)
  await second.close()
})

test('a probe reads and durably writes, and the figures count it', async () => {
  const stores = openSqliteStores({ file: join(folder, 'parlor.db'), clock: fixedClock() })
  await stores.probe()
  expect(stores.stats()).toEqual({ pending: 0, written: 1, commits: 1, failedCommits: 0 })
  expect(stores.highWater()).toBe(fixedClock().now())
  await stores.close()
})

test('a closed store refuses reads and writes as unavailable', async () => {
  const stores = openSqliteStores({ file: join(folder, 'parlor.db'), clock: fixedClock() })
  await stores.close()
  await expect(stores.accounts.insertAccount(account)).rejects.toMatchObject({ code: 'unavailable' })
  await expect(stores.accounts.findAccount('acc')).rejects.toMatchObject({ code: 'unavailable' })
  await expect(stores.probe()).rejects.toMatchObject({ code: 'unavailable' })
})
