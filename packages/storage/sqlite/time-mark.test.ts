import { DatabaseSync } from 'node:sqlite'
import { end } from '@parlor/core/session'
import { fixedClock } from '@parlor/core/time'
import { expect, test } from 'vitest'
import { issuedEntry, sampleAccount, sampleSession } from '../contract/samples.ts'
import { openFile, withFolder } from './testing/store-file.ts'
import { readTimeMark, steadyClock } from './time-mark.ts'

test('a steady clock goes forward with the wall clock and never back', () => {
  const wall = fixedClock(1_000)
  const clock = steadyClock(wall, 500)
  expect(clock.now()).toBe(1_000)
  wall.advance(-700)
  expect(clock.now()).toBe(1_000)
  wall.advance(900)
  expect(clock.now()).toBe(1_200)
  expect(steadyClock(wall, 5_000).now()).toBe(5_000)
})

test('a clock set back while the store was closed revives no session', () =>
  withFolder(async (file) => {
    const wall = fixedClock()
    const first = openFile(file, wall)
    const session = sampleSession(wall.now())
    await first.sessions.insertSession(session, issuedEntry(session), null)
    wall.advance(120_000)
    await first.accounts.insertAccount(sampleAccount())
    const seen = wall.now()
    expect(first.highWater()).toBe(seen)
    await first.close()

    wall.advance(-120_000)
    const second = openFile(file, wall)
    expect(second.clock.now()).toBe(seen)
    expect(await second.sessions.listOverdueSessions(second.clock.now(), 10)).toEqual([session.id])
    const ended = await second.sessions.changeSession(session.id, (row) => end(row, 'revoked', second.clock.now()))
    expect(ended).toMatchObject({ reason: 'expired' })
    await second.close()
  }))

test('the mark is written with the first write and then at most once a second', () =>
  withFolder(async (file) => {
    const wall = fixedClock()
    const stores = openFile(file, wall)
    expect(stores.highWater()).toBe(0)
    await stores.accounts.insertAccount(sampleAccount())
    const marked = wall.now()
    wall.advance(999)
    await stores.accounts.insertAccount(sampleAccount())
    expect(stores.highWater()).toBe(marked)
    wall.advance(1)
    await stores.accounts.insertAccount(sampleAccount())
    expect(stores.highWater()).toBe(marked + 1_000)
    wall.advance(5)
    await stores.probe()
    expect(stores.highWater()).toBe(marked + 1_005)
    await stores.close()
  }))

test('a mark whose group was undone is not called written, and the next group writes it', () => {
  const db = new DatabaseSync(':memory:')
  db.exec('CREATE TABLE time_mark (at INTEGER); INSERT INTO time_mark VALUES (0)')
  const mark = readTimeMark(db, fixedClock(5_000))
  db.exec('BEGIN')
  mark.beforeCommit()
  db.exec('ROLLBACK')
  mark.undone()
  expect(mark.highWater()).toBe(0)
  mark.beforeCommit()
  mark.committed()
  expect(mark.highWater()).toBe(5_000)
  expect(db.prepare('SELECT at FROM time_mark').get()).toMatchObject({ at: 5_000 })
  db.close()
})
