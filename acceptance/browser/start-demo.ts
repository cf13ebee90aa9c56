import { setTimeout as wait } from 'node:timers/promises'
import { findFreePort } from '../harness/free-port.ts'
import { type Parlor, startParlor } from '../harness/start-parlor.ts'

const patienceMs = 30_000

/** A server with its demo, once the customer's page is there: Parlor listens before the sample documents are read. */
export async function startDemo(): Promise<{ parlor: Parlor; url: string }> {
  const port = await findFreePort()
  const url = `http://localhost:${port}`
  const parlor = await startParlor({ env: { PARLOR_DEMO: 'on', PARLOR_DEMO_PORT: String(port) } })
  const latest = performance.now() + patienceMs
  for (;;) {
    const isThere = await fetch(url).then(
      () => true,
      () => false,
    )
    if (isThere) return { parlor, url }
    if (performance.now() > latest) throw new Error(`No demo came up at ${url}:\n${parlor.output()}`)
    await wait(50)
  }
}
