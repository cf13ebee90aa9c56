import { end } from '@parlor/core/session'
import { fixedClock } from '@parlor/core/time'
import { expect, test } from 'vitest'
import { chunksOf, issuedEntry, sampleBase, sampleDocument, sampleSession } from '../contract/samples.ts'
import { openDatabase } from './open-database.ts'
import { openFile, withFolder } from './testing/store-file.ts'

test('the file itself refuses to change the ledger, to drop a session and to revive an ended one', () =>
  withFolder(async (file) => {
    const clock = fixedClock()
    const stores = openFile(file, clock)
    const session = sampleSession(clock.now())
    await stores.sessions.insertSession(session, issuedEntry(session), null)
    await stores.sessions.changeSession(session.id, (row) => end(row, 'revoked', clock.now()))
    await stores.close()
    const db = openDatabase(file)
    const refused: Record<string, RegExp> = {
      "UPDATE session_events SET type = 'live'": /the ledger only grows/,
      'DELETE FROM session_events': /the ledger only grows/,
      'DELETE FROM sessions': /sessions are kept/,
      "UPDATE sessions SET state = 'live'": /stays as it ended/,
      "UPDATE sessions SET reason = 'expired'": /stays as it ended/,
    }
    for (const [sql, message] of Object.entries(refused)) expect(() => db.exec(sql)).toThrow(message)
    db.close()
  }))

test('the questions asked on every request are answered from an index', () =>
  withFolder(async (file) => {
    await openFile(file).close()
    const db = openDatabase(file)
    const plan = (sql: string) =>
      db
        .prepare(`EXPLAIN QUERY PLAN ${sql}`)
        .all()
        .map((row) => String(row.detail))
        .join()
    expect(plan("SELECT 1 FROM sessions WHERE account_id = 'a' AND expires_at > 5 AND state <> 'ended'")).toMatch(
      /USING COVERING INDEX sessions_open|USING INDEX sessions_open/,
    )
    expect(
      plan("SELECT id FROM sessions WHERE expires_at <= 5 AND state <> 'ended' ORDER BY expires_at, position"),
    ).toMatch(/USING INDEX sessions_overdue/)
    expect(plan("SELECT * FROM sessions WHERE jti = 'x'")).toMatch(/SEARCH sessions USING INDEX/)
    expect(
      plan(
        "SELECT * FROM agents WHERE facts ->> 'projectId' = ? AND archived_at IS NULL ORDER BY created_at DESC, id DESC",
      ),
    ).toMatch(/^SEARCH agents USING INDEX agents_by_project \([^)]*\)$/)
    expect(plan("SELECT * FROM keys WHERE digest = 'x'")).toMatch(/SEARCH keys USING INDEX/)
    db.close()
  }))

test('chats of a project and of a person are listed from an index in their order', () =>
  withFolder(async (file) => {
    await openFile(file).close()
    const db = openDatabase(file)
    const plan = (where: string) =>
      db
        .prepare(`EXPLAIN QUERY PLAN SELECT title FROM chats WHERE ${where} ORDER BY updated_at DESC, position DESC`)
        .all()
        .map((row) => String(row.detail))
    expect(plan("project_id = 'p'")).toEqual(['SEARCH chats USING INDEX chats_by_change (project_id=?)'])
    expect(plan("project_id = 'p' AND end_user_id = 'u'")).toEqual([
      'SEARCH chats USING INDEX chats_by_person (project_id=? AND end_user_id=?)',
    ])
    db.close()
  }))

test('avatar sessions and open rooms are found in indexes that hold no others', () =>
  withFolder(async (file) => {
    await openFile(file).close()
    const db = openDatabase(file)
    const plan = (index: string, where: string, columns = 'position') =>
      db
        .prepare(
          `EXPLAIN QUERY PLAN SELECT ${columns} FROM sessions INDEXED BY ${index} WHERE kind = 'avatar' AND ${where}`,
        )
        .all()
        .map((row) => String(row.detail))
    const newestFirst = 'ORDER BY position DESC LIMIT 9'
    const ofAccount = 'SEARCH sessions USING COVERING INDEX sessions_avatar (account_id=?)'
    expect(plan('sessions_avatar', "account_id = 'a'", 'count(*)')).toEqual([ofAccount])
    expect(plan('sessions_avatar', `account_id = 'a' ${newestFirst}`)).toEqual([ofAccount])
    const ofPerson = `account_id = 'a' AND settings -> 'endUserId' = '"u"' ${newestFirst}`
    expect(plan('sessions_avatar_person', ofPerson)).toEqual([
      'SEARCH sessions USING INDEX sessions_avatar_person (account_id=? AND <expr>=?)',
    ])
    expect(plan('sessions_rooms', "state <> 'ended' AND account_id = 'a' AND expires_at > 5")).toEqual([
      expect.stringContaining('INDEX sessions_rooms (account_id=? AND expires_at>?)'),
    ])
    const made = db.prepare(
      "SELECT sql FROM sqlite_schema WHERE name IN ('sessions_avatar', 'sessions_avatar_person', 'sessions_rooms')",
    )
    expect(made.all().map(({ sql }) => String(sql).includes("WHERE kind = 'avatar'"))).toEqual([true, true, true])
    db.close()
  }))

test('passages that are unread, read by others or read in a base are found in indexes of their own', () =>
  withFolder(async (file) => {
    await openFile(file).close()
    const db = openDatabase(file)
    const plan = (columns: string, where: string) =>
      db
        .prepare(`EXPLAIN QUERY PLAN SELECT ${columns} FROM chunk_vectors WHERE ${where}`)
        .all()
        .map((row) => String(row.detail))
    const byModel = 'SEARCH chunk_vectors USING COVERING INDEX chunk_vectors_by_model'
    expect(plan('position', "model < 'm' ORDER BY model, position LIMIT 9")).toEqual([`${byModel} (model<?)`])
    expect(plan('count(*)', "base = 1 AND model = 'm'")).toEqual([
      'SEARCH chunk_vectors USING COVERING INDEX chunk_vectors_by_base (base=? AND model=?)',
    ])
    const made = db.prepare("SELECT sql FROM sqlite_schema WHERE name = 'chunk_vectors_unread'").get()
    expect(made?.sql).toMatch(/WHERE model IS NULL$/)
    db.close()
  }))

test('parts of an account are found by whom they are for in an index of their own', () =>
  withFolder(async (file) => {
    await openFile(file).close()
    const db = openDatabase(file)
    const plan = (where: string) =>
      db
        .prepare(`EXPLAIN QUERY PLAN SELECT * FROM avatars WHERE archived_at IS NULL AND account_id = 'a' AND ${where}`)
        .all()
        .map((row) => String(row.detail))
        .join()
    expect(plan("client = 'ada'")).toContain('INDEX avatars_by_client (account_id=? AND client=?)')
    expect(plan("made_as = 'face'")).toContain('INDEX avatars_by_making (account_id=? AND made_as=?)')
    db.close()
  }))

test("a base's full-text table comes with it, goes with it, and holds none of a removed document's words", () =>
  withFolder(async (file) => {
    const stores = openFile(file)
    const tables = async () => {
      const db = openDatabase(file)
      const rows = db.prepare("SELECT name FROM sqlite_schema WHERE name LIKE 'knowledge_index_%'").all()
      db.close()
      return rows.length
    }
    const base = sampleBase()
    await stores.knowledge.insertBase(base)
    await stores.knowledge.putDocument(sampleDocument(base.id), chunksOf('one', 'two'))
    await stores.close()
    expect(await tables()).toBeGreaterThan(0)
    const again = openFile(file)
    expect(await again.knowledge.search(base.id, ['two'], 5)).toHaveLength(1)
    await again.knowledge.removeBase('account', base.id)
    await again.close()
    expect(await tables()).toBe(0)
    const last = openFile(file)
    await expect(last.knowledge.insertBase(sampleBase())).resolves.toBeUndefined()
    await last.close()
  }))
