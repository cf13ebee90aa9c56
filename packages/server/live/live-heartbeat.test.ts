import { connect } from 'node:net'
import type { Duplex } from 'node:stream'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { type House, openHouse } from './testing/open-house.ts'
import { openVisit, visit } from './testing/visit.ts'

let house: House
beforeAll(async () => {
  house = await openHouse(4604, {
    timing: {
      tickMs: 10,
      pingEveryMs: 200,
      stalledMs: 100,
      deltaEveryMs: 1,
      softBufferBytes: 8 * 1024,
      hardBufferBytes: 64 * 1024,
      destroyAfterMs: 400,
    },
  })
})
afterAll(() => house.close())

it('keeps a peer that answers pings and drops one that does not', async () => {
  const { token } = await house.session()
  const alive = await visit(house.url, token)
  const dead = await visit(house.url, token)
  dead.socket.pause()
  await until(() => house.live.counts().sockets === 1)
  alive.send({ type: 'ping', t: 1 })
  await alive.next('pong')
  alive.socket.terminate()
  dead.socket.terminate()
})

it('answers a client’s own pings', async () => {
  const guest = openVisit(house.url)
  await guest.opened
  const pong = new Promise<string>((resolve) => guest.socket.on('pong', (data) => resolve(data.toString())))
  guest.socket.ping('hello?')
  expect(await pong).toBe('hello?')
  guest.socket.terminate()
})

it('lets a reader go that takes nothing, and does not let its answers fill memory', async () => {
  const { token } = await house.session()
  const guest = await visit(house.url, token)
  const stream = jamLast()
  guest.send({ type: 'user.text', id: 'm1', text: 'flood 30' })
  await until(() => stream.writableLength > 8 * 1024)
  await until(() => house.live.counts().replies === 0)
  expect(stream.writableLength).toBeLessThan(64 * 1024)
  await guest.closed
  await until(() => house.live.counts().sockets === 0)
  expect(house.closedWith.at(-1)).toBe(1013)
})

it('gives a reader up at once that asks and asks and takes no answer', async () => {
  const { token } = await house.session()
  const guest = await visit(house.url, token)
  const stream = jamLast()
  let most = 0
  const watch = setInterval(() => {
    most = Math.max(most, stream.writableLength)
  }, 1)
  for (let n = 0; n < 8; n += 1) guest.send({ type: 'user.text', id: `m${n}`, text: 'x'.repeat(4000) })
  await guest.closed
  clearInterval(watch)
  await until(() => house.live.counts().sockets === 0)
  expect(house.closedWith.at(-1)).toBe(1013)
  expect(most).toBeLessThan(64 * 1024 + 32 * 1024)
})

it('cuts a reader that takes nothing without a last word when its session ends', async () => {
  const { token, session } = await house.session()
  const guest = await visit(house.url, token)
  jamLast()
  guest.send({ type: 'ping', t: 1 })
  await until(() => (house.streams.at(-1)?.writableLength ?? 0) > 0)
  await house.end(session.id)
  expect(house.streams.at(-1)?.destroyed).toBe(true)
  expect(await guest.closed).toBe(1006)
})

it('survives a peer that breaks off in the middle of a frame, or sends what is no frame', async () => {
  const head =
    'GET /v1/rt HTTP/1.1\r\nHost: x\r\nConnection: Upgrade\r\nUpgrade: websocket\r\nSec-WebSocket-Version: 13\r\nSec-WebSocket-Key: AAAAAAAAAAAAAAAAAAAAAA==\r\n\r\n'
  for (const bytes of [[0x81], [0xff, 0xff, 0xff], [0x81, 0x02, 0x61, 0x62], [0x83, 0x80, 0, 0, 0, 0]]) {
    await new Promise<void>((resolve) => {
      const raw = connect(house.port, '127.0.0.1', () => raw.write(head))
      raw.once('data', () => {
        raw.write(Buffer.from(bytes))
        raw.destroySoon()
      })
      raw.on('error', () => {})
      raw.on('close', () => resolve())
    })
  }
  await until(() => house.live.counts().sockets === 0)
  expect(house.logged.filter(({ level }) => level === 'error')).toEqual([])
})

/** From here on the newest connection's kernel takes nothing, as when the client does not read. */
function jamLast(): Duplex {
  const stream = house.streams.at(-1)
  if (stream === undefined) throw new Error('nobody is connected')
  stream._write = () => {}
  stream._writev = () => {}
  return stream
}

async function until(isSo: () => boolean): Promise<void> {
  while (!isSo()) await new Promise((resolve) => setTimeout(resolve, 2))
}
