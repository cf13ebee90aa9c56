import { once } from 'node:events'
import { createServer } from 'node:net'
import { afterEach, expect, test, vi } from 'vitest'
import { findFreePort, findFreePorts } from './free-ports.ts'

afterEach(() => vi.unstubAllEnvs())

test('a port is handed out once, though nobody listens on it yet', async () => {
  const ports = [...(await findFreePorts(20)), await findFreePort()]
  expect(new Set(ports).size).toBe(21)
})

test('two workers of one run are never given the same one', async () => {
  const given: number[][] = []
  for (const worker of ['1', '2']) {
    vi.stubEnv('VITEST_POOL_ID', worker)
    given.push(await findFreePorts(150))
  }
  expect(new Set(given.flat()).size).toBe(300)
})

test('one somebody listens on is passed over, and a range that has no other says so', async () => {
  const taken = createServer().listen(await findFreePort(), '127.0.0.1')
  await once(taken, 'listening')
  const address = taken.address()
  const port = typeof address === 'object' ? (address?.port ?? 0) : 0
  vi.stubEnv('PARLOR_TEST_PORTS', `${port}-${port + 1}`)
  expect(await findFreePort()).toBe(port + 1)
  vi.stubEnv('PARLOR_TEST_PORTS', `${port}-${port}`)
  await expect(findFreePort()).rejects.toThrow('Not enough free ports')
  taken.close()
})
