import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { join } from 'node:path'
import { expect, test, vi } from 'vitest'
import { findServer } from './find-server.ts'
import { runServer } from './run-server.ts'

const found = await findServer()
const none = 'reason' in found

const answers = (port: number): Promise<boolean> =>
  fetch(`http://127.0.0.1:${port}/`).then(
    (answer) => answer.ok,
    () => false,
  )

test.skipIf(none)('a server is killed, started again where it was, and gone when it is left', async () => {
  const server = await runServer()
  const { port, url } = server
  expect([url, await answers(port)]).toEqual([`ws://127.0.0.1:${port}`, true])
  const first = server.pid()
  await server.kill()
  expect([server.pid(), await answers(port)]).toEqual([0, false])
  await server.start()
  expect(await answers(port)).toBe(true)
  expect(server.pid()).not.toBe(first)
  await server.stop()
  await server.stop()
  expect(await answers(port)).toBe(false)
  expect(server.output().split('starting LiveKit server')).toHaveLength(3)
})

test.skipIf(none)('servers run beside each other with keys of their own', async () => {
  await using one = await runServer()
  await using other = await runServer()
  expect(new Set([one.port, other.port, one.key, other.key, one.secret, other.secret]).size).toBe(6)
})

test.skipIf(none)('when the process that started it is killed, the server ends', async () => {
  const runner = join(import.meta.dirname, 'run-server.ts')
  const script = `import { runServer } from ${JSON.stringify(runner)}
    const { port } = await runServer()
    console.log(port)
    setInterval(() => {}, 1000)`
  const child = spawn(process.execPath, ['--input-type=module', '--eval', script], {
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  const port = Number(await once(child.stdout, 'data'))
  expect(await answers(port)).toBe(true)
  child.kill('SIGKILL')
  await vi.waitFor(async () => expect(await answers(port)).toBe(false), { timeout: 10_000, interval: 50 })
})

test('a server that cannot start says what it said', async () => {
  vi.stubEnv('PARLOR_TEST_LIVEKIT', 'true')
  try {
    await expect(runServer()).rejects.toThrow('LiveKit did not start')
    vi.stubEnv('PARLOR_TEST_LIVEKIT', '/no/where')
    await expect(runServer()).rejects.toThrow('No LiveKit server for this test: PARLOR_TEST_LIVEKIT names /no/where')
  } finally {
    vi.unstubAllEnvs()
  }
})
