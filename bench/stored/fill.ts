import { writeFileSync } from 'node:fs'
import { end } from '@parlor/core/session'
import { openSqliteStores } from '@parlor/storage/sqlite'
import { inTurns, issued, makeSession } from './make-session.ts'

/** A process of its own: fills a new file with sessions, of which the last thousand are open. `node fill.ts FILE COUNT`. */
const [file = '', count = ''] = process.argv.slice(2)
const stillOpen = 1000
// A second of the past for every hundred sessions, so that ids and times lie as they would.
let now = Date.now() - 10 * Number(count)
const clock = { now: () => now }
const stores = openSqliteStores({ file, clock })
const ids: string[] = []
await inTurns(Number(count), 2000, async (number) => {
  now += 10
  const session = makeSession(clock, number)
  ids.push(session.id)
  await stores.sessions.insertSession(session, issued(session), null)
  if (number >= Number(count) - stillOpen) return
  await stores.sessions.changeSession(session.id, (found) => end(found, 'stopped', now))
})
await stores.close()
writeFileSync(`${file}.ids`, ids.filter((_, index) => index % Math.ceil(ids.length / 100_000) === 0).join('\n'))
