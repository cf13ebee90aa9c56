import { afterAll, beforeAll, describe, expect, inject, test } from 'vitest'
import { type ManyNodes, startNodes } from '../harness/start-nodes.ts'
import { museum } from './museum.ts'

let nodes: ManyNodes
let agentId: string

beforeAll(async () => {
  nodes = await startNodes({ keeper: inject('postgresKeeper'), nodes: 2, env: { PARLOR_LIMIT_MESSAGES: '3' } })
  agentId = await nodes.node(0).createAgent({ documents: [museum] })
})
afterAll(() => nodes?.[Symbol.asyncDispose]())

describe('two nodes over one database', () => {
  test('let a visitor resume on the other one, with everything', async () => {
    const [first, second] = [nodes.node(0), nodes.node(1)]
    const { session_token: token } = await first.createSession(agentId)
    const { socket, ready } = await first.visit(token)
    socket.send({ type: 'user.text', id: 'm1', text: 'When does the museum open?' })
    const answer = await socket.waitFor('message.end')
    socket.terminate()

    const more = { visitor: ready.visitor, resume: { last_seq: 1 } }
    const again = await second.visit(token, more)
    expect(again.ready.resume).toEqual({ ok: true, gap: false })
    const replayed = await again.socket.waitFor('message.end')
    expect(replayed).toMatchObject({ replay: true, id: answer.id, text: answer.text, seq: answer.seq })

    again.socket.send({ type: 'user.text', id: 'm2', text: 'How much is a ticket?' })
    await again.socket.waitFor((event) => event.type === 'user.message' && event.id === 'm2')
    await again.socket.waitFor((event) => event.type === 'message.end' && event.replay !== true)
    again.socket.terminate()
    const fresh = await first.visit(token, { visitor: ready.visitor })
    const { messages } = await fresh.socket.waitFor('snapshot')
    expect((messages as { role: string; text: string }[]).map(({ role }) => role)).toEqual([
      'visitor',
      'agent',
      'visitor',
      'agent',
    ])
    fresh.socket.terminate()
  })

  test('close the older line of a visitor who came to the other node', async () => {
    const { session_token: token } = await nodes.node(0).createSession(agentId)
    const { socket, ready } = await nodes.node(0).visit(token)
    const newer = await nodes.node(1).visit(token, { visitor: ready.visitor })
    expect((await socket.closed).code).toBe(4409)
    newer.socket.send({ type: 'ping', t: 1 })
    await newer.socket.waitFor('pong')
    newer.socket.terminate()
  })

  test('show the same sessions, lists, agents and history', async () => {
    const made = await Promise.all([0, 1].map((index) => nodes.node(index).createSession(agentId)))
    await nodes.node(0).endSession(made[1]?.session_id ?? '')
    for (const { session_id: id } of made) {
      const seen = await Promise.all(
        [0, 1].map((index) => nodes.node(index).request('GET', `/v1/widget/sessions/${id}`)),
      )
      expect(seen[0]?.status).toBe(200)
      expect(seen[1]?.body).toEqual(seen[0]?.body)
    }
    for (const path of ['/v1/agentic-avatars', '/v1/brains', '/v1/knowledge-bases']) {
      const seen = await Promise.all([0, 1].map((index) => nodes.node(index).request('GET', path)))
      expect(seen[0]?.status).toBe(200)
      expect(seen[1]?.body).toEqual(seen[0]?.body)
    }
    const calls = async (index: number) => {
      const { body } = await nodes.node(index).request<{ data: { request_id: string }[] }>('GET', '/v1/requests')
      return body.data.map(({ request_id }) => request_id)
    }
    const marker = await nodes.node(0).request('GET', '/v1/brains')
    await expect.poll(() => calls(1)).toContain(marker.headers['x-request-id'])
  })

  test('make one session of one Idempotency-Key, though both are asked at once', async () => {
    for (let round = 0; round < 10; round++) {
      const ask = (index: number) =>
        nodes
          .node(index)
          .request(
            'POST',
            '/v1/widget/sessions',
            { agentic_avatar_id: agentId },
            { 'idempotency-key': `both-${round}` },
          )
      const answers = await Promise.all([ask(0), ask(1)])
      expect(answers.map(({ status }) => status).filter((status) => status !== 200 && status !== 409)).toEqual([])
      // Whoever was told to wait hears the same afterwards, from either node.
      const settled = await Promise.all([ask(0), ask(1)])
      const ids = [...answers, ...settled].filter(({ status }) => status === 200).map(({ text }) => text)
      expect(new Set(ids).size).toBe(1)
      expect(settled.map(({ status, headers }) => [status, headers['idempotent-replayed']])).toEqual([
        [200, 'true'],
        [200, 'true'],
      ])
    }
  })

  test('count the messages of a session together', async () => {
    const { session_token: token, session_id: id } = await nodes.node(0).createSession(agentId)
    const visits = await Promise.all([0, 1].map((index) => nodes.node(index).visit(token)))
    for (let number = 0; number < 3; number++) {
      const { socket } = visits[number % 2] as (typeof visits)[number]
      socket.send({ type: 'user.text', id: `m${number}`, text: 'When does the museum open?' })
      await socket.waitFor((event) => event.type === 'user.message' && event.id === `m${number}`)
    }
    visits[1]?.socket.send({ type: 'user.text', id: 'one too many', text: 'And now?' })
    expect(await Promise.all(visits.map(async ({ socket }) => (await socket.closed).code))).toEqual([4412, 4412])
    for (const index of [0, 1]) {
      const { body } = await nodes.node(index).request('GET', `/v1/widget/sessions/${id}`)
      expect(body).toMatchObject({ status: 'terminated', is_revoked: true })
    }
  })

  test('are joined by a third, which serves what they have', async () => {
    const { session_token: token, session_id: id } = await nodes.node(0).createSession(agentId)
    const { parlor: third } = await nodes.add()
    const { socket } = await third.visit(token)
    expect((await nodes.node(1).endSession(id)).status).toBe(200)
    expect((await socket.closed).code).toBe(4411)
    await third.stop()
  })
})

test('a node that is told to stop sends its visitors away, and they lose nothing', async () => {
  const { parlor: leaving } = await nodes.add()
  const visits = await Promise.all(
    Array.from({ length: 10 }, async () => {
      const { session_token: token } = await leaving.createSession(agentId)
      return { token, ...(await leaving.visit(token)) }
    }),
  )
  for (const { socket } of visits) {
    socket.send({ type: 'user.text', id: 'm1', text: 'When does the museum open?' })
    await socket.waitFor('user.message')
  }
  const stopped = leaving.stop()
  for (const { socket, token, ready } of visits) {
    expect((await socket.closed).code).toBe(1001)
    expect(socket.events.filter(({ type, code }) => type === 'notice' && code === 'draining')).toHaveLength(1)
    const told = Math.max(...socket.events.map(({ seq }) => seq ?? 0))
    const more = { visitor: ready.visitor, resume: { last_seq: told } }
    const again = await nodes.node(0).visit(token, more)
    expect(again.ready.resume.ok).toBe(true)
    // The answer was told already, or it comes here.
    if (!socket.events.some(({ type }) => type === 'message.end')) await again.socket.waitFor('message.end')
    again.socket.terminate()
    const fresh = await nodes.node(1).visit(token, { visitor: ready.visitor })
    const { messages } = await fresh.socket.waitFor('snapshot')
    expect(messages as object[]).toHaveLength(2)
    fresh.socket.terminate()
  }
  expect((await stopped).code).toBe(0)
  // The node is off the list: an ending waits for nobody.
  const { session_id: id } = await nodes.node(0).createSession(agentId)
  const before = performance.now()
  await nodes.node(0).endSession(id)
  expect(performance.now() - before).toBeLessThan(1500)
})
