import { rebuildIndexes } from './0011-knowledge-signs.ts'
import type { Migration } from './migration.ts'

/** The full-text tables are filled anew: only Latin letters had lost their accents there, so that `й` and `ß` were never found. */
export const knowledgeFolding: Migration = {
  number: 20,
  name: 'knowledge-folding',
  sql: '',
  fill: rebuildIndexes,
}
