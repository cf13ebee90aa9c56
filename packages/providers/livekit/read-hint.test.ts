import { createHmac } from 'node:crypto'
import { EventEmitter, once } from 'node:events'
import { createServer, type Server } from 'node:http'
import { text } from 'node:stream/consumers'
import type { RoomHint, RoomServer } from '@parlor/core/room'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { findServer } from '../../../tools/livekit/find-server.ts'
import { type LiveKitServer, runServer } from '../../../tools/livekit/run-server.ts'
import { openRoomServer } from './index.ts'
import { loadRtc } from './load-rtc.ts'

const found = await findServer()

interface Message {
  body: string
  authorization: string | undefined
}

describe.skipIf('reason' in found)('what a LiveKit tells of its rooms', () => {
  const told: Message[] = []
  const news = new EventEmitter()
  let listener: Server
  let media: LiveKitServer
  let rooms: RoomServer
  beforeAll(async () => {
    listener = createServer(async (request, response) => {
      told.push({ body: await text(request), authorization: request.headers.authorization })
      response.end()
      news.emit('told')
    }).listen(0, '127.0.0.1')
    await once(listener, 'listening')
    const address = listener.address()
    media = await runServer({ webhookUrl: `http://127.0.0.1:${typeof address === 'object' ? address?.port : ''}/` })
    rooms = openRoomServer(media)
  })
  afterAll(async () => {
    await media?.stop()
    listener.close()
  })

  /** The first message that means this, as soon as it has come. */
  async function heard(type: RoomHint['type'], room: string): Promise<{ message: Message; hint: RoomHint }> {
    for (let at = 0; ; at++) {
      while (told[at] === undefined) await once(news, 'told')
      const message = told[at] as Message
      const hint = await rooms.readHint(message.body, message.authorization)
      if (hint?.type === type && hint.room === room) return { message, hint }
    }
  }

  const open = async (room: string) => {
    await rooms.create({ room, emptySeconds: 60, leftSeconds: 20, mostPeople: 3 })
    const grant = { room, part: 'consumer', identity: 'visitor', name: 'A visitor' } as const
    const token = await rooms.grant({ ...grant, expiresAt: Date.now() + 600_000 })
    const { Room } = await loadRtc()
    const inside = new Room()
    await inside.connect(rooms.url, token, { autoSubscribe: true, dynacast: false })
    return inside
  }

  test('somebody comes, somebody goes, and the room is finished', async () => {
    const inside = await open('prl_told')
    expect((await heard('joined', 'prl_told')).hint).toEqual({ type: 'joined', room: 'prl_told', identity: 'visitor' })
    await inside.disconnect()
    expect((await heard('left', 'prl_told')).hint).toEqual({ type: 'left', room: 'prl_told', identity: 'visitor' })
    await rooms.remove('prl_told')
    expect((await heard('finished', 'prl_told')).hint).toEqual({ type: 'finished', room: 'prl_told' })
  })

  test('a message that says something else means nothing', async () => {
    await rooms.create({ room: 'prl_started', emptySeconds: 60, leftSeconds: 20, mostPeople: 3 })
    await rooms.remove('prl_started')
    await heard('finished', 'prl_started')
    const started = told.find(({ body }) => body.includes('"room_started"') && body.includes('prl_started'))
    expect(await rooms.readHint(started?.body ?? '', started?.authorization)).toBeNull()
  })

  test('a message that was changed on its way, signed by another, or not signed is refused', async () => {
    await open('prl_forged').then((inside) => inside.disconnect())
    const { message } = await heard('joined', 'prl_forged')
    const { body, authorization = '' } = message
    const [head, claims, signature = ''] = authorization.split('.')
    const resigned = createHmac('sha256', 'another-secret').update(`${head}.${claims}`).digest('base64url')
    const forgeries: [string, string | undefined][] = [
      [body.replace('prl_forged', 'prl_others'), authorization],
      [`${body} `, authorization],
      [body, undefined],
      [body, ''],
      [body, 'no token'],
      [body, `${head}.${claims}.${resigned}`],
      [body, `${head}.${claims}.${signature.slice(0, -2)}`],
      [body, `${Buffer.from('{"alg":"none"}').toString('base64url')}.${claims}.`],
    ]
    for (const [said, by] of forgeries) {
      await expect(rooms.readHint(said, by)).rejects.toMatchObject({ code: 'invalid_key' })
    }
    const another = openRoomServer({ ...media, key: 'another' })
    await expect(another.readHint(body, authorization)).rejects.toMatchObject({ code: 'invalid_key' })
    expect(await rooms.readHint(body, authorization)).toMatchObject({ type: 'joined' })
  })

  test('a token that lets somebody into a room signs no message', async () => {
    const grant = { room: 'prl_r', part: 'consumer', identity: 'visitor', name: '' } as const
    const token = await rooms.grant({ ...grant, expiresAt: Date.now() + 600_000 })
    await expect(rooms.readHint('{"event":"room_finished","room":{"name":"prl_r"}}', token)).rejects.toMatchObject({
      code: 'invalid_key',
    })
  })
})
