import { randomBytes } from 'node:crypto'
import { expect, inject, test } from 'vitest'
import { openHttpClient } from '../harness/http-client.ts'
import { ownPostgres } from '../harness/own-postgres.ts'
import { startNodes } from '../harness/start-nodes.ts'
import { startParlor } from '../harness/start-parlor.ts'

const keeper = inject('postgresKeeper')
const secretOf = () => randomBytes(32).toString('hex')

test('nodes that start at once on an empty database make one key, one account and one of everything', async () => {
  const postgres = await ownPostgres(keeper)
  // An empty value counts as unset: the first start makes a key of its own and prints it.
  const env = { DATABASE_URL: postgres.url, PARLOR_SECRET: secretOf(), PARLOR_BOOTSTRAP_KEY: '' }
  const nodes = await Promise.all([1, 2, 3].map(() => startParlor({ env })))
  try {
    const keys = nodes.flatMap(({ output }) => [...output().matchAll(/first API key, shown only now: (\S+)/g)])
    expect(keys).toHaveLength(1)
    const headers = { 'x-api-key': keys[0]?.[1] ?? '' }
    for (const { port } of nodes) {
      const http = openHttpClient(port)
      const listed = await http.send<{ data: object[] }>('GET', '/v1/api-keys', undefined, headers)
      expect(listed.status).toBe(200)
      expect(listed.body.data).toHaveLength(1)
      for (const path of ['/v1/avatars?scope=public', '/v1/voices?scope=public']) {
        const parts = await http.send<{ data: object[] }>('GET', path, undefined, headers)
        expect(parts.body.data).toHaveLength(1)
      }
      const accounts = await http.send<{ data: object[] }>('GET', '/admin/v1/accounts', undefined, headers)
      expect(accounts.body.data).toHaveLength(1)
      http.close()
    }
  } finally {
    await Promise.all(nodes.map((node) => node[Symbol.asyncDispose]()))
    postgres.remove()
  }
})

test('a node with another PARLOR_SECRET does not start, and says why; the others go on', async () => {
  await using nodes = await startNodes({ keeper, nodes: 1 })
  const agentId = await nodes.node(0).createAgent()
  await expect(nodes.add({ env: { PARLOR_SECRET: secretOf() } })).rejects.toThrow(
    /Parlor did not start: PARLOR_SECRET is not the one this store was made with/,
  )
  const { session_token: token } = await nodes.node(0).createSession(agentId)
  const { parlor } = await nodes.add()
  const { socket } = await parlor.visit(token)
  socket.terminate()
})

test('a node without PARLOR_SECRET does not start on a database', async () => {
  const env = { DATABASE_URL: 'postgres://nobody@127.0.0.1:1/none' }
  await expect(startParlor({ env })).rejects.toThrow(/PARLOR_SECRET is required with DATABASE_URL/)
})

test('a node that does not reach its database does not start, and names the setting', async () => {
  const env = { DATABASE_URL: 'postgres://nobody@127.0.0.1:1/none', PARLOR_SECRET: secretOf() }
  await expect(startParlor({ env })).rejects.toThrow(/Parlor did not start: DATABASE_URL cannot be used: check/)
})
