import { fixedClock } from '@parlor/core/time'
import { expect, test } from 'vitest'
import { openPostgresStores } from './index.ts'
import { newDatabase, ownPostgres } from './testing/ask-keeper.ts'
import { command } from './testing/test-database.ts'

const clock = fixedClock()
const nameOf = (url: string) => new URL(url).pathname.slice(1)

test('a database that would lose what it acknowledged is refused, and so is a connection made after it became one', async () => {
  const url = await newDatabase()
  const stores = await openPostgresStores({ url, clock, connections: 2 })
  await stores.probe()
  await command(url, `ALTER DATABASE ${nameOf(url)} SET synchronous_commit = off`)
  await expect(openPostgresStores({ url, clock })).rejects.toMatchObject({
    reason: 'not_durable',
    message: expect.stringContaining('synchronous_commit off'),
  })
  // Every connection there is is ended, so that the next write needs a new one.
  await command(
    url,
    `SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE pid <> pg_backend_pid()
    AND datname = '${nameOf(url)}'`,
  )
  await expect.poll(() => stores.probe().catch((error) => String(error.cause))).toContain('synchronous_commit')
  await stores.close()
})

test('a server without fsync is refused', async () => {
  const own = await ownPostgres({ fsync: 'off' })
  await expect(openPostgresStores({ url: own.url, clock })).rejects.toMatchObject({
    reason: 'not_durable',
    message: expect.stringContaining('fsync off'),
  })
  own.remove()
})

test('a database in another encoding is refused, and one that cannot be reached is named without its password', async () => {
  const own = await ownPostgres()
  await command(own.url, "CREATE DATABASE ascii TEMPLATE template0 ENCODING 'SQL_ASCII'")
  const url = Object.assign(new URL(own.url), { pathname: 'ascii' }).href
  await expect(openPostgresStores({ url, clock })).rejects.toMatchObject({
    reason: 'unusable',
    message: expect.stringContaining('UTF8'),
  })
  await own.stop()
  const refused = await openPostgresStores({ url, clock }).catch((error: Error) => error)
  expect(refused).toMatchObject({
    reason: 'unusable',
    message: expect.stringMatching(/^The database ascii at 127\.0\.0\.1:\d+ cannot be used; /),
  })
  expect(JSON.stringify(refused)).not.toContain(new URL(url).password)
  expect(String(refused)).not.toContain(new URL(url).password)
  own.remove()
})
