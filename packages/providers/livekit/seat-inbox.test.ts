import { setTimeout as wait } from 'node:timers/promises'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { findServer } from '../../../tools/livekit/find-server.ts'
import { type LiveKitServer, runServer } from '../../../tools/livekit/run-server.ts'
import { type Meeting, seatAvatar, type Visit, visit } from './testing/room-visit.ts'

const found = await findServer()
const encode = (value: unknown) => new TextEncoder().encode(typeof value === 'string' ? value : JSON.stringify(value))

describe.skipIf('reason' in found)('what people in a room tell the avatar', () => {
  let media: LiveKitServer
  let at: Visit
  let meeting: Meeting
  let person: Awaited<ReturnType<Visit['enter']>>
  beforeAll(async () => {
    media = await runServer()
    at = visit(media)
  })
  beforeEach(async () => {
    meeting = await seatAvatar(at)
    person = await at.enter(meeting.room, 'visitor')
  })
  afterEach(async () => {
    await Promise.all([person.room.disconnect(), meeting.seat.leave()])
  })
  afterAll(() => media?.stop())

  const send = (data: unknown, topic = 'equos_event') => person.me.publishData(encode(data), { reliable: true, topic })
  const write = (text: string) => person.me.sendText(text, { topic: 'lk.chat' })
  const isLast = (_identity: string, text: string) => text === 'the last'
  /** All that was told once what is sent now has come; LiveKit keeps streams in order, and data, but not the two. */
  const allTold = async () => {
    await meeting.told.wait('joined')
    await send({ type: 'context', content: 'the last' })
    await meeting.told.wait('remarked', isLast)
    await write('the last')
    await meeting.told.wait('wrote', isLast)
    return meeting.told.all.filter(([name, , text]) => name !== 'joined' && text !== 'the last')
  }

  test('is text of every kind of client, once', async () => {
    await meeting.told.wait('joined')
    await write('  A stream. ')
    await meeting.told.wait('wrote')
    await send({ type: 'usr.txt', text: 'An Equos client.' })
    await send({ id: 'a', timestamp: 1, message: 'An old client.' }, 'lk-chat-topic')
    await send({ id: 'a', timestamp: 1, message: 'An old client.' }, 'lk-chat-topic')
    await send({ id: 'b', timestamp: 1, message: 'Also a stream.', ignoreLegacy: true }, 'lk-chat-topic')
    await person.me.sendChatMessage('A client in between.')
    expect((await allTold()).map(([name, identity, text]) => [name, identity, text])).toEqual([
      ['wrote', 'visitor', 'A stream.'],
      ['wrote', 'visitor', 'An Equos client.'],
      ['wrote', 'visitor', 'An old client.'],
      ['wrote', 'visitor', 'A client in between.'],
    ])
  })

  test('is facts and a wish for silence, in order', async () => {
    await meeting.told.wait('joined')
    await send({ type: 'context', content: 'The cart holds two books.' })
    await send({ type: 'interrupt' })
    expect(await allTold()).toEqual([
      ['remarked', 'visitor', 'The cart holds two books.'],
      ['interrupted', 'visitor'],
    ])
  })

  test('waits for the name of somebody whom the server has not announced yet', async () => {
    await send({ type: 'usr.txt', text: 'Early.' })
    expect(await meeting.told.wait('wrote')).toEqual(['visitor', 'Early.'])
    expect(meeting.told.all.map(([name]) => name)).toEqual(['joined', 'wrote'])
  })

  test('is nothing where it is malformed, empty, too long or none of its business', async () => {
    await meeting.told.wait('joined')
    const garbage = ['', '{', 'null', '7', '[]', '"usr.txt"', '{"type":"usr.txt"}', '{"type":"usr.txt","text":7}']
    garbage.push(
      '{"type":"usr.txt","text":"  "}',
      '{"type":"context","content":null}',
      '{"type":"utterance","content":"x"}',
    )
    garbage.push('{"__proto__":{"type":"interrupt"}}')
    for (const topic of ['equos_event', 'lk-chat-topic', 'another']) {
      for (const each of garbage) await send(each, topic)
      await person.me.publishData(new Uint8Array([0xff, 0xfe, 0x00, 0x80]), { reliable: true, topic })
      // Not faster than one person may.
      await wait(2000)
    }
    await send({ type: 'usr.txt', text: 'ä'.repeat(4097) })
    await write('x'.repeat(8193))
    await write(' ')
    await person.me.sendText('elsewhere', { topic: 'lk.other' })
    expect(await allTold()).toEqual([])
  })

  test('is as long as eight kilobytes', async () => {
    const long = 'x'.repeat(8192)
    await write(long)
    expect(await meeting.told.wait('wrote')).toEqual(['visitor', long])
  })

  test('is not more than a person can mean: a flood is cut, and nobody else is', async () => {
    await using other = await at.enter(meeting.room, 'other')
    await meeting.told.wait('joined', ({ identity }: { identity: string }) => identity === 'other')
    for (let each = 0; each < 200; each++) await send({ type: 'usr.txt', text: `flood ${each}` })
    await Promise.all(Array.from({ length: 100 }, (_, each) => write(`stream ${each}`)))
    await other.me.sendText('the last', { topic: 'lk.chat' })
    await meeting.told.wait('wrote', isLast)
    const flooded = meeting.told.all.filter(([name, identity]) => name === 'wrote' && identity === 'visitor')
    expect(flooded.length).toBeGreaterThanOrEqual(20)
    expect(flooded.length).toBeLessThan(60)
  })
})
