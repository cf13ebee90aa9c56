import type { DatabaseSync, StatementSync } from 'node:sqlite'
import { partSigns, type Wanted, wantedOf } from './part-signs.ts'
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
  count(base: number, expression: string): number
}

/** Title, headings, body and keywords of a chunk. */
export type Fields = readonly [string, string, string, string]

/** Bases whose statements are kept prepared. */
const mostBases = 64

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
    add: (base, chunk, fields) => void of(base).add.run(chunk, ...fields.map(partSigns)),
    remove: (base, chunk, fields) => void of(base).remove.run(chunk, ...fields.map(partSigns)),
    search: (base, expression, limit) =>
      of(base)
        .search.all(expression, limit)
        .map((row) => ({ chunk: Number(row.chunk), score: Number(row.score) })),
    count: (base, expression) => Number(of(base).count.get(expression)?.n),
  }
}

/** Any of the words, each as the phrase it is: nothing in a word is an operator. Null where no word is left. */
export function anyOf(words: readonly string[]): string | null {
  const phrases = [...new Set(words)].slice(0, mostWords).flatMap(phrasesOf)
  return phrases.length === 0 ? null : phrases.join(' OR ')
}

/** A question has fewer; each word costs a walk through its list of chunks. */
const mostWords = 256
const longestWord = 256

/** FTS5 reads its expression up to the first NUL, so none may be in it. */
function phrasesOf(word: string): string[] {
  return wantedOf(word.slice(0, longestWord).replaceAll('\0', ' ').trim()).filter(isSaid).map(quote)
}

function isSaid({ text }: Wanted): boolean {
  return text.trim() !== ''
}

function quote({ text, open }: Wanted): string {
  return `"${text.replaceAll('"', '""').trim()}"${open ? ' *' : ''}`
}

interface Statements {
  add: StatementSync
  remove: StatementSync
  search: StatementSync
  count: StatementSync
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
  }
}

/** Positions are numbers we gave out, so the name needs no quoting. */
function tableOf(base: number): string {
  return `knowledge_index_${base}`
}
