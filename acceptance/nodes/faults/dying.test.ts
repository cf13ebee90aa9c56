import { expect, inject, test } from 'vitest'
import { startNodes } from '../../harness/start-nodes.ts'

/** The statement that stores sessions, as it goes over the wire. */
const storing = 'insert-sessions'

test('a node that is killed between the commit and its answer has made one session, which any node hands out', async () => {
  await using nodes = await startNodes({ keeper: inject('postgresKeeper'), nodes: 2 })
  const agentId = await nodes.node(0).createAgent()
  const wish = { agentic_avatar_id: agentId, max_duration: 600 }
  const headers = { 'idempotency-key': 'once' }
  const ask = () => nodes.node(1).request<{ session_id: string }>('POST', '/v1/widget/sessions', wish, headers)
  // The statement is prepared on its connection, so that its name alone goes over the wire.
  await nodes.node(0).createSession(agentId)

  const isStored = nodes.all[0]?.relay.swallowAfter(storing)
  const lost = nodes
    .node(0)
    .request('POST', '/v1/widget/sessions', wish, headers)
    .then(
      () => 'answered',
      () => 'lost',
    )
  await isStored
  await nodes.node(0).kill()
  expect(await lost).toBe('lost')

  const repeated = await ask()
  expect(repeated.status).toBe(200)
  expect(repeated.headers['idempotent-replayed']).toBe('true')
  expect((await ask()).text).toBe(repeated.text)
  nodes.all[0]?.relay.mend()
  await nodes.node(0).restart()
  const elsewhere = await nodes.node(0).request('POST', '/v1/widget/sessions', wish, headers)
  expect(elsewhere.text).toBe(repeated.text)
  const { body } = await nodes.node(1).request<{ data: { id: string }[] }>('GET', `/admin/v1/sessions?agent=${agentId}`)
  expect(body.data).toHaveLength(2)
})

test('an ending whose node is killed between the commit and its answer is kept by all others', async () => {
  await using nodes = await startNodes({ keeper: inject('postgresKeeper'), nodes: 2 })
  const agentId = await nodes.node(0).createAgent()
  const before = await nodes.node(0).createSession(agentId)
  await nodes.node(0).endSession(before.session_id)

  const { session_token: token, session_id: id } = await nodes.node(1).createSession(agentId)
  const { socket } = await nodes.node(1).visit(token)
  const isStored = nodes.all[0]?.relay.swallowAfter('change-sessions')
  const lost = nodes
    .node(0)
    .endSession(id)
    .then(
      () => 'answered',
      () => 'lost',
    )
  await isStored
  await nodes.node(0).kill()
  expect(await lost).toBe('lost')
  const { body } = await nodes.node(1).request('GET', `/v1/widget/sessions/${id}`)
  expect(body.status).toBe('terminated')
  // Nobody announced it: the next renewal finds it.
  expect((await socket.closed).code).toBe(4411)
  expect((await nodes.node(1).endSession(id)).status).toBe(200)
})
