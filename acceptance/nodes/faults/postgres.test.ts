import { setTimeout as wait } from 'node:timers/promises'
import { afterAll, beforeAll, expect, inject, test } from 'vitest'
import { type ManyNodes, startNodes } from '../../harness/start-nodes.ts'
import { museum } from '../museum.ts'

let nodes: ManyNodes
let agentId: string

beforeAll(async () => {
  nodes = await startNodes({ keeper: inject('postgresKeeper'), nodes: 2 })
  agentId = await nodes.node(0).createAgent({ documents: [museum] })
})
afterAll(() => nodes?.[Symbol.asyncDispose]())

const recovers = { timeout: 30_000, interval: 200 }
const createStatus = async (index: number) =>
  (await nodes.node(index).request('POST', '/v1/widget/sessions', { agentic_avatar_id: agentId })).status

test('while Postgres is away everything is refused in words, and afterwards everything goes on by itself', async () => {
  const { session_token: token } = await nodes.node(0).createSession(agentId)
  const { socket, ready } = await nodes.node(0).visit(token)
  socket.send({ type: 'user.text', id: 'm1', text: 'When does the museum open?' })
  await socket.waitFor('message.end')
  await nodes.postgres.stop()

  // The line is cut when the lease is over, and nobody gets another one.
  const { code } = await socket.closed
  expect(code).toBe(1006)
  await expect(nodes.node(0).connect()).rejects.toThrow('503')
  const refused = await nodes.node(0).request('POST', '/v1/widget/sessions', { agentic_avatar_id: agentId })
  expect(refused.status).toBe(503)
  expect(refused.body).toMatchObject({ error: { code: 'SERVICE_UNAVAILABLE' } })
  const onChat = await nodes.node(0).request(
    'POST',
    '/rpc/chatSessions.create',
    { embed_origin: 'https://shop.example' },
    {
      'x-api-key': undefined,
      'gram-key': nodes.key,
      'gram-project': 'default',
    },
  )
  expect(onChat.status).toBe(500)
  await expect.poll(async () => (await nodes.node(0).request('GET', '/health')).status, recovers).toBe(503)

  await nodes.postgres.start()
  for (const index of [0, 1]) {
    await expect.poll(() => createStatus(index), recovers).toBe(200)
    await expect.poll(async () => (await nodes.node(index).request('GET', '/health')).status, recovers).toBe(200)
    await expect.poll(() => visitStatus(index, token, ready.visitor), recovers).toBe(2)
  }
})

/** How many messages a visitor finds on coming back; -1 where nobody gets in. */
async function visitStatus(index: number, token: string, visitor: object): Promise<number> {
  try {
    const again = await nodes.node(index).visit(token, { visitor })
    const { messages } = await again.socket.waitFor('snapshot')
    again.socket.terminate()
    return (messages as object[]).length
  } catch {
    return -1
  }
}

test('a Postgres that answers in a third of a second slows a node down and breaks nothing', async () => {
  const slow = nodes.all[1]?.relay
  slow?.delay(() => 150)
  try {
    const { session_token: token, session_id: id } = await nodes.node(1).createSession(agentId)
    const { socket } = await nodes.node(1).visit(token)
    socket.send({ type: 'user.text', id: 'm1', text: 'When does the museum open?' })
    await socket.waitFor('message.end')
    // Longer than a lease: it is renewed in time.
    await wait(3000)
    socket.send({ type: 'ping', t: 7 })
    await socket.waitFor('pong')
    expect((await nodes.node(0).endSession(id)).status).toBe(200)
    expect((await socket.closed).code).toBe(4411)
  } finally {
    slow?.delay(() => 0)
  }
})

test('a node whose Postgres takes seconds serves nothing, ends nothing late, and holds nobody else up', async () => {
  const { session_token: token, session_id: id } = await nodes.node(1).createSession(agentId)
  const { socket } = await nodes.node(1).visit(token)
  const slow = nodes.all[1]?.relay
  slow?.delay(() => 150 + Math.random() * 1350)
  try {
    const before = performance.now()
    expect((await nodes.node(0).endSession(id)).status).toBe(200)
    // The lease and its margin, and what a busy machine adds.
    expect(performance.now() - before).toBeLessThan(5000)
    const said = socket.events.length
    socket.send({ type: 'ping', t: 7 })
    await socket.closed
    expect(socket.events.slice(said).filter(({ type }) => type !== 'ended')).toEqual([])
    expect(await createStatus(0)).toBe(200)
    // What is asked of the slow one is answered late, or refused: never wrongly.
    expect([200, 503]).toContain(await createStatus(1).catch(() => 503))
  } finally {
    slow?.delay(() => 0)
  }
  await expect.poll(() => createStatus(1), recovers).toBe(200)
  const { session_token: next } = await nodes.node(1).createSession(agentId)
  await expect
    .poll(
      () =>
        nodes
          .node(1)
          .visit(next)
          .then(({ socket: line }) => line.terminate())
          .then(
            () => 'in',
            () => 'out',
          ),
      recovers,
    )
    .toBe('in')
})
