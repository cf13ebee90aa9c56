import { existsSync } from 'node:fs'
import { DatabaseSync, StatementSync } from 'node:sqlite'

/**
 * Loaded into a server before it starts (`--import`): while the file that `PARLOR_TEST_BROKEN_STORE` names is there, nothing can be
 * read from the store or written to it.
 */
const sign = process.env.PARLOR_TEST_BROKEN_STORE ?? ''

function breakMethod(target, name) {
  const whole = target[name]
  target[name] = function (...args) {
    if (existsSync(sign)) throw new Error('disk I/O error')
    return whole.apply(this, args)
  }
}

for (const name of ['get', 'all', 'run', 'iterate']) breakMethod(StatementSync.prototype, name)
for (const name of ['exec', 'prepare']) breakMethod(DatabaseSync.prototype, name)
