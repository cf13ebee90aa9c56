import { fixedClock } from '@parlor/core/time'
import { expect, test } from 'vitest'
import { sampleAccount } from '../contract/samples.ts'
import { openPostgresStores } from './index.ts'
import { borrowDatabase, returnDatabase } from './testing/test-database.ts'

test('a clock set back while a node was down shows the time that was written down', async () => {
  const url = await borrowDatabase()
  const clock = fixedClock()
  const first = await openPostgresStores({ url, clock, connections: 1 })
  clock.advance(5_000)
  await first.probe()
  expect(first.highWater()).toBe(clock.now())
  await first.close()
  const later = clock.now()
  clock.advance(-60_000)
  const second = await openPostgresStores({ url, clock, connections: 1 })
  expect(second.clock.now()).toBe(later)
  clock.advance(61_000)
  expect(second.clock.now()).toBe(later + 1_000)
  await second.close()
  await returnDatabase(url)
})

test('the time is written down with what is written, every second or so', async () => {
  const url = await borrowDatabase()
  const clock = fixedClock()
  const stores = await openPostgresStores({ url, clock, connections: 1 })
  clock.advance(2_000)
  await stores.accounts.insertAccount(sampleAccount())
  await expect.poll(() => stores.highWater()).toBe(clock.now())
  await stores.close()
  await returnDatabase(url)
})

test('a node whose clock is an hour ahead of the store’s holds up no other', async () => {
  const url = await borrowDatabase()
  const ahead = await openPostgresStores({ url, clock: { now: () => Date.now() + 3_600_000 }, connections: 1 })
  await ahead.probe()
  await ahead.close()
  const other = await openPostgresStores({ url, clock: { now: Date.now }, connections: 1 })
  expect(other.clock.now()).toBeLessThan(Date.now() + 5_000)
  await other.close()
  await returnDatabase(url)
})
