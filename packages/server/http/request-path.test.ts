import { connect } from 'node:net'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { type House, openHouse } from '../admission/house.ts'

let house: House
let port: number
beforeAll(async () => {
  house = await openHouse()
  await house.composed.app.listen({ port: 0, host: '127.0.0.1' })
  const address = house.composed.app.server.address()
  port = typeof address === 'object' && address !== null ? address.port : 0
})
afterAll(() => house.close())

async function get(target: string): Promise<{ status: number; body: Record<string, unknown> }> {
  const socket = connect(port, '127.0.0.1')
  socket.write(`GET ${target} HTTP/1.1\r\nHost: 127.0.0.1\r\nGram-Chat-Session: x\r\nConnection: close\r\n\r\n`)
  let text = ''
  for await (const piece of socket) text += piece
  const [head = '', body = ''] = text.split('\r\n\r\n')
  return { status: Number(head.split(' ')[1]), body: JSON.parse(body) }
}

it.each([
  ['http://parlor.example/v1/voices', 401, { code: 'MISSING_API_KEY' }],
  ['http://parlor.example/nothing', 404, { code: 'NOT_FOUND' }],
  ['http://parlor.example/rpc/nothing', 404, { name: 'fault' }],
  ['http://parlor.example/rpc/chatSessions.create', 401, { name: 'unauthorized' }],
  ['/rpc/k%65ys.list', 401, { name: 'unauthorized' }],
  ['/%76%31/voices', 401, { code: 'MISSING_API_KEY' }],
])('%s is refused like the path it spells', async (target, status, body) => {
  expect(await get(target)).toMatchObject({ status, body })
})
