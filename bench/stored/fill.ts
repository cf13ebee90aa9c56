import { writeFileSync } from 'node:fs'
import { DatabaseSync } from 'node:sqlite'
import { end } from '@parlor/core/session'
import { openSqliteStores } from '@parlor/storage/sqlite'
import { inTurns, issued, makeSession } from './make-session.ts'

/**
 * A process of its own: fills a new file with sessions, of which the last thousand are open. The first thousand and the last come through
 * the store; those between are copies of the first, written in SQL, with ids and times of their own. `node fill.ts FILE COUNT`.
 */
const [file = '', wanted = ''] = process.argv.slice(2)
const count = Number(wanted)
const pattern = 1000
const stillOpen = 1000
const copies = Math.max(0, count - pattern - stillOpen)
const atOnce = 250_000
/** A second of the past for every hundred sessions, so that ids and times lie as they would. */
const apartMs = 10
const begin = Date.now() - apartMs * count
const sampled = 100_000

if (count > stillOpen) await make(Math.min(pattern, count - stillOpen), begin, true)
if (copies > 0) copy()
await make(Math.min(stillOpen, count), begin + apartMs * (count - stillOpen), false)
writeFileSync(`${file}.ids`, sample().join('\n'))

async function make(some: number, from: number, isOver: boolean): Promise<void> {
  let now = from
  const clock = { now: () => now }
  const stores = openSqliteStores({ file, clock })
  await inTurns(some, 2000, async (number) => {
    now += apartMs
    const session = makeSession(clock, number)
    await stores.sessions.insertSession(session, issued(session), null)
    if (isOver) await stores.sessions.changeSession(session.id, (found) => end(found, 'stopped', now))
  })
  await stores.close()
}

/** Random ids are as the store makes them: sessions' begin with their time, tokens' share their beginning for 512 in a row. */
function copy(): void {
  const db = new DatabaseSync(file)
  db.exec(
    'PRAGMA journal_mode = OFF; PRAGMA synchronous = OFF; PRAGMA cache_size = -1000000; PRAGMA foreign_keys = OFF',
  )
  const names = db.prepare("SELECT name FROM pragma_table_info('sessions')").all() as { name: string }[]
  const own = new Map([
    ['position', `${pattern} + n`],
    ['id', "unhex(printf('%012x7%.3s8%.15s', ?1 + n * ?2, hex(randomblob(2)), hex(randomblob(8))))"],
    [
      'jti',
      "unhex(printf('%08x%.4s4%.3s8%.15s', (n / 512 * 2654435761) & 4294967295, hex(randomblob(2)), hex(randomblob(2)), hex(randomblob(8))))",
    ],
    ['created_at', '?1 + n * ?2'],
    ['expires_at', '?1 + n * ?2 + 3600000'],
    ['ended_at', '?1 + n * ?2 + 20000'],
  ])
  const columns = names.map(({ name }) => own.get(name) ?? `old.${name}`)
  const numbers = 'WITH RECURSIVE many (n) AS (SELECT ?3 UNION ALL SELECT n + 1 FROM many WHERE n < ?4)'
  const sessions = db.prepare(
    `${numbers} INSERT INTO sessions (${names.map(({ name }) => name)}) SELECT ${columns} FROM many
     CROSS JOIN sessions old ON old.position = 1 + n % ${pattern}`,
  )
  const events = db.prepare(
    `${numbers} INSERT INTO session_events (session, number, at, type, facts)
     SELECT ${pattern} + n, old.number, ?1 + n * ?2 + 20000 * (old.number - 1), old.type, old.facts FROM many
     CROSS JOIN session_events old ON old.session = 1 + n % ${pattern}`,
  )
  for (let from = 1; from <= copies; from += atOnce) {
    const values = [begin + apartMs * pattern, apartMs, from, Math.min(copies, from + atOnce - 1)]
    db.exec('BEGIN')
    sessions.run(...values)
    events.run(...values)
    db.exec('COMMIT')
  }
  db.exec(`UPDATE agent_usage SET sessions = sessions + ${copies} / (SELECT count(*) FROM agent_usage)`)
  db.exec('PRAGMA journal_mode = WAL')
  db.close()
}

function sample(): string[] {
  const db = new DatabaseSync(file, { readOnly: true })
  const rows = db.prepare('SELECT hex(id) AS id FROM sessions WHERE position % ? = 0').all(Math.ceil(count / sampled))
  db.close()
  return rows.map(({ id }) =>
    String(id)
      .toLowerCase()
      .replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, '$1-$2-$3-$4-$5'),
  )
}
