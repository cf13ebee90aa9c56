import { expect, inject, test } from 'vitest'
import { startNodes } from '../../harness/start-nodes.ts'
import { museum } from '../museum.ts'

const hourMs = 3_600_000

/** Sets the clock people read: an hour forward at one signal, an hour back at the other. */
const settableClock = `data:text/javascript,${encodeURIComponent(`
  const RealDate = Date
  let shift = 0
  globalThis.Date = class extends RealDate {
    constructor(...given) { given.length === 0 ? super(RealDate.now() + shift) : super(...given) }
    static now() { return RealDate.now() + shift }
  }
  process.on('SIGUSR2', () => { shift += ${hourMs} })
  process.on('SIGWINCH', () => { shift -= ${hourMs} })
`)}`

test('a node whose clock is set forward and back an hour keeps the time of all others', async () => {
  await using nodes = await startNodes({ keeper: inject('postgresKeeper'), nodes: 1 })
  const { parlor: odd } = await nodes.add({ nodeArgs: ['--import', settableClock] })
  const even = nodes.node(0)
  const agentId = await even.createAgent({ documents: [museum] })
  const { session_token: long } = await even.createSession(agentId, { max_duration: 600 })
  const short = await even.createSession(agentId, { max_duration: 1 })

  const getIn = async () => {
    const { socket, ready } = await odd.visit(long)
    socket.send({ type: 'user.text', id: 'm1', text: 'When does the museum open?' })
    await socket.waitFor('message.end')
    socket.terminate()
    return ready
  }
  const offBy = async () => {
    const { expires_at } = await odd.createSession(agentId, { max_duration: 600 })
    return Math.abs(Date.parse(expires_at) - 600_000 - Date.now())
  }
  const codeFor = async (token: string) => {
    const socket = await odd.connect()
    await socket.hello(token).catch(() => {})
    return (await socket.closed).code
  }
  const quiet = { timeout: 20_000, interval: 200 }
  await expect.poll(() => codeFor(short.session_token), quiet).toBe(4410)

  odd.signal('SIGUSR2')
  // For a moment it looks like a machine that slept: the lease counts as over, and is asked for anew.
  await expect.poll(() => getIn().then(() => 'in', String), quiet).toBe('in')
  expect(await offBy()).toBeLessThan(10_000)
  await expect.poll(() => odd.output(), quiet).toContain('clock differs from the store')

  odd.signal('SIGWINCH')
  odd.signal('SIGWINCH')
  await expect.poll(() => getIn().then(() => 'in', String), quiet).toBe('in')
  expect(await offBy()).toBeLessThan(10_000)
  // What has expired stays so, and what is ended elsewhere is ended here.
  expect(await codeFor(short.session_token)).toBe(4410)
  const { socket } = await odd.visit(long)
  const session = (await even.createSession(agentId)).session_id
  expect((await even.endSession(session)).status).toBe(200)
  socket.send({ type: 'ping', t: 1 })
  await socket.waitFor('pong')
  socket.terminate()
})
