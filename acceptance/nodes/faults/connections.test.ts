import { expect, inject, test } from 'vitest'
import { startNodes } from '../../harness/start-nodes.ts'
import { museum } from '../museum.ts'

test('nodes that are refused connections answer with what they have, refuse the rest in words, and recover', async () => {
  // Two nodes would take 28 at their busiest.
  const settings = { max_connections: '16', superuser_reserved_connections: '0' }
  await using nodes = await startNodes({ keeper: inject('postgresKeeper'), nodes: 2, settings })
  const agentId = await nodes.node(0).createAgent({ documents: [museum] })
  const { session_token: token } = await nodes.node(0).createSession(agentId)
  const { socket } = await nodes.node(0).visit(token)

  const create = (index: number) =>
    nodes.node(index % 2).request('POST', '/v1/widget/sessions', { agentic_avatar_id: agentId })
  const list = (index: number) => nodes.node(index % 2).request('GET', '/v1/agentic-avatars')
  const answers: number[] = []
  for (let round = 0; round < 10; round++) {
    const asked = Array.from({ length: 60 }, (_, index) => (index % 3 === 0 ? list(index) : create(index)))
    answers.push(...(await Promise.all(asked)).map(({ status }) => status))
  }
  const counts = Object.fromEntries(
    [200, 503].map((status) => [status, answers.filter((one) => one === status).length]),
  )
  console.log(`600 requests over 16 connections: ${JSON.stringify(counts)}`)
  expect(answers.filter((status) => status !== 200 && status !== 503)).toEqual([])
  expect(counts[200]).toBeGreaterThan(100)

  // Whoever was being served still is.
  socket.send({ type: 'user.text', id: 'm1', text: 'When does the museum open?' })
  await socket.waitFor('message.end')
  for (const index of [0, 1]) {
    await expect.poll(async () => (await create(index)).status, { timeout: 30_000 }).toBe(200)
  }
  socket.terminate()
})
