import { insertSessionsUnderCeilings } from './0015-key-ceiling-function.ts'
import type { Migration } from './migration.ts'

/** The function of step 3 stays for nodes of the version before, which call it until they are replaced. */
export const keyCeilingsExact: Migration = {
  number: 15,
  name: 'key-ceilings-exact',
  sql: insertSessionsUnderCeilings,
}
