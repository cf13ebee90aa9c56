import { once } from 'node:events'
import { createServer } from 'node:net'
import { setTimeout as wait } from 'node:timers/promises'
import type { RoomSeat } from '@parlor/conversation/room'
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest'
import { findServer } from '../../../tools/livekit/find-server.ts'
import { type LiveKitServer, runServer } from '../../../tools/livekit/run-server.ts'
import { loadRtc, type Rtc } from './load-rtc.ts'
import { avatar, listen, loudness, plain, seatAvatar, tone, type Visit, visit } from './testing/room-visit.ts'

const found = await findServer()
const never = new AbortController().signal

describe.skipIf('reason' in found)('an avatar in a room of a LiveKit server', () => {
  let media: LiveKitServer
  let at: Visit
  let rtc: Rtc
  const seats: RoomSeat[] = []
  beforeAll(async () => {
    media = await runServer()
    at = visit(media)
    rtc = await loadRtc()
  })
  afterEach(async () => {
    await Promise.all(seats.splice(0).map((seat) => seat.leave()))
  })
  afterAll(() => media?.stop())

  const meet = async () => {
    const meeting = await seatAvatar(at)
    seats.push(meeting.seat)
    return meeting
  }

  test('is seen: one picture track of VP8 under its name, whose frames change as they are shown', async () => {
    const { room, seat } = await meet()
    const steps = [60, 120, 180]
    const seen = new Set<number>()
    const enough = Promise.withResolvers<void>()
    await using _viewer = await at.enter(room, 'viewer', (person) => {
      person.on(rtc.RoomEvent.TrackSubscribed, async (track, publication) => {
        if (track.kind !== rtc.TrackKind.KIND_VIDEO) return
        expect(publication.name).toBe(`equos_character_${avatar}_video`)
        expect(publication.source).toBe(rtc.TrackSource.SOURCE_CAMERA)
        expect(publication.mimeType).toBe('video/VP8')
        for await (const { frame } of new rtc.VideoStream(track)) {
          expect([frame.width, frame.height]).toEqual([512, 512])
          const grey = frame.convert(rtc.VideoBufferType.I420).data[512 * 256 + 256] ?? 0
          const step = steps.find((each) => Math.abs(each - grey) < 10)
          if (step !== undefined) seen.add(step)
          if (seen.size === steps.length) enough.resolve()
        }
      })
    })
    let shown = 0
    const showing = setInterval(() => seat.show(plain(steps[shown++ % steps.length] ?? 0)), 66)
    await enough.promise
    clearInterval(showing)
  })

  test('reads only whole pictures, wherever they begin in memory', async () => {
    const { room, seat } = await meet()
    const brightness = Promise.withResolvers<number[]>()
    await using _viewer = await at.enter(room, 'viewer', (person) => {
      person.on(rtc.RoomEvent.TrackSubscribed, async (track) => {
        if (track.kind !== rtc.TrackKind.KIND_VIDEO) return
        for await (const { frame } of new rtc.VideoStream(track)) {
          const { data } = frame.convert(rtc.VideoBufferType.I420)
          const middle = data[512 * 256 + 256] ?? 0
          if (middle > 150) brightness.resolve([data[512 * 4 + 256] ?? 0, middle])
        }
      })
    })
    const { data, ...size } = plain(200)
    const shifted = new Uint8Array(data.length + 5000).subarray(5000)
    shifted.set(data)
    const showing = setInterval(() => {
      seat.show({ data: data.subarray(0, 1000), ...size })
      seat.show({ data, width: 511, height: 511 })
      seat.show({ data: shifted, ...size })
    }, 66)
    for (const each of await brightness.promise) expect(Math.abs(each - 200)).toBeLessThan(8)
    clearInterval(showing)
  })

  test('is heard as loud as it speaks, under its name, and not at all once it is hushed', async () => {
    const { room, seat } = await meet()
    const loud: number[] = []
    const heard = Promise.withResolvers<void>()
    await using _listener = await at.enter(room, 'listener', (person) => {
      person.on(rtc.RoomEvent.TrackSubscribed, async (track, publication) => {
        if (track.kind !== rtc.TrackKind.KIND_AUDIO) return
        expect(publication.name).toBe(`equos_character_${avatar}_audio`)
        expect(publication.source).toBe(rtc.TrackSource.SOURCE_MICROPHONE)
        for await (const frame of new rtc.AudioStream(track, { sampleRate: 16_000, numChannels: 1, frameSizeMs: 20 })) {
          loud.push(loudness(frame.data))
          if (loud.filter((each) => each > 4000).length > 50) heard.resolve()
        }
      })
    })
    const sound = tone(20_000)
    const playing = seat.play(sound)
    await heard.promise
    const peak = Math.max(...loud)
    expect(peak).toBeGreaterThan(0.7 * loudness(sound.samples))
    expect(peak).toBeLessThan(1.3 * loudness(sound.samples))
    expect(seat.queuedMs()).toBeGreaterThan(10_000)
    seat.hush()
    await playing
    expect(seat.queuedMs()).toBe(0)
    await wait(1000)
    const before = loud.length
    await wait(500)
    expect(Math.max(0, ...loud.slice(before))).toBeLessThan(100)
  })

  test('is not heard at all with what is hushed in the moment it is played, and is heard with what comes next', async () => {
    const { room, seat } = await meet()
    const loud: number[] = []
    const subscribed = Promise.withResolvers<void>()
    await using _listener = await at.enter(room, 'listener', (person) => {
      person.on(rtc.RoomEvent.TrackSubscribed, async (track) => {
        if (track.kind !== rtc.TrackKind.KIND_AUDIO) return
        const stream = new rtc.AudioStream(track, { sampleRate: 16_000, numChannels: 1, frameSizeMs: 20 })
        subscribed.resolve()
        for await (const frame of stream) loud.push(loudness(frame.data))
      })
    })
    await subscribed.promise
    await wait(500)
    // Right after something else was heard, as an answer follows a question.
    await seat.play(tone(300))
    await wait(600)
    const playing = Promise.all(Array.from({ length: 25 }, () => seat.play(tone(200))))
    await wait(30)
    seat.hush()
    await playing
    const before = loud.length
    await wait(1500)
    // What lay in the native queue for a moment may be a tenth of a second.
    expect(loud.slice(before).filter((each) => each > 1000).length).toBeLessThan(10)
    void seat.play(tone(1000))
    await wait(1500)
    expect(loud.filter((each) => each > 4000).length).toBeGreaterThan(30)
  })

  test('takes sound as fast as it is heard, with less than a second ahead', async () => {
    const { seat } = await meet()
    const began = performance.now()
    await seat.play(tone(500))
    expect(performance.now() - began).toBeLessThan(400)
    await seat.play(tone(1500))
    expect(performance.now() - began).toBeGreaterThan(900)
    expect(seat.queuedMs()).toBeLessThanOrEqual(1000)
    expect(seat.queuedMs()).toBeGreaterThan(500)
    await expect(seat.play(tone(100, 16_000))).rejects.toThrow('24000')
  })

  test('tells its manner, captions, messages and notices', async () => {
    const { room, seat } = await meet()
    const texts: unknown[] = []
    const events: unknown[] = []
    await using listener = await at.enter(room, 'listener', (person) => {
      for (const topic of ['lk.chat', 'lk.transcription']) {
        person.registerTextStreamHandler(topic, async (reader, { identity }) => {
          const { attributes = {} } = reader.info
          texts.push({ topic, identity, text: await reader.readAll(), attributes })
        })
      }
      person.on(rtc.RoomEvent.DataReceived, (data, sender, _kind, topic) => {
        events.push({ topic, identity: sender?.identity, ...JSON.parse(new TextDecoder().decode(data)) })
      })
    })
    seat.setManner('thinking')
    seat.caption({ segment: 's1', text: 'Good', isFinal: false, speaker: 'avatar' })
    seat.caption({ segment: 's2', text: 'Hello?', isFinal: true, speaker: { identity: 'listener' } })
    seat.say('Good day.')
    seat.notify({ type: 'interrupted' })
    seat.notify({ type: 'utterance', author: 'character', content: 'Good day.', at: Date.UTC(2026, 10, 20) })
    seat.notify({ type: 'expires_soon', secondsRemaining: 30 })
    seat.notify({ type: 'failed', code: 'unavailable', message: 'Later.' })
    await expect.poll(() => [texts.length, events.length], { timeout: 20_000 }).toEqual([3, 4])
    const soundId = [...(listener.room.remoteParticipants.get(avatar)?.trackPublications.values() ?? [])].find(
      ({ source }) => source === rtc.TrackSource.SOURCE_MICROPHONE,
    )?.sid
    expect(texts).toEqual([
      {
        topic: 'lk.transcription',
        identity: avatar,
        text: 'Good',
        attributes: { 'lk.segment_id': 's1', 'lk.transcription_final': 'false', 'lk.transcribed_track_id': soundId },
      },
      {
        topic: 'lk.transcription',
        identity: 'listener',
        text: 'Hello?',
        attributes: { 'lk.segment_id': 's2', 'lk.transcription_final': 'true' },
      },
      { topic: 'lk.chat', identity: avatar, text: 'Good day.', attributes: {} },
    ])
    expect(events).toEqual([
      { topic: 'equos_event', identity: avatar, type: 'interrupt' },
      {
        topic: 'equos_event',
        identity: avatar,
        type: 'utterance',
        author: 'character',
        content: 'Good day.',
        recordedAt: '2026-11-20T00:00:00.000Z',
      },
      { topic: 'equos_event', identity: avatar, type: 'expire_soon', seconds_remaining: 30 },
      { topic: 'equos_event', identity: avatar, type: 'error', code: 'unavailable', message: 'Later.' },
    ])
    await expect
      .poll(() => listener.room.remoteParticipants.get(avatar)?.attributes, { timeout: 5000 })
      .toMatchObject({ 'lk.agent.state': 'thinking' })
  })

  test('knows who is there, and is told who comes and goes', async () => {
    const room = await at.openRoom()
    await using early = await at.enter(room, 'early')
    const { seat, told } = await seatAvatar(at, room)
    seats.push(seat)
    expect(seat.people()).toEqual([{ identity: 'early', name: 'The early' }])
    const late = await at.enter(room, 'late')
    expect(await told.wait('joined')).toEqual([{ identity: 'late', name: 'The late' }])
    expect(seat.people().map(({ identity }) => identity)).toEqual(['early', 'late'])
    await late.room.disconnect()
    expect(await told.wait('left')).toEqual(['late'])
    await early.room.disconnect()
    await told.wait('left', (identity) => identity === 'early')
    expect(told.all.filter(([name]) => name === 'joined')).toHaveLength(1)
  })

  test('hears microphones at 16,000 samples a second in stretches of 20 ms, and no pictures', async () => {
    const { room, told } = await meet()
    const asked: unknown[] = []
    await using speaker = await at.enter(room, 'speaker', (person) => {
      person.on(rtc.RoomEvent.LocalTrackSubscribed, ({ kind }) => asked.push(kind))
    })
    const camera = rtc.LocalVideoTrack.createVideoTrack('camera', new rtc.VideoSource(64, 64))
    await speaker.me.publishTrack(camera, new rtc.TrackPublishOptions({ source: rtc.TrackSource.SOURCE_CAMERA }))
    const source = new rtc.AudioSource(48_000, 1)
    const track = rtc.LocalAudioTrack.createAudioTrack('mic', source)
    await speaker.me.publishTrack(track, new rtc.TrackPublishOptions({ source: rtc.TrackSource.SOURCE_MICROPHONE }))
    const { samples } = tone(800, 48_000)
    void source.captureFrame(new rtc.AudioFrame(samples, 48_000, 1, samples.length))
    const isLoud = (_identity: string, sound: { samples: Int16Array }) => loudness(sound.samples) > 4000
    const [identity, sound] = await told.wait('heard', isLoud)
    expect(identity).toBe('speaker')
    expect(sound).toMatchObject({ rate: 16_000, samples: { length: 320 } })
    expect(asked).toEqual([rtc.TrackKind.KIND_AUDIO])
    await Promise.all([track.close(), camera.close()])
  })

  test('is told when a microphone is muted, and when it is taken away', async () => {
    const { room, told } = await meet()
    await using speaker = await at.enter(room, 'speaker')
    const source = new rtc.AudioSource(48_000, 1)
    const track = rtc.LocalAudioTrack.createAudioTrack('mic', source)
    const options = new rtc.TrackPublishOptions({ source: rtc.TrackSource.SOURCE_MICROPHONE })
    const { sid = '' } = await speaker.me.publishTrack(track, options)
    const { samples } = tone(800, 48_000)
    void source.captureFrame(new rtc.AudioFrame(samples, 48_000, 1, samples.length))
    await told.wait('heard')
    await at.service.mutePublishedTrack(room, 'speaker', sid, true)
    expect(await told.wait('fellSilent')).toEqual(['speaker'])
    told.all.length = 0
    await speaker.me.unpublishTrack(sid)
    expect(await told.wait('fellSilent')).toEqual(['speaker'])
    await track.close()
  })

  test('refuses in time where there is no room, no server, no right, or nobody waits any more', async () => {
    const room = await at.openRoom()
    const wish = await at.wish(room)
    const refused = (more: object, signal = never) =>
      expect(at.door.join({ ...wish, ...more }, listen().listener, signal)).rejects.toMatchObject({
        name: 'ParlorError',
        code: 'unavailable',
      })
    const began = performance.now()
    await refused({ token: 'none' })
    await refused({ token: await at.tokenFor('prl_none', avatar, true) })
    await refused({ serverUrl: 'ws://127.0.0.1:9' })
    await refused({}, AbortSignal.abort())
    for (const ms of [1, 10, 25, 40]) await refused({}, AbortSignal.timeout(ms))
    const silent = createServer(() => {})
    await once(silent.listen(0, '127.0.0.1'), 'listening')
    await refused({ serverUrl: `ws://127.0.0.1:${Object(silent.address()).port}` })
    silent.close()
    expect(performance.now() - began).toBeLessThan(25_000)
    // What was being joined when nobody waited any more is joined by now, and left.
    expect(await at.service.listParticipants(room)).toEqual([])
  })
})
