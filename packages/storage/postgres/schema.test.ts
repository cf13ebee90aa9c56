import { end } from '@parlor/core/session'
import { expect, test } from 'vitest'
import { issuedEntry, sampleSession } from '../contract/samples.ts'
import { openForTest } from './testing/open-for-test.ts'
import { command } from './testing/test-database.ts'

test('the ledger only grows and the end is the end, whoever writes to the database', async () => {
  const { stores, clock, url, close } = await openForTest()
  const session = sampleSession(clock.now())
  await stores.sessions.insertSession(session, issuedEntry(session), null)
  const ended = await stores.sessions.changeSession(session.id, (now) => end(now, 'revoked', clock.now()))
  const ledger = await stores.sessions.listLedger(session.id)
  for (const sql of [
    "UPDATE sessions SET state = 'live', ended_at = NULL",
    "UPDATE sessions SET reason = 'expired'",
    'UPDATE sessions SET ended_at = ended_at + 1',
    'DELETE FROM sessions',
    'TRUNCATE sessions',
    "UPDATE session_events SET type = 'live', ending = NULL",
    'UPDATE session_events SET at = at + 1',
    'DELETE FROM session_events',
    'TRUNCATE session_events',
    "INSERT INTO session_events (session, number, at, type, facts) SELECT id, 9, 1, 'ended', '{}' FROM sessions",
    "INSERT INTO session_events (session, number, at, type, facts) SELECT id, 2, 1, 'live', '{}' FROM sessions",
    "INSERT INTO session_events (session, number, at, type, facts, ending) SELECT id, 9, 1, 'ended', '{}', 1 FROM sessions",
  ]) {
    await expect(command(url, sql), sql).rejects.toMatchObject({ code: expect.stringMatching(/^23/) })
  }
  expect(await stores.sessions.findSession(session.id)).toEqual(ended)
  expect(await stores.sessions.listLedger(session.id)).toEqual(ledger)
  // Other columns of an ended session may still be set: nothing else of it is promised here.
  await command(url, 'UPDATE sessions SET expires_at = expires_at + 1')
  await close()
})
