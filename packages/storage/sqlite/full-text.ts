import type { DatabaseSync, StatementSync } from 'node:sqlite'
import { foldText } from '../words/fold-text.ts'
import { partSigns, type Wanted, wantedOf } from '../words/part-signs.ts'
import { prepareWrite } from './prepare-write.ts'

/**
 * One full-text table per knowledge base, so that how rare a word is never depends on another tenant's documents.
 * It holds no text, only the index; its rows are numbered like the chunks. (Not FTS5's `contentless_delete`: with that, a
 * removed row stays in the count of rows, and every score of the base drifts with each document that is replaced.)
 */
export interface FullText {
  create(base: number): void
  drop(base: number): void
  add(base: number, chunk: number, fields: Fields): void
  /** @param fields the same that were added, to the letter: the index cannot be told otherwise what to forget. */
  remove(base: number, chunk: number, fields: Fields): void
  /** Positions of chunks that match, best first; scores are positive. */
  search(base: number, expression: string, limit: number): { chunk: number; score: number }[]
  /** In how many chunks a word stands. Remembered until the base changes, since a question asks for each word twice. */
  count(base: number, word: string): number
}

/** Title, headings, body and keywords of a chunk. */
export type Fields = readonly [string, string, string, string]

/** Bases whose statements are kept prepared. */
const mostBases = 64
/** Words of a base whose count is remembered. */
const mostCounts = 10_000

export function fullTextIn(db: DatabaseSync): FullText {
  const kept = new Map<number, Statements>()
  const of = (base: number): Statements => {
    let statements = kept.get(base)
    if (statements === undefined) {
      if (kept.size >= mostBases) kept.clear()
      statements = prepare(db, tableOf(base))
      kept.set(base, statements)
    }
    return statements
  }
  return {
    create: (base) => {
      const table = tableOf(base)
      db.exec(`
        CREATE VIRTUAL TABLE ${table} USING fts5(title, heading, body, keywords, content='',
          tokenize="porter unicode61 remove_diacritics 2 categories 'L* N* Co Mn Mc'");
        INSERT INTO ${table} (${table}, rank) VALUES ('rank', 'bm25(6.0, 4.0, 1.0, 1.0)')`)
    },
    drop: (base) => {
      kept.delete(base)
      db.exec(`DROP TABLE ${tableOf(base)}`)
    },
    add: (base, chunk, fields) => {
      const { add, counts } = of(base)
      counts.clear()
      add.run(chunk, ...fields.map(asIndexed))
    },
    remove: (base, chunk, fields) => {
      const { remove, counts } = of(base)
      counts.clear()
      remove.run(chunk, ...fields.map(asIndexed))
    },
    search: (base, expression, limit) =>
      of(base)
        .search.all(expression, limit)
        .map((row) => ({ chunk: Number(row.chunk), score: Number(row.score) })),
    count: (base, word) => {
      const { count, counts } = of(base)
      // A store that was closed refuses this like any other read.
      const known = db.isOpen ? counts.get(word) : undefined
      if (known !== undefined) return known
      const expression = anyOf([word])
      const counted = expression === null ? 0 : Number(count.get(expression)?.n)
      if (counts.size >= mostCounts) counts.clear()
      counts.set(word, counted)
      return counted
    },
  }
}

/** Any of the words, each as the phrase it is: nothing in a word is an operator. Null where no word is left. */
export function anyOf(words: readonly string[]): string | null {
  const phrases = [...new Set(words)].flatMap(phrasesOf)
  return phrases.length === 0 ? null : phrases.join(' OR ')
}

const longestWord = 256

/** FTS5 reads its expression up to the first NUL, so none may be in it. */
function phrasesOf(word: string): string[] {
  return wantedOf(word.slice(0, longestWord).replaceAll('\0', ' ').trim()).filter(isSaid).map(quote)
}

function isSaid({ text }: Wanted): boolean {
  return text.trim() !== ''
}

function quote({ text, open }: Wanted): string {
  return `"${foldText(text).replaceAll('"', '""').trim()}"${open ? ' *' : ''}`
}

/** SQLite by itself takes accents from Latin letters only, and leaves `ß` and compatibility forms as they are. */
function asIndexed(text: string): string {
  return foldText(partSigns(text))
}

interface Statements {
  add: StatementSync
  remove: StatementSync
  search: StatementSync
  count: StatementSync
  counts: Map<string, number>
}

function prepare(db: DatabaseSync, table: string): Statements {
  return {
    add: prepareWrite(db, `INSERT INTO ${table} (rowid, title, heading, body, keywords) VALUES (?, ?, ?, ?, ?)`),
    remove: prepareWrite(
      db,
      `INSERT INTO ${table} (${table}, rowid, title, heading, body, keywords) VALUES ('delete', ?, ?, ?, ?, ?)`,
    ),
    search: db.prepare(`
      SELECT rowid AS chunk, -rank AS score FROM ${table} WHERE ${table} MATCH ? ORDER BY rank, rowid LIMIT ?`),
    count: db.prepare(`SELECT count(*) AS n FROM ${table} WHERE ${table} MATCH ?`),
    counts: new Map(),
  }
}

/** Positions are numbers we gave out, so the name needs no quoting. */
function tableOf(base: number): string {
  return `knowledge_index_${base}`
}
