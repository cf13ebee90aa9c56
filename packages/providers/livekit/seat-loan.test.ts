import type { Sound } from '@parlor/conversation/speech'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { findServer } from '../../../tools/livekit/find-server.ts'
import { type LiveKitServer, runServer } from '../../../tools/livekit/run-server.ts'
import { type Meeting, seatAvatar, type Visit, visit } from './testing/room-visit.ts'

const found = await findServer()

describe.skipIf('reason' in found)('an avatar that speaks for an agent of somebody else', () => {
  let media: LiveKitServer
  let at: Visit
  let meeting: Meeting
  let agent: Awaited<ReturnType<Visit['enter']>>
  const calls: [string, unknown][] = []
  beforeAll(async () => {
    media = await runServer()
    at = visit(media)
  })
  beforeEach(async () => {
    calls.length = 0
    meeting = await seatAvatar(at)
    agent = await at.enter(meeting.room, 'agent')
    for (const method of ['lk.playback_started', 'lk.playback_finished']) {
      agent.me.registerRpcMethod(method, async ({ payload }) => {
        calls.push([method, JSON.parse(payload)])
        return ''
      })
    }
  })
  afterEach(async () => {
    await Promise.all([agent.room.disconnect(), meeting.seat.leave()])
  })
  afterAll(() => media?.stop())

  const speak = (attributes: Record<string, string>) => agent.me.streamBytes({ topic: 'lk.audio_stream', attributes })
  const at24k = { sample_rate: '24000', num_channels: '1' }
  const bytesOf = (...samples: number[]) => new Uint8Array(Int16Array.from(samples).buffer)
  const isOver = (_identity: string, sound: Sound | null) => sound === null
  const samples = () =>
    meeting.told.all.flatMap(([name, , sound]) => (name === 'lent' && sound ? [...(sound as Sound).samples] : []))

  test('hears the utterance whole, cut anywhere, and its end', async () => {
    const writer = await speak(at24k)
    const bytes = bytesOf(1, -2, 300, -32_768)
    await writer.write(bytes.subarray(0, 3))
    await writer.write(bytes.subarray(3))
    await writer.close()
    await meeting.told.wait('lent', isOver)
    expect(samples()).toEqual([1, -2, 300, -32_768])
    expect(meeting.told.all.find(([name]) => name === 'lent')).toMatchObject(['lent', 'agent', { rate: 24_000 }])
  })

  test('hears two channels as one, and utterances one after the other', async () => {
    const first = await speak({ sample_rate: '16000', num_channels: '2' })
    const second = await speak(at24k)
    await second.write(bytesOf(7))
    await second.close()
    await first.write(bytesOf(100, 200, -10, 10))
    await first.close()
    await meeting.told.wait('lent', isOver)
    await expect.poll(samples).toEqual([150, 0, 7])
  })

  test('is told of silence at once, and hears no more of what was being said', async () => {
    const writer = await speak(at24k)
    await writer.write(bytesOf(1))
    await meeting.told.wait('lent')
    const call = { destinationIdentity: 'ava', method: 'lk.clear_buffer', payload: '', responseTimeout: 5000 }
    expect(await agent.me.performRpc(call)).toBe('ok')
    expect(await meeting.told.wait('lentInterrupted')).toEqual(['agent'])
    await writer.write(bytesOf(2))
    await writer.close()
    const next = await speak(at24k)
    await next.write(bytesOf(3))
    await next.close()
    await meeting.told.wait('lent', isOver)
    expect(samples()).toEqual([1, 3])
    expect(meeting.told.all.filter(([name, , sound]) => name === 'lent' && sound === null)).toHaveLength(1)
  })

  test('says what became of the utterance, in seconds, in order', async () => {
    await meeting.told.wait('joined')
    meeting.seat.answerLoan('agent', { type: 'started' })
    meeting.seat.answerLoan('agent', { type: 'finished', playedMs: 1250, isInterrupted: true })
    meeting.seat.answerLoan('nobody', { type: 'started' })
    await expect.poll(() => calls.length, { timeout: 10_000 }).toBe(2)
    expect(calls).toEqual([
      ['lk.playback_started', {}],
      ['lk.playback_finished', { playback_position: 1.25, interrupted: true }],
    ])
  })

  test('ends an utterance whose speaker goes in the middle of it, at once', async () => {
    await meeting.told.wait('joined')
    const writer = await speak(at24k)
    await writer.write(bytesOf(1))
    await meeting.told.wait('lent')
    await agent.room.disconnect()
    const gone = performance.now()
    await meeting.told.wait('lent', isOver)
    expect(performance.now() - gone).toBeLessThan(5000)
  })

  test('ignores sound nobody can play', async () => {
    const bad: Record<string, string>[] = [
      {},
      { sample_rate: 'fast' },
      { sample_rate: '-1' },
      { sample_rate: '1e9' },
      { sample_rate: '24000', num_channels: '6' },
      { sample_rate: '24000', num_channels: 'x' },
    ]
    for (const attributes of bad) {
      const writer = await speak(attributes)
      await writer.write(bytesOf(9, 9, 9))
      await writer.close()
    }
    const good = await speak(at24k)
    await good.write(bytesOf(5))
    await good.close()
    await meeting.told.wait('lent', isOver)
    expect(samples()).toEqual([5])
  })
})
