import { readFileSync } from 'node:fs'
import { end } from '@parlor/core/session'
import { openSqliteStores } from '@parlor/storage/sqlite'
import { inTurns, issued, makeSession } from './make-session.ts'
import { spend } from './spend.ts'

/** Operations per second by the clock, and per second of processor time. */
export interface Rate {
  clock: number
  processor: number
}

export type Rates = Record<'create' | 'read' | 'end', Rate>

/** A process of its own: creates, reads and ends sessions in the file for a while. `node measure.ts FILE`. */
const [file = ''] = process.argv.slice(2)
const writes = 20_000
const reads = 60_000
const inFlight = 64
const clock = { now: () => Date.now() }
const known = readFileSync(`${file}.ids`, 'utf8').split('\n')
const { sessions, close } = openSqliteStores({ file, clock })
await round(2000, 6000)
const rates = await round(writes, reads)
await close()
process.stdout.write(JSON.stringify(rates))

async function round(writeCount: number, readCount: number): Promise<Rates> {
  const made: string[] = []
  const create = await perSecond(writeCount, async (number) => {
    const session = makeSession(clock, number)
    made.push(session.id)
    await sessions.insertSession(session, issued(session), { account: 1_000_000, key: null })
  })
  // Anywhere in what is stored.
  const read = await perSecond(readCount, async () => {
    const id = known[Math.floor(Math.random() * known.length)] as string
    if ((await sessions.findSession(id)) === null) throw new Error('A stored session was not found.')
  })
  const ended = await perSecond(writeCount, async (number) => {
    const after = await sessions.changeSession(made[number] as string, (found) => end(found, 'stopped', clock.now()))
    if (after?.state !== 'ended') throw new Error('A session was not ended.')
  })
  return { create, read, end: ended }
}

async function perSecond(count: number, work: (number: number) => Promise<unknown>): Promise<Rate> {
  const spent = spend()
  await inTurns(count, inFlight, work)
  const { clockMs, processorMs } = spent()
  return { clock: (1000 * count) / clockMs, processor: (1000 * count) / processorMs }
}
