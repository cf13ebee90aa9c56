import type { DatabaseSync, SQLInputValue, StatementSync } from 'node:sqlite'
import { type Compilable, DummyDriver, Kysely, SqliteAdapter, SqliteIntrospector, SqliteQueryCompiler } from 'kysely'
import type { GroupCommit } from './group-commit.ts'
import { prepareWrite } from './prepare-write.ts'
import { tellCaller } from './sqlite-error.ts'
import type { Tables } from './tables.ts'

/** How the stores reach the file: reads see what is committed, writes wait for their commit. */
export interface Access {
  db: DatabaseSync
  write: GroupCommit['write']
  writeChecked: GroupCommit['writeChecked']
  /** How many groups of writes were undone so far. */
  undone(): number
  read<T>(work: () => T): Promise<T>
  /** The query builder, for what is not hot. It only spells SQL; `all`, `first` and `run` send it. */
  sql: Kysely<Tables>
  all<O>(query: Compilable<O>): O[]
  first<O>(query: Compilable<O>): O | null
  /** How many rows it changed. */
  run(query: Compilable): number
}

/** Statements kept prepared for the query builder; it writes far fewer different ones. */
const mostStatements = 200

export function accessTo(db: DatabaseSync, { write, writeChecked, stats }: GroupCommit): Access {
  const reads = keepPrepared((sql) => db.prepare(sql))
  const writes = keepPrepared((sql) => prepareWrite(db, sql))
  return {
    db,
    write,
    writeChecked,
    undone: () => stats().failedCommits,
    read: async (work) => {
      try {
        return work()
      } catch (error) {
        throw tellCaller(error)
      }
    },
    sql: sqlSpeller(),
    all: <O>(query: Compilable<O>) => {
      const { statement, values } = reads(query)
      return statement.all(...values) as O[]
    },
    first: <O>(query: Compilable<O>) => {
      const { statement, values } = reads(query)
      return (statement.get(...values) as O | undefined) ?? null
    },
    run: (query) => {
      const { statement, values } = writes(query)
      return Number(statement.run(...values).changes)
    },
  }
}

interface Ready {
  statement: StatementSync
  values: SQLInputValue[]
}

function keepPrepared(prepare: (sql: string) => StatementSync): (query: Compilable) => Ready {
  const prepared = new Map<string, StatementSync>()
  return (query) => {
    const { sql, parameters } = query.compile()
    let statement = prepared.get(sql)
    if (statement === undefined) {
      if (prepared.size >= mostStatements) prepared.clear()
      statement = prepare(sql)
      prepared.set(sql, statement)
    }
    // What the row mappings put in is text, numbers, bytes or null.
    return { statement, values: parameters as SQLInputValue[] }
  }
}

/** A query builder without a connection. */
function sqlSpeller(): Kysely<Tables> {
  return new Kysely<Tables>({
    dialect: {
      createAdapter: () => new SqliteAdapter(),
      createDriver: () => new DummyDriver(),
      createIntrospector: (db) => new SqliteIntrospector(db),
      createQueryCompiler: () => new SqliteQueryCompiler(),
    },
  })
}
