import type { DatabaseSync } from 'node:sqlite'
import { expect, test } from 'vitest'
import { migrate } from './migrate.ts'
import { migrations } from './migrations/index.ts'
import { openDatabase } from './open-database.ts'
import { openFile, withFolder } from './testing/store-file.ts'

const all = { offset: 0, limit: 9 }

/** A file as the version before the history of calls left it, with something in every table a later step reads. */
function writeOlder(file: string): void {
  const db = openDatabase(file)
  migrate(db, file, 1, migrations.slice(0, 5))
  for (const [id, name] of ['Shop', 'Shop (2)', 'Shop', 'Shop', 'Other'].entries()) {
    db.prepare('INSERT INTO accounts (id, name, created_at) VALUES (?, ?, ?)').run(`account ${id}`, name, id)
  }
  db.exec(`INSERT INTO projects (id, account_id, slug, name, strict_origins, allowed_origins, created_at)
    VALUES ('project', 'account 0', 'default', 'Default', 0, '[]', 1)`)
  db.exec(`INSERT INTO keys (id, account_id, project_id, kind, name, digest, prefix, masked, scopes, allowed_origins, created_at)
    VALUES ('key', 'account 0', 'project', 'secret', 'backend', 'digest', 'p', 'm', '["write"]', '[]', 1)`)
  for (const number of [1, 2, 3]) insertSession(db, `session ${number}`, number === 3 ? 'bob' : 'ada', number)
  db.exec("INSERT INTO session_talks (session_id, visitor_messages) VALUES ('session 1', 4), ('session 2', 3)")
  insertKnowledge(db)
  db.close()
}

function insertSession(db: DatabaseSync, id: string, agent: string, at: number): void {
  const sql = `INSERT INTO sessions (id, kind, account_id, project_id, agent_id, jti, kid, state, created_at, expires_at,
    settings, entries) VALUES (?, 'widget', 'account 0', ?, ?, ?, 'kid', 'issued', ?, 99, '{}', 1)`
  // An agent may be used in more than one project of its account.
  db.prepare(sql).run(id, at === 2 ? 'other' : 'project', agent, `jti of ${id}`, at)
}

function insertKnowledge(db: DatabaseSync): void {
  db.exec(`
    INSERT INTO knowledge_bases (id, account_id, project_id, name, created_at, updated_at)
    VALUES ('base', 'account 0', 'project', 'Help', 1, 1), ('empty', 'account 0', 'project', 'Empty', 1, 1);
    INSERT INTO knowledge_documents (id, base, name, title, media_type, bytes, hash, chunks, created_at, updated_at)
    VALUES ('document', 1, 'a.md', 'Guide', 'text/markdown', 9, '', 2, 1, 1);
    INSERT INTO knowledge_chunks (document, number, headings, text, keywords)
    VALUES (1, 0, '["Top"]', 'returning a parcel', 'extra'), (1, 1, '["二"]', '三十天内申请退货', '')`)
  for (const base of [1, 2]) {
    db.exec(`CREATE VIRTUAL TABLE knowledge_index_${base} USING fts5(title, heading, body, keywords, content='',
      tokenize='porter unicode61 remove_diacritics 2')`)
  }
  db.exec(`INSERT INTO knowledge_index_1 (rowid, title, heading, body, keywords)
    VALUES (1, 'Guide', 'Top', 'returning a parcel', 'extra'), (2, 'Guide', '二', '三十天内申请退货', '')`)
}

test('accounts of the same name get a number, and the eldest keeps the name', () =>
  withFolder(async (file) => {
    writeOlder(file)
    const { accounts, close } = openFile(file)
    const names = (await accounts.listAccounts()).map(({ name }) => name)
    expect(names).toEqual(['Shop', 'Shop (2)', 'Shop (3)', 'Shop (4)', 'Other'])
    expect(await accounts.findAccountByName('Shop')).toMatchObject({ id: 'account 0' })
    await close()
  }))

test('projects and keys from before are as they were: nothing deleted, no origin asked for, no key for the whole account or with a ceiling', () =>
  withFolder(async (file) => {
    writeOlder(file)
    const { accounts, close } = openFile(file)
    expect(await accounts.findProject('project')).toMatchObject({
      slug: 'default',
      originRequests: [],
      deletedAt: null,
    })
    expect(await accounts.findKeyByDigest('digest')).toMatchObject({
      key: { name: 'backend', isAccountWide: false, concurrency: null },
    })
    await close()
  }))

test('what agents were used for before is in their sums, and their sessions are listed', () =>
  withFolder(async (file) => {
    writeOlder(file)
    const { agents, sessions, transcripts, close } = openFile(file)
    expect(await agents.readUsage(['ada', 'bob'])).toEqual([
      { totalSessions: 2, totalMessages: 7, lastUsedAt: 2 },
      { totalSessions: 1, totalMessages: 0, lastUsedAt: 3 },
    ])
    const { items, total } = await sessions.listSessions({ accountId: 'account 0' }, all)
    expect([total, ...items.map(({ id }) => id)]).toEqual([3, 'session 3', 'session 2', 'session 1'])
    const ofProject = await sessions.listSessions({ accountId: 'account 0', projectId: 'project' }, all)
    expect([ofProject.total, ...ofProject.items.map(({ id }) => id)]).toEqual([2, 'session 3', 'session 1'])
    expect(await transcripts.readTail('session 1', 'new')).toMatchObject({ sessionMessages: 4, sessionTokens: 0 })
    await close()
  }))

test('documents from before are found by the same words as ever, and by words inside a run of signs', () =>
  withFolder(async (file) => {
    writeOlder(file)
    const { knowledge, close } = openFile(file)
    const found = async (word: string) => (await knowledge.search('base', [word], 9)).map(({ chunk }) => chunk.position)
    expect(await found('returns')).toEqual([0])
    expect(await found('extra')).toEqual([0])
    expect(await found('退货')).toEqual([1])
    expect((await knowledge.search('base', ['guide'], 9)).length).toBe(2)
    expect(await knowledge.search('empty', ['guide'], 9)).toEqual([])
    expect(await knowledge.removeDocument('base', 'document')).toBe(true)
    expect(await knowledge.countWords('base', ['退货', 'parcel'])).toEqual({ chunks: 0, containing: [0, 0] })
    await close()
  }))

test('passages from before are unread, each once, and go with their document', () =>
  withFolder(async (file) => {
    writeOlder(file)
    const { knowledge, vectors, close } = openFile(file)
    const claim = (now: number) => vectors.claimUnread('m', { limit: 9, now, until: now + 1 })
    expect((await claim(1)).map(({ title, text }) => [title, text])).toEqual([
      ['Guide', 'returning a parcel'],
      ['Guide', '三十天内申请退货'],
    ])
    expect(await vectors.countRead('m', 'base')).toEqual({ passages: 2, read: 0 })
    await knowledge.removeDocument('base', 'document')
    expect(await claim(2)).toEqual([])
    await close()
  }))

test('documents from before their letters were folded are found without their accents', () =>
  withFolder(async (file) => {
    writeOlder(file)
    const db = openDatabase(file)
    migrate(db, file, 1, migrations.slice(0, 19))
    db.exec(`
      INSERT INTO knowledge_chunks (document, number, headings, text, keywords) VALUES (1, 2, '[]', 'музей', '');
      INSERT INTO knowledge_index_1 (rowid, title, heading, body, keywords) VALUES (3, 'Guide', '', 'музей', '')`)
    db.close()
    const { knowledge, close } = openFile(file)
    expect((await knowledge.search('base', ['музеи'], 9)).map(({ chunk }) => chunk.position)).toEqual([2])
    expect(await knowledge.removeDocument('base', 'document')).toBe(true)
    await close()
  }))
