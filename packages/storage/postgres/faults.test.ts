import { end, type Session } from '@parlor/core/session'
import { fixedClock } from '@parlor/core/time'
import { Client } from 'pg'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { issuedEntry, sampleAccount, sampleSession } from '../contract/samples.ts'
import { openPostgresStores, type PostgresStores } from './index.ts'
import type { Patience } from './open-database.ts'
import { type OwnPostgres, ownPostgres } from './testing/ask-keeper.ts'
import { silentProxy } from './testing/silent-proxy.ts'
import { command } from './testing/test-database.ts'

const clock = fixedClock()
const unavailable = { code: 'unavailable' }
const patience: Patience = { connectMs: 500, statementMs: 500, lockMs: 200, silenceMs: 200, idleInTransactionMs: 300 }

let own: OwnPostgres
let stores: PostgresStores
beforeAll(async () => {
  own = await ownPostgres({ max_connections: '12', superuser_reserved_connections: '2' })
  stores = await openPostgresStores({ url: own.url, clock, connections: 4, patience })
})
afterAll(async () => {
  await stores.close()
  own.remove()
})

const make = async (to = stores): Promise<Session> => {
  const session = sampleSession(clock.now())
  await to.sessions.insertSession(session, issuedEntry(session), { account: 1_000_000, key: null })
  return session
}
const finish = (id: string, to = stores) => to.sessions.changeSession(id, (now) => end(now, 'revoked', clock.now()))
const recovers = () =>
  expect
    .poll(
      () =>
        make().then(
          () => 'made',
          () => 'refused',
        ),
      { timeout: 10_000 },
    )
    .toBe('made')

/** A connection that holds something until `work` is done. */
async function holding(sql: string, work: () => Promise<void>): Promise<void> {
  const holder = new Client({ connectionString: own.url })
  await holder.connect()
  try {
    await holder.query(`BEGIN; ${sql}`)
    await work()
  } finally {
    await holder.end()
  }
}

test('a server that crashes is unavailable at once, serves again by itself, and has all it acknowledged', async () => {
  const before = await Promise.all(Array.from({ length: 50 }, () => make()))
  const ended = await finish(before[0]?.id ?? '')
  await own.kill()
  await expect(make()).rejects.toMatchObject({ ...unavailable, cause: expect.any(Error) })
  await expect(stores.sessions.findSession('any')).rejects.toMatchObject(unavailable)
  await expect(stores.probe()).rejects.toMatchObject(unavailable)
  await own.start()
  await recovers()
  for (const { id } of before.slice(1)) expect(await stores.sessions.findSession(id)).not.toBeNull()
  expect(await stores.sessions.findSession(before[0]?.id ?? '')).toEqual(ended)
  await stores.probe()
})

test('a server that is stopped in the middle of everything fails each write or has kept it', async () => {
  const sessions = Array.from({ length: 300 }, () => sampleSession(clock.now()))
  const settled = Promise.allSettled(
    sessions.map(async (session, index) => {
      await new Promise((resolve) => setTimeout(resolve, index / 3))
      await stores.sessions.insertSession(session, issuedEntry(session), { account: 1_000_000, key: null })
    }),
  )
  await new Promise((resolve) => setTimeout(resolve, 30))
  await own.stop()
  const outcomes = await settled
  await own.start()
  await recovers()
  expect(outcomes.filter(({ status }) => status === 'rejected').length).toBeGreaterThan(0)
  for (const [index, outcome] of outcomes.entries()) {
    if (outcome.status === 'rejected') expect(outcome.reason).toMatchObject(unavailable)
    else expect(await stores.sessions.findSession(sessions[index]?.id ?? '')).not.toBeNull()
  }
})

test('who waits too long for a lock is told so, and the store goes on', async () => {
  const session = await make()
  await holding(`SELECT FROM sessions WHERE id = '${session.id}' FOR UPDATE`, async () => {
    await expect(finish(session.id)).rejects.toMatchObject(unavailable)
    await make()
  })
  expect(await finish(session.id)).toMatchObject({ state: 'ended' })
})

test('a statement that takes too long is given up', async () => {
  await holding('LOCK TABLE sessions', async () => {
    const started = performance.now()
    await expect(stores.sessions.findSession('any')).rejects.toMatchObject(unavailable)
    expect(performance.now() - started).toBeLessThan(5_000)
  })
  expect(await stores.sessions.findSession('any')).toBeNull()
})

test('a full disk is an error, not a hang, and over once there is room', async () => {
  const session = await make()
  await command(
    own.url,
    `CREATE FUNCTION no_room() RETURNS trigger LANGUAGE plpgsql AS $$
     BEGIN RAISE EXCEPTION 'could not extend file' USING ERRCODE = 'disk_full'; END $$;
     CREATE TRIGGER no_room BEFORE INSERT ON session_events EXECUTE FUNCTION no_room()`,
  )
  await expect(Promise.all([make(), make()])).rejects.toMatchObject(unavailable)
  await expect(finish(session.id)).rejects.toMatchObject(unavailable)
  expect(await stores.sessions.findSession(session.id)).toEqual(session)
  await command(own.url, 'DROP TRIGGER no_room ON session_events')
  expect(await finish(session.id)).toMatchObject({ state: 'ended' })
})

test('a server that takes no more connections is unavailable to those that need one, and over once there are', async () => {
  const late = await openPostgresStores({ url: own.url, clock, connections: 1, patience })
  await command(
    own.url,
    `SELECT pg_terminate_backend(pid) FROM pg_stat_activity
    WHERE pid <> pg_backend_pid() AND backend_type = 'client backend'`,
  )
  const held: Client[] = []
  for (;;) {
    const client = new Client({ connectionString: own.url })
    client.on('error', () => {})
    const taken = await client.connect().then(
      () => true,
      () => false,
    )
    if (!taken) break
    held.push(client)
  }
  await expect(late.accounts.insertAccount(sampleAccount())).rejects.toMatchObject(unavailable)
  await Promise.all(held.map((client) => client.end()))
  await expect
    .poll(() =>
      late.probe().then(
        () => 'well',
        () => 'not yet',
      ),
    )
    .toBe('well')
  await late.close()
  await recovers()
})

test('a server that answers nothing any more is unavailable, not waited for, and used again when it answers', async () => {
  const proxy = await silentProxy(own.url)
  const behind = await openPostgresStores({ url: proxy.url, clock, connections: 2, patience })
  const session = await make(behind)
  proxy.silence()
  await expect(make(behind)).rejects.toMatchObject(unavailable)
  await expect(behind.sessions.findSession(session.id)).rejects.toMatchObject(unavailable)
  proxy.restore()
  await expect
    .poll(
      () =>
        behind.probe().then(
          () => 'well',
          () => 'not yet',
        ),
      { timeout: 10_000 },
    )
    .toBe('well')
  expect(await finish(session.id, behind)).toMatchObject({ state: 'ended' })
  await behind.close()
  proxy.close()
})

test('a closed store refuses reads and writes as unavailable, and has written what was queued', async () => {
  const closing = await openPostgresStores({ url: own.url, clock, connections: 2, patience })
  const queued = make(closing)
  await closing.close()
  const session = await queued
  expect(await stores.sessions.findSession(session.id)).toEqual(session)
  await expect(make(closing)).rejects.toMatchObject(unavailable)
  await expect(closing.sessions.findSession(session.id)).rejects.toMatchObject(unavailable)
  await expect(closing.accounts.listAccounts()).rejects.toMatchObject(unavailable)
  await expect(closing.probe()).rejects.toMatchObject(unavailable)
})
