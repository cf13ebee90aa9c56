import { end } from '@parlor/core/session'
import { expect, test } from 'vitest'
import { issuedEntry, sampleSession } from '../contract/samples.ts'
import { isOpenRoom } from './session-rows.ts'
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

/** So many of a kind, of one account, and the last of each ten is open; or all are. */
const fill = (kind: string, count: number, isOpen = 'i % 10 = 0') => `
  INSERT INTO sessions (id, kind, account_id, project_id, agent_id, jti, kid, state, created_at, expires_at, ended_at, settings, entries)
  SELECT gen_random_uuid(), '${kind}', '${nobody}', '${nobody}', '${nobody}', gen_random_uuid(), '${nobody}',
    CASE WHEN ${isOpen} THEN 'live' ELSE 'ended' END, 1, 9, CASE WHEN ${isOpen} THEN NULL ELSE 5 END,
    '{"endUserId":"' || i % 100 || '"}', 1 FROM generate_series(1, ${count}) AS i`
const nobody = '00000000-0000-4000-8000-000000000000'

test('avatar sessions, open rooms and parts made for somebody are found in indexes of their own', async () => {
  const { url, close } = await openForTest()
  await command(url, `${fill('widget', 5_000, 'true')}; ${fill('avatar', 2_000)}; ANALYZE sessions`)
  const asOurs = new URL(url)
  asOurs.searchParams.set('options', '-c enable_seqscan=off')
  const plan = async (sql: string): Promise<string> => {
    const rows = await command(asOurs.href, `EXPLAIN ${sql}`)
    return rows.map((row) => Object.values(row).join()).join('\n')
  }
  const ofAccount = `SELECT id, position FROM sessions WHERE account_id = '${nobody}' AND`
  const part = "SELECT * FROM avatars WHERE archived_at IS NULL AND account_id = 'a' AND"
  for (const [sql, index] of [
    [`${ofAccount} kind = 'avatar' ORDER BY position DESC LIMIT 9`, 'sessions_avatar'],
    [`${ofAccount} kind = 'avatar' AND md5(end_user_of(settings)) = md5('"7"')`, 'sessions_avatar_person'],
    [`${ofAccount} ${isOpenRoom} AND expires_at > 1 ORDER BY position DESC`, 'sessions_rooms'],
    [`SELECT * FROM sessions WHERE ${isOpenRoom} AND expires_at > 1 ORDER BY position`, 'sessions_rooms'],
    [`${part} md5(client) = md5('ada')`, 'avatars_by_client'],
    [`${part} md5(made_as) = md5('face')`, 'avatars_by_making'],
  ] as const) {
    expect(await plan(sql), sql).toMatch(new RegExp(`\\b${index}\\b`))
  }
  await close()
})
