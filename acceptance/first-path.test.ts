import { setImmediate as turnOfTheLoop } from 'node:timers/promises'
import { afterAll, beforeAll, expect, test } from 'vitest'
import type { LiveEvent, LiveSocket } from './harness/socket.ts'
import { type Parlor, startParlor } from './harness/start-parlor.ts'

const hours = `# Visiting the museum

## Opening hours

The museum opens at nine in the morning. It closes at six in the evening.

## Tickets

A ticket costs twelve euros. Children under six enter for free.
`

let parlor: Parlor
let agentId: string

beforeAll(async () => {
  parlor = await startParlor()
  agentId = await parlor.createAgent({ documents: [{ name: 'visiting.md', text: hours }] })
})
afterAll(() => parlor[Symbol.asyncDispose]())

async function ask(socket: LiveSocket, id: string, text: string): Promise<LiveEvent> {
  socket.send({ type: 'user.text', id, text })
  const start = await socket.waitFor((event) => event.type === 'message.start' && event.reply_to === id)
  return socket.waitFor((event) => event.type === 'message.end' && event.response === start.response)
}

async function readStatus(sessionId: string) {
  const { status, body } = await parlor.request('GET', `/v1/widget/sessions/${sessionId}`)
  expect(status).toBe(200)
  return body
}

async function refusedWith(token: string): Promise<number> {
  const socket = await parlor.connect()
  await expect(socket.hello(token)).rejects.toThrow('closed')
  return (await socket.closed).code
}

test('a backend makes a session, two visitors use its token, and one call ends it for both at once', async () => {
  const session = await parlor.createSession(agentId, { settings: { allowed_domains: ['museum.example'] } })
  const origin = 'https://museum.example'
  const first = await parlor.visit(session.session_token, {}, { origin })
  const second = await parlor.visit(session.session_token, {}, { origin })
  expect(second.ready.visitor.id).not.toBe(first.ready.visitor.id)
  expect(await readStatus(session.session_id)).toMatchObject({ status: 'active', valid: true })

  const answer = await ask(first.socket, 'q1', 'How much is a ticket?')
  expect(answer).toMatchObject({ answer_mode: 'quotation', grounded: true, finish: 'complete' })
  expect(answer.text).toContain('A ticket costs twelve euros.')
  expect(answer.citations).toMatchObject([{ n: 1, source: 'visiting.md', heading: expect.stringContaining('Tickets') }])
  const pieces = first.socket.events.filter((event) => event.type === 'message.delta').map((event) => event.text)
  expect(pieces.length).toBeGreaterThan(0)
  expect(answer.text).toContain(pieces.join(''))

  const ended = await parlor.endSession(session.session_id)
  // What the server wrote before it answered lies in our sockets by now; the loop may look at them after the answer.
  await turnOfTheLoop()
  await turnOfTheLoop()
  expect(ended).toMatchObject({ status: 200, body: { success: true, session_id: session.session_id } })
  for (const { socket } of [first, second]) {
    expect(socket.events.at(-1)).toMatchObject({ type: 'ended', reason: 'revoked', code: 4411 })
    expect((await socket.closed).code).toBe(4411)
  }

  expect(await refusedWith(session.session_token)).toBe(4411)
  expect(await readStatus(session.session_id)).toMatchObject({ status: 'terminated', valid: false, is_revoked: true })
  expect((await parlor.endSession(session.session_id)).status).toBe(200)
})

test('each visitor has a transcript of its own', async () => {
  const { session_token } = await parlor.createSession(agentId)
  const first = await parlor.visit(session_token)
  await ask(first.socket, 'q1', 'When does the museum open?')
  first.socket.close()
  await first.socket.closed

  const other = await parlor.visit(session_token)
  expect(await other.socket.waitFor('snapshot')).toMatchObject({ messages: [] })
  const again = await parlor.visit(session_token, { visitor: first.ready.visitor })
  const { messages } = await again.socket.waitFor('snapshot')
  expect(messages).toMatchObject([
    { role: 'visitor', id: 'q1' },
    { role: 'agent', text: expect.stringContaining('nine in the morning') },
  ])
})

test('a page the session does not list is refused and told which rule fired', async () => {
  const session = await parlor.createSession(agentId, { allowed_origins: ['https://museum.example'] })
  const socket = await parlor.connect({ origin: 'https://thief.example' })
  await expect(socket.hello(session.session_token)).rejects.toThrow('4403')
  expect(socket.events).toMatchObject([{ type: 'error', code: 'origin_refused' }])
  expect(socket.events[0]?.message).toContain('https://thief.example')
})

test('a server that is asked to stop tells its visitors, and what it promised holds when it is back', async () => {
  const kept = await parlor.createSession(agentId)
  const ended = await parlor.createSession(agentId)
  await parlor.endSession(ended.session_id)
  const { socket, ready } = await parlor.visit(kept.session_token)
  await ask(socket, 'q1', 'When does the museum close?')

  const exit = await parlor.stop()
  expect(exit).toEqual({ code: 0, signal: null })
  expect(socket.events.at(-1)).toMatchObject({ type: 'notice', code: 'draining' })
  expect((await socket.closed).code).toBe(1001)

  await parlor.restart()
  const seen = socket.events.findLast((event) => event.seq !== undefined)?.seq
  const back = await parlor.visit(kept.session_token, { visitor: ready.visitor, resume: { last_seq: seen } })
  expect(back.ready.resume).toEqual({ ok: true, gap: false })
  const answer = await ask(back.socket, 'q2', 'Do children need a ticket?')
  expect(answer.text).toContain('Children under six enter for free.')
  expect(await refusedWith(ended.session_token)).toBe(4411)
  expect(await readStatus(ended.session_id)).toMatchObject({ status: 'terminated' })
})
