import type { ServerEvent } from '@parlor/protocol'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { createLiveClient, type LiveClient } from './live-client.ts'
import { manualPlatform, type Peer, ready, startScriptedServer, until } from './scripted-server.test-support.ts'
import { keptOf, remainingMs } from './state.ts'

const at = new Date(1_000_000).toISOString()
const stored = (seq: number, id: string, text = 'x'): ServerEvent => ({
  type: 'user.message',
  seq,
  id,
  text,
  source: 'text',
  final: true,
  at,
})
const snapshot: ServerEvent = { type: 'snapshot', seq: 0, messages: [] }

let server: Awaited<ReturnType<typeof startScriptedServer>>
let clock: ReturnType<typeof manualPlatform>
let client: LiveClient

beforeEach(async () => {
  server = await startScriptedServer()
  clock = manualPlatform()
  client = createLiveClient({ url: server.url, token: 'secret-token', session: 'session-1', platform: clock.platform })
})
afterEach(() => {
  client.dispose()
  server.stop()
})

/** Connects and gets as far as `ready`. */
async function open(...more: ServerEvent[]): Promise<Peer> {
  client.connect()
  const peer = await server.accept()
  await peer.hear('hello')
  peer.say(ready, ...more)
  await until(client, (state) => state.connection.phase === 'open')
  return peer
}

/** Breaks the connection and waits for the next one, past its `hello`. */
async function reopen(peer: Peer) {
  peer.socket.terminate()
  await until(client, (state) => state.connection.phase === 'reconnecting')
  clock.advance(8_000)
  const next = await server.accept()
  return { next, hello: await next.hear('hello') }
}

describe('hello', () => {
  test('comes first, carries token and session, and the address carries neither', async () => {
    client.connect()
    const hello = await (await server.accept()).hear('hello')
    expect(hello).toMatchObject({ v: 1, token: 'secret-token', session: 'session-1' })
    expect(hello.visitor).toBeUndefined()
    expect(server.urls).toEqual(['/v1/rt'])
  })

  test('of a visitor known from before asks for the snapshot, not for a replay', async () => {
    const visitor = { id: 'v', resume_key: 'k' }
    client = createLiveClient({ url: server.url, token: 't', visitor, platform: clock.platform })
    client.connect()
    const hello = await (await server.accept()).hear('hello')
    expect(hello.visitor).toEqual(visitor)
    expect(hello.resume).toBeUndefined()
  })

  test('after a lost connection resumes as the same visitor after the last event', async () => {
    const peer = await open(snapshot, stored(1, 'other'))
    await until(client, (state) => state.transcript.lastSeq === 1)
    const { next, hello } = await reopen(peer)
    expect(hello).toMatchObject({ visitor: ready.visitor, resume: { last_seq: 1 } })
    next.say({ ...ready, resume: { ok: true, gap: false } }, stored(1, 'other'), stored(2, 'newer'))
    const state = await until(client, ({ transcript }) => transcript.lastSeq === 2)
    expect(state.transcript.entries).toHaveLength(2)
    expect(keptOf(state)).toEqual({ visitor: ready.visitor, last_seq: 2 })
  })
})

describe('the outbox', () => {
  test('keeps what was typed before the connection and sends it after ready', async () => {
    expect(client.send('early')).toBe('msg-1')
    client.connect()
    const peer = await server.accept()
    await peer.hear('hello')
    expect(peer.heard).toEqual([])
    peer.say(ready, snapshot)
    expect(await peer.hear('user.text')).toEqual({ type: 'user.text', id: 'msg-1', text: 'early' })
    expect(client.state.transcript.entries).toMatchObject([{ id: 'msg-1', delivery: 'pending' }])
  })

  test('sends again by the same id what was not acknowledged, and shows it once', async () => {
    const peer = await open(snapshot)
    const id = client.send('did you get this?') as string
    expect((await peer.hear('user.text')).id).toBe(id)
    const { next } = await reopen(peer)
    next.say(ready)
    expect((await next.hear('user.text')).id).toBe(id)
    next.say(stored(1, id, 'did you get this?'), stored(1, id, 'did you get this?'))
    const state = await until(client, ({ transcript }) => transcript.lastSeq === 1)
    expect(state.transcript.entries).toMatchObject([{ id, delivery: 'acknowledged' }])
    const again = await reopen(next)
    again.next.say(ready)
    await until(client, ({ connection }) => connection.phase === 'open')
    client.interrupt()
    await again.next.hear('interrupt')
    expect(again.next.heard).toEqual([])
  })

  test('has at most eight messages on their way', async () => {
    for (let n = 0; n < 12; n++) client.send(`message ${n}`)
    const peer = await open(snapshot)
    const first = await peer.hear('user.text')
    client.interrupt()
    await peer.hear('interrupt')
    expect(peer.heard).toHaveLength(7)
    peer.say(stored(1, first.id))
    await until(client, ({ transcript }) => transcript.lastSeq === 1)
    client.interrupt()
    await peer.hear('interrupt')
    expect(peer.heard).toHaveLength(8)
  })

  test('tries a retryable refusal again and shows a final one', async () => {
    const peer = await open(snapshot)
    const id = client.send('one') as string
    await peer.hear('user.text')
    peer.say({ type: 'error', code: 'rate_limited', message: 'slow', ref: id, retryable: true }, { type: 'pong', t: 0 })
    peer.say({ type: 'state', agent: 'listening' })
    await until(client, (state) => state.agentState === 'listening')
    clock.advance(2_000)
    expect((await peer.hear('user.text')).id).toBe(id)
    peer.say({ type: 'error', code: 'text_input_off', message: 'off', ref: id, retryable: false })
    const state = await until(client, ({ transcript }) => transcript.entries.some((one) => 'failure' in one))
    expect(state.transcript.entries).toMatchObject([{ id, failure: 'text_input_off' }])
  })

  test('takes no empty and no oversized text', () => {
    expect(client.send('  \n')).toBeNull()
    expect(client.send('é'.repeat(2_049))).toBeNull()
    expect(client.send('é'.repeat(2_048))).not.toBeNull()
  })
})

describe('the line', () => {
  test('pings every 15 s and gives up on a server silent for 10 s', async () => {
    const peer = await open()
    clock.advance(15_000)
    expect(await peer.hear('ping')).toEqual({ type: 'ping', t: 1_015_000 })
    peer.say({ type: 'pong', t: 1_015_000 }, { type: 'state', agent: 'thinking' })
    await until(client, (state) => state.agentState === 'thinking')
    clock.advance(15_000)
    await peer.hear('ping')
    expect(client.state.connection.phase).toBe('open')
    clock.advance(10_000)
    expect(client.state).toMatchObject({ connection: { phase: 'reconnecting', code: 4408 }, agentState: 'idle' })
    await peer.closed
  })

  test('acknowledges every tenth durable event', async () => {
    const peer = await open(snapshot)
    for (let seq = 1; seq <= 19; seq++) peer.say(stored(seq, `m${seq}`))
    expect(await peer.hear('ack')).toEqual({ type: 'ack', seq: 10 })
    await until(client, ({ transcript }) => transcript.lastSeq === 19)
    expect(peer.heard).toEqual([])
  })

  test.each([4400, 4401, 4403, 4409, 4410, 4411, 4412, 4413])('stays closed after %i', async (code) => {
    const peer = await open()
    peer.close(code)
    const state = await until(client, ({ connection }) => connection.phase === 'closed')
    expect(state.connection).toMatchObject({ code })
    clock.advance(600_000)
    expect(server.connections()).toBe(1)
    expect(clock.timers.size).toBe(0)
  })

  test('comes back after a replacement when asked to', async () => {
    const peer = await open()
    peer.close(4409)
    await until(client, ({ connection }) => connection.phase === 'closed')
    client.connect()
    expect((await (await server.accept()).hear('hello')).visitor).toEqual(ready.visitor)
  })

  test('keeps the reason the server gave, whatever the socket says then', async () => {
    const peer = await open()
    peer.say({ type: 'ended', reason: 'stopped', code: 4411 })
    peer.close(4411)
    const state = await until(client, ({ connection }) => connection.phase === 'closed')
    expect(state.connection).toEqual({ phase: 'closed', code: 4411, reason: 'stopped' })
    expect(client.send('too late')).toBeNull()
  })

  test('stops trying when the session has expired meanwhile', async () => {
    const peer = await open()
    clock.advance(14_000)
    peer.socket.terminate()
    await until(client, ({ connection }) => connection.phase === 'reconnecting')
    server.stop()
    clock.setNow(2_000_000)
    clock.advance(0)
    expect(client.state.connection).toEqual({ phase: 'closed', code: 4410, reason: 'expired' })
  })

  test('keeps trying where no socket can even be made', () => {
    let tries = 0
    const openSocket = () => {
      tries += 1
      throw new DOMException('blocked', 'SecurityError')
    }
    client = createLiveClient({ url: server.url, token: 't', platform: { ...clock.platform, openSocket } })
    client.connect()
    expect(client.state.connection).toMatchObject({ phase: 'connecting', attempt: 0 })
    clock.advance(0)
    expect(client.state.connection).toMatchObject({ phase: 'connecting', attempt: 1, code: 1006 })
    clock.advance(8_000)
    expect(tries).toBeGreaterThan(2)
    client.retryNow()
    client.dispose()
    expect(clock.timers.size).toBe(0)
  })

  test('does not wait for ever for a server that takes the socket and says nothing', async () => {
    client.connect()
    const peer = await server.accept()
    await peer.hear('hello')
    clock.advance(10_000)
    expect(client.state.connection).toMatchObject({ phase: 'connecting', attempt: 1, code: 4408 })
    await peer.closed
  })

  test('counts down by the clock of the server', async () => {
    clock.setNow(500_000)
    await open()
    expect(client.state.clockSkewMs).toBe(500_000)
    expect(remainingMs(client.state, 500_000)).toBe(1_000_000)
    expect(remainingMs(client.state, 9_000_000)).toBe(0)
  })

  test('survives what is no event, and ignores types it does not know', async () => {
    const peer = await open()
    for (const text of ['{', 'null', '[]', '42', '{"type":7}', '{"type":"from.the.future"}']) peer.socket.send(text)
    peer.socket.send(Buffer.from([1, 2, 3]))
    peer.say({ type: 'state', agent: 'speaking' })
    await until(client, (state) => state.agentState === 'speaking')
  })

  test('interrupts the answer that is being given, also by sending another message', async () => {
    const peer = await open(snapshot, { type: 'message.start', seq: 1, response: 5, reply_to: null })
    await until(client, ({ transcript }) => transcript.lastSeq === 1)
    client.interrupt()
    expect(await peer.hear('interrupt')).toEqual({ type: 'interrupt', response: 5, reason: 'button' })
    client.send('wait')
    expect(await peer.hear('interrupt')).toEqual({ type: 'interrupt', response: 5, reason: 'text' })
  })

  test('says bye when the visitor leaves', async () => {
    const peer = await open()
    client.leave()
    await peer.hear('bye')
    expect(client.state.connection).toMatchObject({ phase: 'closed', reason: 'left' })
    expect(clock.timers.size).toBe(0)
  })
})
