import { ParlorError } from '@parlor/core/errors'
import {
  type Compilable,
  DummyDriver,
  Kysely,
  PostgresAdapter,
  PostgresIntrospector,
  PostgresQueryCompiler,
} from 'kysely'
import type { Pool, PoolClient, QueryResult } from 'pg'
import type { Groups, Lane, LaneOptions, Outcome } from './group-commit.ts'
import { isRaced, tellCaller } from './postgres-error.ts'
import type { Tables } from './tables.ts'

/** A statement that each connection prepares once. The name says which it is and must be its own. */
export interface Statement {
  name: string
  text: string
}

export type Value = string | number | boolean | null | Uint8Array | readonly (string | number | boolean | null)[]

/** A transaction under way. */
export interface Transaction {
  ask<Row>(statement: Statement, values: readonly Value[]): Promise<Row[]>
  /** Sends without waiting; should it fail, the whole transaction does. */
  send(statement: Statement, values: readonly Value[]): void
}

/** How the stores reach the database. Every promise of a write resolves after its commit; errors are what a caller may be told. */
export interface Access {
  /** One statement that reads, or that writes for a lane, which counts it. */
  ask<Row>(statement: Statement, values: readonly Value[]): Promise<Row[]>
  /** One statement that writes, in a transaction of its own. */
  tell<Row>(statement: Statement, values: readonly Value[]): Promise<Row[]>
  /** Again from the start where it raced with another; so `work` must do nothing that cannot be done twice. */
  transact<T>(work: (transaction: Transaction) => Promise<T>): Promise<T>
  lane: Groups['lane']
  /** Reads by key that share one question: those of one turn, and those that come while all connections are busy. */
  finder<Row>(statement: Statement, keyOf: (row: Row) => string): Lane<string, Row | null>
  /** The query builder, for what is not hot. It only spells SQL; `all`, `first` and `run` send it. */
  sql: Kysely<Tables>
  all<O>(query: Compilable<O>): Promise<O[]>
  first<O>(query: Compilable<O>): Promise<O | null>
  /** How many rows it changed. */
  run(query: Compilable): Promise<number>
}

/** Tries of what raced with other transactions. */
const mostTries = 5
const questions: LaneOptions = { atOnce: 4, most: 1000, writes: false }
const single: LaneOptions = { atOnce: Number.POSITIVE_INFINITY, most: 1, writes: true }

export function accessTo(pool: Pool, groups: Groups): Access {
  const ask = async <Row>(statement: Statement, values: readonly Value[]): Promise<Row[]> =>
    (await tryAgain(() => query(pool, statement, values))).rows as Row[]
  // One by one, but counted and waited for like all writes.
  const written = groups.lane(async (jobs: [Statement, readonly Value[]][]): Promise<Outcome<QueryResult>[]> => {
    const sent = jobs.map(([statement, values]) => tryAgain(() => query(pool, statement, values)))
    return (await Promise.all(sent)).map((value) => ({ value }))
  }, single)
  return {
    ask,
    tell: async (statement, values) => (await written([statement, values])).rows,
    transact: (work) => tryAgain(() => transact(pool, work)),
    lane: groups.lane,
    finder: <Row>(statement: Statement, keyOf: (row: Row) => string) =>
      groups.lane<string, Row | null>(async (keys) => {
        const rows = await ask<Row>(statement, [[...new Set(keys)]])
        const found = new Map(rows.map((row) => [keyOf(row), row]))
        return keys.map((key) => ({ value: found.get(key) ?? null }))
      }, questions),
    sql: sqlSpeller(),
    all: async <O>(wanted: Compilable<O>) => (await query(pool, spelled(wanted), parametersOf(wanted))).rows as O[],
    first: async <O>(wanted: Compilable<O>) =>
      ((await query(pool, spelled(wanted), parametersOf(wanted))).rows[0] as O | undefined) ?? null,
    run: async (wanted) => (await written([spelled(wanted), parametersOf(wanted)])).rowCount ?? 0,
  }
}

/** Once more where it raced, after a moment that differs from node to node. */
async function tryAgain<T>(work: () => Promise<T>): Promise<T> {
  for (let attempt = 1; ; attempt += 1) {
    try {
      return await work()
    } catch (error) {
      if (attempt >= mostTries || !(error instanceof ParlorError) || !isRaced(error.cause)) throw error
      await new Promise((resolve) => setTimeout(resolve, Math.random() * 5 * 2 ** attempt))
    }
  }
}

async function transact<T>(pool: Pool, work: (transaction: Transaction) => Promise<T>): Promise<T> {
  const client = await connect(pool)
  const sent: Promise<unknown>[] = []
  const keep = (statement: Statement, values: readonly Value[]): void => {
    const done = query(client, statement, values)
    // Judged with the commit; until then it is not unhandled.
    done.catch(() => {})
    sent.push(done)
  }
  let isSound = true
  try {
    keep(begin, [])
    const value = await work({
      ask: async <Row>(statement: Statement, values: readonly Value[]) =>
        (await query(client, statement, values)).rows as Row[],
      send: keep,
    })
    const committed = query(client, commit, [])
    committed.catch(() => {})
    await Promise.all(sent)
    // Postgres answers a commit of what has failed with a rollback, and no error.
    if ((await committed).command !== 'COMMIT') throw new ParlorError('unavailable')
    return value
  } catch (error) {
    isSound = await query(client, rollback, []).then(
      () => true,
      () => false,
    )
    throw error
  } finally {
    client.release(!isSound)
  }
}

const begin: Statement = { name: '', text: 'BEGIN' }
const commit: Statement = { name: '', text: 'COMMIT' }
const rollback: Statement = { name: '', text: 'ROLLBACK' }

async function connect(pool: Pool): Promise<PoolClient> {
  try {
    return await pool.connect()
  } catch (error) {
    throw tellCaller(error)
  }
}

async function query(on: Pool | PoolClient, { name, text }: Statement, values: readonly Value[]): Promise<QueryResult> {
  try {
    if (values.length === 0 && name === '') return await on.query(text)
    return await on.query(
      name === '' ? { text, values: values.map(storable) } : { name, text, values: values.map(storable) },
    )
  } catch (error) {
    throw tellCaller(error)
  }
}

/** Postgres keeps no NUL in a text. */
function storable(value: Value): Value {
  if (typeof value === 'string') return value.includes('\0') ? value.replaceAll('\0', '\ufffd') : value
  if (!Array.isArray(value) || !value.some((one) => typeof one === 'string' && one.includes('\0'))) return value
  return value.map((one) => (typeof one === 'string' ? one.replaceAll('\0', '\ufffd') : one))
}

function spelled(wanted: Compilable): Statement {
  return { name: '', text: wanted.compile().sql }
}

function parametersOf(wanted: Compilable): readonly Value[] {
  // What the row mappings put in is text, numbers, booleans, bytes or null.
  return wanted.compile().parameters as readonly Value[]
}

/** A query builder without a connection. */
function sqlSpeller(): Kysely<Tables> {
  return new Kysely<Tables>({
    dialect: {
      createAdapter: () => new PostgresAdapter(),
      createDriver: () => new DummyDriver(),
      createIntrospector: (db) => new PostgresIntrospector(db),
      createQueryCompiler: () => new PostgresQueryCompiler(),
    },
  })
}
