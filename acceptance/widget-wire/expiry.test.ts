import { afterAll, beforeAll, expect, test } from 'vitest'
import { type Parlor, type SessionAnswer, startParlor } from '../harness/start-parlor.ts'
import { closeCodeOf, readSession } from './talk.ts'

let parlor: Parlor
let agentId: string
beforeAll(async () => {
  parlor = await startParlor()
  agentId = await parlor.createAgent()
})
afterAll(() => parlor[Symbol.asyncDispose]())

const make = (seconds: number) => parlor.createSession(agentId, { settings: { max_duration: seconds } })
/** A session that is over soon, but not before a busy machine has looked at it. */
const makeShort = () => make(3)

async function waitForEndOf({ expires_at }: SessionAnswer): Promise<void> {
  const leftMs = Date.parse(expires_at) - Date.now()
  await new Promise((resolve) => setTimeout(resolve, Math.max(0, leftMs) + 100))
}

test('at its end a session closes what is open with 4410 and its token is refused from then on', async () => {
  const session = await makeShort()
  const { socket, ready } = await parlor.visit(session.session_token)
  const end = Date.parse(String(ready.expires_at))
  const { code } = await socket.closed
  expect(code).toBe(4410)
  expect(Math.abs(Date.now() - end)).toBeLessThan(1_500)
  expect(socket.events.at(-1)).toMatchObject({ type: 'ended', reason: 'expired', code: 4410 })
  expect(await closeCodeOf(parlor, session.session_token)).toBe(4410)
  const resumed = await parlor.connect()
  await expect(resumed.hello(session.session_token, { visitor: ready.visitor })).rejects.toThrow('4410')
})

test('a session nobody visited expires as well, and is then read as expired', async () => {
  const session = await makeShort()
  expect(await readSession(parlor, session.session_id)).toMatchObject({ status: 'active', valid: true })
  await waitForEndOf(session)
  const read = await readSession(parlor, session.session_id)
  expect(read).toMatchObject({ status: 'expired', valid: false, is_revoked: false, ended_reason: 'expired' })
  expect(read.ended_at).toBe(read.expires_at)
  expect(await closeCodeOf(parlor, session.session_token)).toBe(4410)
})

test('nothing makes an expired session longer; a new one with a new token works', async () => {
  const old = await makeShort()
  await waitForEndOf(old)
  const path = `/v1/widget/sessions/${old.session_id}`
  for (const method of ['PUT', 'PATCH', 'POST']) {
    const answer = await parlor.request(method, path, { settings: { max_duration: 3600 } })
    expect(answer.status, method).toBe(405)
  }
  await parlor.request('POST', '/v1/widget/sessions', {
    agentic_avatar_id: agentId,
    session_id: old.session_id,
    session_token: old.session_token,
  })
  expect(await closeCodeOf(parlor, old.session_token)).toBe(4410)
  expect(await readSession(parlor, old.session_id)).toMatchObject({ status: 'expired', expires_at: old.expires_at })

  const fresh = await make(60)
  const { socket } = await parlor.visit(fresh.session_token)
  socket.close()
})

test('deleting an expired session answers as always and leaves it expired', async () => {
  const session = await makeShort()
  const { session_id, session_token } = session
  await waitForEndOf(session)
  for (const _ of [1, 2]) {
    expect(await parlor.endSession(session_id)).toMatchObject({ status: 200, body: { success: true, session_id } })
  }
  expect(await readSession(parlor, session_id)).toMatchObject({ status: 'expired', is_revoked: false })
  expect(await closeCodeOf(parlor, session_token)).toBe(4410)
})
