import type { DatabaseSync } from 'node:sqlite'
import type { Migration } from './migration.ts'

/** Names become unique: of accounts with the same name the eldest keeps it, the others get a number behind it. */
export const accountNames: Migration = {
  number: 10,
  name: 'account-names',
  sql: 'DROP INDEX accounts_by_name',
  fill: (db) => {
    renameDoubles(db)
    db.exec('CREATE UNIQUE INDEX accounts_by_name ON accounts (name)')
  },
}

function renameDoubles(db: DatabaseSync): void {
  const rows = db.prepare('SELECT position, name FROM accounts ORDER BY position').all()
  const rename = db.prepare('UPDATE accounts SET name = ? WHERE position = ?')
  // A name somebody bears is not given to another, whichever comes first.
  const borne = new Set(rows.map(({ name }) => String(name)))
  const seen = new Set<string>()
  for (const { position, name } of rows) {
    const wanted = String(name)
    if (seen.has(wanted)) {
      let number = 2
      while (borne.has(`${wanted} (${number})`)) number += 1
      borne.add(`${wanted} (${number})`)
      rename.run(`${wanted} (${number})`, Number(position))
    }
    seen.add(wanted)
  }
}
