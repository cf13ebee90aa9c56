import { afterAll, beforeAll, expect, test } from 'vitest'
import { storeKind } from '../harness/choose-store.ts'
import { findFreePort } from '../harness/free-port.ts'
import { openHttpClient } from '../harness/http-client.ts'
import { startServerProcess } from '../harness/server-process.ts'
import { type Parlor, startParlor } from '../harness/start-parlor.ts'
import { checkSessions, checkTalk, checkTokens } from './check.ts'
import { liveOnce, type Trigger } from './live-once.ts'
import { countPromises, type MadeSession, noPromises } from './promises.ts'

const triggers: Trigger[] = ['commit', 'create', 'commit', 'end', 'message', 'commit', 'time']
/** Over Postgres each trigger three times round: there random kills of nodes and of Postgres itself prove the rest. */
const kills = storeKind() === 'sqlite' ? 50 : 3 * triggers.length
const limitMs = 900_000

const museum = `# The museum

## Opening hours

The museum opens at nine in the morning.

## Tickets

A ticket costs twelve euros.

## Cloakroom

The cloakroom is behind the stairs.
`

let parlor: Parlor

beforeAll(async () => {
  parlor = await startParlor({ env: { PARLOR_LIMIT_MESSAGES: '100000' }, tap: 'hears_commits' })
})
afterAll(() => parlor[Symbol.asyncDispose]())

test(`nothing acknowledged is lost and nothing ended comes back over ${kills} kills under load`, {
  timeout: limitMs,
}, async () => {
  const settings = { max_conversation_length: 10_000 }
  const agentId = await parlor.createAgent({ documents: [{ name: 'museum.md', text: museum }], settings })
  const promises = noPromises()
  const inFlight: number[] = []
  const tally = { endsFoundDone: 0, endsFoundUndone: 0 }
  for (let life = 0; life < kills; life++) {
    const before = promises.sessions.length
    const trigger = triggers[life % triggers.length] ?? 'time'
    inFlight.push((await liveOnce(parlor, agentId, promises, trigger, life)).inFlight)
    await parlor.restart()
    // All that was touched in this life, and a sample of what lies further back.
    const touched = promises.sessions.filter((session, index) => index >= before || session.settled === null)
    const sample = promises.sessions.filter((_, index) => index % 37 === life % 37).slice(0, 100)
    expect(await checkSessions(parlor, [...touched, ...sample])).toEqual([])
    countUnanswered(touched, tally)
    for (const talker of promises.talkers.slice(-6)) expect(await checkTalk(parlor, talker)).toEqual([])
  }
  expect(await checkSessions(parlor, promises.sessions)).toEqual([])
  const ended = promises.sessions.filter(({ end }) => end === 'acknowledged')
  const open = promises.sessions.filter(({ end }) => end === 'not_asked')
  expect(await checkTokens(parlor, [...spread(ended, 100), ...spread(open, 30)])).toEqual([])
  for (const talker of promises.talkers) expect(await checkTalk(parlor, talker)).toEqual([])

  const counts = countPromises(promises)
  const busy = inFlight.filter((count) => count > 0).length
  console.log(
    `${kills} kills, ${busy} of them with answers in flight (${inFlight.reduce((a, b) => a + b, 0)} requests and messages). ` +
      `Acknowledged and checked: ${counts.creates} creates, ${counts.ends} ends, ${counts.messages} messages, ` +
      `${counts.answers} answers. Ends cut off by a kill: ${tally.endsFoundDone} were committed, ` +
      `${tally.endsFoundUndone} were not.`,
  )
  expect(busy).toBeGreaterThan(kills * 0.8)
  expect(counts.creates).toBeGreaterThan(kills)
  expect(counts.ends).toBeGreaterThan(kills)
  expect(counts.messages).toBeGreaterThan(kills)
})

if (storeKind() === 'sqlite') {
  test('the data folder is locked while a server runs, and free again after a crash', async () => {
    const env = { ...parlor.store.env, PORT: '0', PARLOR_BOOTSTRAP_KEY: parlor.key }
    await expect(startServerProcess(env)).rejects.toThrow(/in use by another Parlor/)
    expect((await parlor.request('GET', '/health')).status).toBe(200)
    await parlor.kill()
    await parlor.restart()
    expect((await parlor.request('GET', '/health')).status).toBe(200)
  })
} else {
  test('a database takes a second server, which goes on when the first one crashes', async () => {
    const port = await findFreePort()
    const env = { ...parlor.store.env, PORT: String(port), PARLOR_BOOTSTRAP_KEY: parlor.key, PARLOR_DEMO: 'off' }
    const second = await startServerProcess(env)
    try {
      const http = openHttpClient(port)
      await parlor.kill()
      expect((await http.send('GET', '/health')).status).toBe(200)
      http.close()
    } finally {
      await second.kill()
    }
  })
}

/** An end that was asked for and not answered shows on which side of the commit its kill fell. */
function countUnanswered(touched: readonly MadeSession[], tally: { endsFoundDone: number; endsFoundUndone: number }) {
  for (const { end, settled } of touched) {
    if (end !== 'asked') continue
    if (settled === 'terminated') tally.endsFoundDone += 1
    else tally.endsFoundUndone += 1
  }
}

function spread<T>(items: readonly T[], count: number): T[] {
  const step = Math.max(1, Math.floor(items.length / count))
  return items.filter((_, index) => index % step === 0).slice(0, count)
}
