import { afterAll, beforeAll, expect, test } from 'vitest'
import { type Parlor, startParlor } from '../harness/start-parlor.ts'
import { type Customer, newCustomer } from './customer.ts'
import { ask, closeCodeOf, readSession } from './talk.ts'

let parlor: Parlor
let agentId: string
let other: Customer
beforeAll(async () => {
  parlor = await startParlor()
  agentId = await parlor.createAgent()
  other = await newCustomer(parlor, 'Another shop')
})
afterAll(() => parlor[Symbol.asyncDispose]())

test('once DELETE has answered, the token opens nothing and a message sent then is not heard', async () => {
  const { session_id, session_token } = await parlor.createSession(agentId)
  const { socket } = await parlor.visit(session_token)
  const waiting = await parlor.connect()
  expect((await parlor.endSession(session_id)).status).toBe(200)
  socket.send({ type: 'user.text', id: 'late', text: 'Do you hear me?' })
  waiting.send({ type: 'hello', v: 1, token: session_token })
  expect((await waiting.closed).code).toBe(4411)
  expect((await socket.closed).code).toBe(4411)
  expect(socket.events.filter(({ type }) => type === 'user.message')).toEqual([])
})

test('DELETE cuts every connection of every visitor, and those of no other session', async () => {
  const [ended, kept] = [await parlor.createSession(agentId), await parlor.createSession(agentId)]
  const visits = await Promise.all(Array.from({ length: 5 }, () => parlor.visit(ended.session_token)))
  expect(new Set(visits.map(({ ready }) => ready.visitor.id)).size).toBe(5)
  const bystander = await parlor.visit(kept.session_token)
  await parlor.endSession(ended.session_id)
  for (const { socket } of visits) expect((await socket.closed).code).toBe(4411)
  const answer = await ask(bystander.socket, 'still', 'Are you still there?')
  expect(answer.finish).toBe('complete')
  bystander.socket.close()
})

test('nothing brings an ended session back: no method, no second token, no restart', async () => {
  const { session_id, session_token } = await parlor.createSession(agentId)
  await parlor.endSession(session_id)
  const path = `/v1/widget/sessions/${session_id}`
  for (const method of ['PUT', 'PATCH', 'POST']) {
    const answer = await parlor.request(method, path, { status: 'active', is_revoked: false })
    expect(answer.status, method).toBe(405)
  }
  await parlor.request('POST', '/v1/widget/sessions', { agentic_avatar_id: agentId, session_id })
  expect(await closeCodeOf(parlor, session_token)).toBe(4411)
  await parlor.restart()
  expect(await closeCodeOf(parlor, session_token)).toBe(4411)
  expect(await readSession(parlor, session_id)).toMatchObject({ status: 'terminated', is_revoked: true })
})

test('the agent of an ended session stays as it was and takes a new session', async () => {
  const path = `/v1/agentic-avatars/${agentId}`
  const before = (await parlor.request('GET', path)).body
  const first = await parlor.createSession(agentId)
  await parlor.endSession(first.session_id)
  const after = (await parlor.request('GET', path)).body
  expect({ ...after, usage: null, data: null }).toEqual({ ...before, usage: null, data: null })
  const { socket } = await parlor.visit((await parlor.createSession(agentId)).session_token)
  socket.close()
})

test('another account reads and ends nothing of ours, and learns no more than of an unknown id', async () => {
  const session = await parlor.createSession(agentId, { user_metadata: { userId: 'u-4711' } })
  const { socket } = await parlor.visit(session.session_token)
  const path = `/v1/widget/sessions/${session.session_id}`
  const unknown = '/v1/widget/sessions/0197a000-0000-7000-8000-000000000000'
  for (const method of ['GET', 'DELETE']) {
    const [foreign, none] = [await other.send(method, path), await other.send(method, unknown)]
    expect(foreign.status).toBe(404)
    expect(foreign.text).not.toContain('u-4711')
    expect({ ...foreign.body, request_id: '', error: '' }).toEqual({ ...none.body, request_id: '', error: '' })
  }
  expect(await readSession(parlor, session.session_id)).toMatchObject({ status: 'active', valid: true })
  expect((await ask(socket, 'still', 'Are you still there?')).finish).toBe('complete')
  socket.close()
})

test('an account makes no session for the agent of another, and none for an agent that is not there', async () => {
  const wish = (id: string) => other.send('POST', '/v1/widget/sessions', { agentic_avatar_id: id })
  for (const id of [agentId, '3deccfb2-cf96-459c-8b69-f601d6767ea5']) {
    expect(await wish(id)).toMatchObject({
      status: 404,
      body: { code: 'NOT_FOUND', error: { code: 'NOT_FOUND', aliases: ['RESOURCE_NOT_FOUND'] } },
    })
  }
  const usage = (await parlor.request('GET', `/v1/agentic-avatars/${agentId}`)).body.usage as { total_sessions: number }
  const { session_id } = await parlor.createSession(agentId)
  const later = (await parlor.request('GET', `/v1/agentic-avatars/${agentId}`)).body.usage as { total_sessions: number }
  expect(later.total_sessions).toBe(usage.total_sessions + 1)
  await parlor.endSession(session_id)
})
