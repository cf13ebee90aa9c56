import { afterAll, beforeAll, expect, inject, test } from 'vitest'
import { type ManyNodes, startNodes } from '../harness/start-nodes.ts'
import { makeKey, newCustomer } from '../widget-wire/customer.ts'

let nodes: ManyNodes
beforeAll(async () => {
  nodes = await startNodes({ keeper: inject('postgresKeeper'), nodes: 2 })
})
afterAll(() => nodes?.[Symbol.asyncDispose]())

const byStatus = (answers: readonly { status: number }[]) =>
  Object.fromEntries([200, 429].map((status) => [status, answers.filter((answer) => answer.status === status).length]))

test('an account’s ceiling of sessions is exact, though both nodes are asked at once', async () => {
  const customer = await newCustomer(nodes.node(0), 'Few at once')
  const agentId = await customer.createAgent()
  const ceiling = { concurrency: 5 }
  expect((await nodes.node(0).request('PATCH', `/admin/v1/accounts/${customer.accountId}`, ceiling)).status).toBe(200)
  const headers = { 'x-api-key': customer.key }
  const create = (index: number) =>
    nodes
      .node(index % 2)
      .request<{ session_id: string }>('POST', '/v1/widget/sessions', { agentic_avatar_id: agentId }, headers)
  const answers = await Promise.all(Array.from({ length: 30 }, (_, index) => create(index)))
  expect(byStatus(answers)).toEqual({ 200: 5, 429: 25 })
  // One that ends on one node makes room on the other.
  const made = answers.find(({ status }) => status === 200)?.body.session_id
  await nodes.node(0).request('DELETE', `/v1/widget/sessions/${made}`, undefined, headers)
  expect((await create(1)).status).toBe(200)
  expect((await create(0)).status).toBe(429)
})

test('a key’s ceiling of sessions is exact, though both nodes are asked at once, and others of the account go on', async () => {
  const customer = await newCustomer(nodes.node(0), 'One key')
  const agentId = await customer.createAgent()
  const { key } = await makeKey(nodes.node(0), { account: 'One key', concurrency: 5 })
  const create = (index: number, asker = key) =>
    nodes
      .node(index % 2)
      .request<{ session_id: string }>(
        'POST',
        '/v1/widget/sessions',
        { agentic_avatar_id: agentId },
        { 'x-api-key': asker },
      )
  const answers = await Promise.all(Array.from({ length: 30 }, (_, index) => create(index)))
  expect(byStatus(answers)).toEqual({ 200: 5, 429: 25 })
  expect((await create(1, customer.key)).status).toBe(200)
  expect((await create(0)).status).toBe(429)
})

test('a key’s rate holds for both nodes together', async () => {
  const customer = await newCustomer(nodes.node(0), 'Hasty', { rate_limit: 20, rate_limit_window: 600 })
  const list = (index: number) =>
    nodes.node(index % 2).request('GET', '/v1/brains', undefined, { 'x-api-key': customer.key })
  const answers = await Promise.all(Array.from({ length: 60 }, (_, index) => list(index)))
  expect(byStatus(answers)).toEqual({ 200: 20, 429: 40 })
})
