import type { DatabaseSync } from 'node:sqlite'
import { type Fields, fullTextIn } from '../full-text.ts'
import type { Migration } from './migration.ts'

/** The full-text tables are filled anew: they had only whole runs of signs where a script has no spaces. */
export const knowledgeSigns: Migration = {
  number: 11,
  name: 'knowledge-signs',
  sql: '',
  fill: rebuildIndexes,
}

/** Fills every full-text table anew, as this version writes them. */
export function rebuildIndexes(db: DatabaseSync): void {
  const fullText = fullTextIn(db)
  const chunks = db.prepare(`
    SELECT c.position, d.title, c.headings, c.text, c.keywords
    FROM knowledge_documents d JOIN knowledge_chunks c ON c.document = d.position WHERE d.base = ?`)
  for (const { position } of db.prepare('SELECT position FROM knowledge_bases').all()) {
    const base = Number(position)
    fullText.drop(base)
    fullText.create(base)
    for (const row of chunks.iterate(base)) fullText.add(base, Number(row.position), fieldsOf(row))
  }
}

function fieldsOf(row: Record<string, unknown>): Fields {
  const headings: string[] = JSON.parse(String(row.headings))
  return [String(row.title), headings.join('\n'), String(row.text), String(row.keywords)]
}
