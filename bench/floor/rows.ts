import { DatabaseSync, type StatementSync } from 'node:sqlite'
import { Pool, types } from 'pg'

export type Value = string | number
export type Row = Record<string, unknown>

/** The least of a durable store: rows under an id. Each `done` is called once what it tells of is on the disk. */
export interface Rows {
  insert(values: Value[], done: () => void): void
  /** Ends or removes the row of this id. */
  end(id: string, done: () => void): void
  find(id: string, done: (row: Row | undefined) => void): void
}

/** The same four statements in two dialects. In Postgres each takes arrays and does a whole group. */
export interface Dialects {
  sqlite: Statements
  postgres: Statements
}

interface Statements {
  create: string
  insert: string
  end: string
  find: string
}

export interface RowsOptions {
  /** A Postgres address, else a file for SQLite. */
  place: string
  /** Whether writes share commits, and reads questions; else each goes by itself, as one would write it first. */
  isGrouped: boolean
}

export async function openRows({ place, isGrouped }: RowsOptions, { sqlite, postgres }: Dialects): Promise<Rows> {
  return place.startsWith('postgres:') ? openPostgres(place, postgres, isGrouped) : openSqlite(place, sqlite, isGrouped)
}

/** One commit, and one wait for the disk, for all writes that came in one turn of the event loop. */
function openSqlite(file: string, { create, insert, end, find }: Statements, isGrouped: boolean): Rows {
  const db = new DatabaseSync(file)
  db.exec(`PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL; PRAGMA cache_size = -65536;
    PRAGMA wal_autocheckpoint = 4000; ${create}`)
  const [begin, commit] = [db.prepare('BEGIN IMMEDIATE'), db.prepare('COMMIT')]
  const [inserting, ending, finding] = [db.prepare(insert), db.prepare(end), db.prepare(find)]
  let queue: { statement: StatementSync; values: Value[]; done: () => void }[] = []

  function write(statement: StatementSync, values: Value[], done: () => void): void {
    if (!isGrouped) {
      statement.run(...values)
      done()
      return
    }
    queue.push({ statement, values, done })
    if (queue.length > 1) return
    setImmediate(() => {
      const group = queue
      queue = []
      begin.run()
      for (const one of group) one.statement.run(...one.values)
      commit.run()
      for (const one of group) one.done()
    })
  }
  return {
    insert: (values, done) => write(inserting, values, done),
    end: (id, done) => write(ending, [id], done),
    find: (id, done) => done(finding.get(id)),
  }
}

/** Groups under way at once, of writes and of reads each, and the most in one where nothing is grouped. */
const groupsAtOnce = 2
const ungroupedAtOnce = 10
const bigint = 20

async function openPostgres(url: string, { create, insert, end, find }: Statements, isGrouped: boolean): Promise<Rows> {
  types.setTypeParser(bigint, Number)
  // A plan made while a table was empty must not become a walk over all of it.
  const options = '-c enable_seqscan=off -c jit=off'
  const shape = isGrouped
    ? { atOnce: groupsAtOnce, most: Number.POSITIVE_INFINITY }
    : { atOnce: ungroupedAtOnce, most: 1 }
  const pool = new Pool({ connectionString: url, max: ungroupedAtOnce, options })
  await pool.query(create)
  const inserts = openLane<{ values: Value[]; done: () => void }>(async (jobs) => {
    const columns = jobs[0]?.values.map((_, column) => jobs.map(({ values }) => values[column])) ?? []
    await pool.query({ name: 'insert', text: insert, values: columns })
    for (const { done } of jobs) done()
  }, shape)
  const ends = openLane<{ id: string; done: () => void }>(async (jobs) => {
    await pool.query({ name: 'end', text: end, values: [jobs.map(({ id }) => id)] })
    for (const { done } of jobs) done()
  }, shape)
  const finds = openLane<{ id: string; done: (row: Row | undefined) => void }>(async (jobs) => {
    const { rows } = await pool.query<Row>({ name: 'find', text: find, values: [jobs.map(({ id }) => id)] })
    const found = new Map(rows.map((row) => [row.id, row]))
    for (const { id, done } of jobs) done(found.get(id))
  }, shape)
  return {
    insert: (values, done) => inserts({ values, done }),
    end: (id, done) => ends({ id, done }),
    find: (id, done) => finds({ id, done }),
  }
}

/** What comes in one turn of the event loop goes together, and what comes while enough groups are under way. */
function openLane<Job>(
  run: (jobs: Job[]) => Promise<void>,
  { atOnce, most }: { atOnce: number; most: number },
): (job: Job) => void {
  let queue: Job[] = []
  let underWay = 0
  let isScheduled = false
  const flush = () => {
    isScheduled = false
    while (underWay < atOnce && queue.length > 0) {
      const group = queue.slice(0, most)
      queue = queue.slice(most)
      underWay += 1
      // A statement that fails ends the process, and so the run.
      void run(group).then(() => {
        underWay -= 1
        schedule()
      })
    }
  }
  const schedule = () => {
    if (isScheduled || queue.length === 0) return
    isScheduled = true
    setImmediate(flush)
  }
  return (job) => {
    queue.push(job)
    if (underWay < atOnce) schedule()
  }
}
