import { expect, test } from 'vitest'
import type { Sound } from '../speech/index.ts'
import { hum, hush, openFakeRoom, sounding, soundRate } from './performer.test-support.ts'

const never = new AbortController().signal
const isAtRest = ({ mouth }: { mouth: { open: number; shape: string } }) => mouth.open === 0 && mouth.shape === 'rest'

test('the mouth opens with loud sound, shuts in its pauses and rests within a frame of its end', async () => {
  const room = openFakeRoom()
  const { done } = room.performer.utter({
    text: 'Aha, aha',
    sound: sounding(hum(600), hush(400), hum(600)),
    signal: never,
  })
  const first = await room.run(600)
  expect(first.filter(({ mouth }) => mouth.open > 0.4).length).toBeGreaterThan(6)
  await room.run(60)
  const pause = await room.run(300)
  expect(pause.length).toBeGreaterThan(4)
  expect(pause.every(isAtRest)).toBe(true)
  const second = await room.run(600)
  expect(Math.max(...second.map(({ mouth }) => mouth.open))).toBeGreaterThan(0.6)
  await room.run(100)
  expect(isAtRest(room.last())).toBe(true)
  expect(await done).toEqual({ heardMs: 1600, totalMs: 1600, finished: true })
})

test('the mouth follows what is heard, not what is queued', async () => {
  const room = openFakeRoom()
  room.performer.utter({ text: 'ah', sound: sounding(hush(500), hum(300), hush(5000)), signal: never })
  expect((await room.run(480)).every(isAtRest)).toBe(true)
  expect((await room.run(280)).some(({ mouth }) => mouth.open > 0.6)).toBe(true)
  await room.run(80)
  expect((await room.run(2000)).every(isAtRest)).toBe(true)
})

test('an utterance is done when its last sample was heard, not when it was queued', async () => {
  const room = openFakeRoom()
  let isDone = false
  void room.performer.utter({ text: 'ah', sound: sounding(hum(900)), signal: never }).done.then(() => {
    isDone = true
  })
  await room.run(880)
  expect(isDone).toBe(false)
  await room.run(30)
  expect(isDone).toBe(true)
})

test('stopping it silences at once, says how much was heard, and rests the mouth within a frame', async () => {
  const room = openFakeRoom()
  const stop = new AbortController()
  const text = 'one two three four five six seven eight nine ten'
  const { done, heard } = room.performer.utter({ text, sound: sounding(hum(4000)), signal: stop.signal })
  await room.run(1000)
  expect(room.last().mouth.open).toBeGreaterThan(0.2)
  stop.abort()
  expect(room.hushed()).toBe(1)
  expect(heard()).toBeGreaterThanOrEqual(2)
  expect(heard()).toBeLessThanOrEqual(3)
  expect(await done).toEqual({ heardMs: 1000, totalMs: 4000, finished: false })
  await room.run(50)
  expect(isAtRest(room.last())).toBe(true)
})

test('what is stopped before its turn was not heard and silences nobody', async () => {
  const room = openFakeRoom()
  const stop = new AbortController()
  const first = room.performer.utter({ text: 'ah', sound: sounding(hum(800)), signal: never })
  const second = room.performer.utter({ text: 'oh', sound: sounding(hum(800)), signal: stop.signal })
  await room.run(200)
  stop.abort()
  expect(await second.done).toMatchObject({ heardMs: 0, finished: false })
  expect(second.heard()).toBe(0)
  expect(room.hushed()).toBe(0)
  await room.run(700)
  expect(await first.done).toMatchObject({ heardMs: 800, finished: true })
})

test('utterances are heard one after the other', async () => {
  const room = openFakeRoom()
  const first = room.performer.utter({ text: 'ah', sound: sounding(hum(500)), signal: never })
  const second = room.performer.utter({ text: 'oh', sound: sounding(hum(500)), signal: never })
  await room.run(450)
  expect(second.heard()).toBe(0)
  await room.run(300)
  expect(room.last().mouth.shape).toBe('round')
  await room.run(400)
  expect((await first.done).finished && (await second.done).finished).toBe(true)
})

test('without sound the mouth moves as long as the words would take, and can be stopped as well', async () => {
  const room = openFakeRoom()
  const said = room.performer.utter({ text: 'Hello there, everybody.', sound: null, signal: never })
  const poses = await room.run(800)
  expect(new Set(poses.map(({ mouth }) => mouth.shape)).size).toBeGreaterThan(1)
  expect(poses.some(({ mouth }) => mouth.open > 0.5)).toBe(true)
  await room.run(2500)
  const { heardMs, totalMs, finished } = await said.done
  expect(finished).toBe(true)
  expect(heardMs).toBe(totalMs)
  expect(totalMs).toBeGreaterThan(1000)
  expect(totalMs).toBeLessThan(2500)

  const stop = new AbortController()
  const cut = room.performer.utter({ text: 'Hello there, everybody.', sound: null, signal: stop.signal })
  await room.run(500)
  stop.abort()
  expect(await cut.done).toEqual({ heardMs: 500, totalMs, finished: false })
  expect(cut.heard()).toBe(1)
  expect(room.hushed()).toBe(0)
})

test('a sound that breaks off is not finished, and what came of it is heard', async () => {
  const room = openFakeRoom()
  async function* breaking(): AsyncGenerator<Sound> {
    yield hum(400)
    throw new Error('the voice is gone')
  }
  const { done } = room.performer.utter({ text: 'a rather long text to say', sound: breaking(), signal: never })
  await room.run(500)
  const played = await done
  expect(played).toMatchObject({ heardMs: 400, finished: false })
  expect(played.totalMs).toBeGreaterThan(800)
})

test('sound of another rate is brought to the rate of the seat', async () => {
  const room = openFakeRoom()
  const samples = new Int16Array(24_000).fill(3000)
  const { done } = room.performer.utter({ text: 'ah', sound: sounding({ samples, rate: 24_000 }), signal: never })
  await room.run(1100)
  const { heardMs, finished } = await done
  expect(finished).toBe(true)
  expect(Math.abs(heardMs - 1000)).toBeLessThan(2)
})

test('the room is told that it speaks from the first sound to the last, and not between two sentences', async () => {
  const room = openFakeRoom()
  room.performer.setManner('thinking')
  const gate = Promise.withResolvers<void>()
  async function* late(): AsyncGenerator<Sound> {
    await gate.promise
    yield hum(300)
  }
  const { done } = room.performer.utter({ text: 'ah', sound: late(), signal: never })
  await room.run(300)
  expect(room.manners).toEqual(['idle', 'thinking'])
  gate.resolve()
  await room.run(100)
  expect(room.manners).toEqual(['idle', 'thinking', 'speaking'])
  room.performer.setManner('idle')
  void done.then(() => room.performer.utter({ text: 'oh', sound: sounding(hum(300)), signal: never }))
  await room.run(400)
  expect(room.manners).toEqual(['idle', 'thinking', 'speaking'])
  await room.run(500)
  expect(room.manners).toEqual(['idle', 'thinking', 'speaking', 'idle'])
})

test('it shows 15 frames a second at rest and 20 speaking, and blinks without moving its mouth', async () => {
  const room = openFakeRoom()
  const resting = await room.run(10_000)
  expect(Math.abs(resting.length - 150)).toBeLessThan(3)
  expect(resting.every(isAtRest)).toBe(true)
  const blinks = resting.filter(({ lids }, at) => lids > 0 && resting[at - 1]?.lids === 0)
  expect(blinks.length).toBeGreaterThanOrEqual(2)
  expect(blinks.length).toBeLessThanOrEqual(5)
  expect(resting.some(({ lids }) => lids === 1)).toBe(true)
  room.performer.utter({ text: 'ah', sound: sounding(hum(5000)), signal: never })
  expect(Math.abs((await room.run(5000)).length - 100)).toBeLessThan(3)
})

test('under load it falls to five frames a second, and recovers', async () => {
  const room = openFakeRoom()
  room.performer.utter({ text: 'ah', sound: sounding(hum(120_000)), signal: never })
  await room.run(500)
  room.beLate(60)
  await room.run(4000)
  const slow = await room.run(4000)
  expect(slow.length).toBeGreaterThanOrEqual(16)
  expect(slow.length).toBeLessThanOrEqual(20)
  room.beLate(0)
  await room.run(20_000)
  expect((await room.run(2000)).length).toBeGreaterThanOrEqual(39)
})

test('drawing that takes too long slows the frames as well, and so does a load that is measured elsewhere', async () => {
  const slow = openFakeRoom()
  slow.drawFor(70)
  await slow.run(6000)
  expect((await slow.run(2000)).length).toBeLessThanOrEqual(21)
  let load = 300
  const loaded = openFakeRoom({ load: () => load })
  await loaded.run(4000)
  expect((await loaded.run(2000)).length).toBeLessThanOrEqual(11)
  load = 0
  await loaded.run(20_000)
  expect((await loaded.run(2000)).length).toBeGreaterThanOrEqual(29)
})

test('an agent that lends its voice is told when it is heard and when it was', async () => {
  const room = openFakeRoom()
  room.performer.lend('agent', hum(300))
  room.performer.lend('agent', hum(500))
  room.performer.lend('agent', null)
  const poses = await room.run(700)
  expect(poses.some(({ mouth }) => mouth.open > 0.4)).toBe(true)
  expect(room.news).toEqual([{ identity: 'agent', news: { type: 'started' } }])
  expect(room.manners.at(-1)).toBe('speaking')
  await room.run(200)
  expect(room.news[1]).toEqual({
    identity: 'agent',
    news: { type: 'finished', playedMs: 800, isInterrupted: false },
  })
  await room.run(100)
  expect(isAtRest(room.last())).toBe(true)
  expect(room.manners.at(-1)).toBe('idle')
})

test('an agent that wants silence has it at once, and is told how much was heard', async () => {
  const room = openFakeRoom()
  room.performer.lend('agent', { samples: new Int16Array(3 * 24_000).fill(4000), rate: 24_000 })
  room.performer.lend('agent', null)
  await room.run(1000)
  room.performer.lendInterrupted('stranger')
  expect(room.hushed()).toBe(0)
  room.performer.lendInterrupted('agent')
  expect(room.hushed()).toBe(1)
  expect(room.news.at(-1)).toEqual({
    identity: 'agent',
    news: { type: 'finished', playedMs: 1000, isInterrupted: true },
  })
  await room.run(60)
  expect(isAtRest(room.last())).toBe(true)
  room.performer.lend('agent', hum(200))
  room.performer.lend('agent', null)
  await room.run(400)
  expect(room.news.at(-1)?.news).toEqual({ type: 'finished', playedMs: 200, isInterrupted: false })
})

test('once stopped there is no timer, no frame and no sound, and nothing is left waiting', async () => {
  const room = openFakeRoom()
  const sound = { samples: hum(9000).samples, rate: soundRate }
  const said = room.performer.utter({ text: 'ah', sound: sounding(sound), signal: never })
  const next = room.performer.utter({ text: 'oh', sound: null, signal: never })
  await room.run(500)
  room.performer.stop()
  expect(room.timersLeft()).toBe(0)
  expect(room.hushed()).toBeGreaterThan(0)
  expect(await said.done).toMatchObject({ heardMs: 500, finished: false })
  expect(await next.done).toMatchObject({ heardMs: 0, finished: false })
  expect(await room.run(1000)).toEqual([])
  const played = room.played()
  room.performer.setManner('listening')
  room.performer.lend('agent', hum(100))
  const after = room.performer.utter({ text: 'ah', sound: sounding(hum(100)), signal: never })
  expect(await after.done).toMatchObject({ heardMs: 0, finished: false })
  expect(room.timersLeft()).toBe(0)
  expect(room.manners.at(-1)).not.toBe('listening')
  expect(room.played()).toBe(played)
})

test.each([
  ['the words are shown alone', null],
  ['all of the sound is queued', [hum(900)]],
])('it leaves no timer behind either where %s', async (_, sounds) => {
  const room = openFakeRoom()
  const stop = new AbortController()
  const sound = sounds && sounding(...sounds)
  const { done } = room.performer.utter({ text: 'Hello there, everybody', sound, signal: stop.signal })
  await room.run(300)
  expect(room.timersLeft()).toBe(2)
  stop.abort()
  expect(room.timersLeft()).toBe(1)
  expect(await done).toMatchObject({ heardMs: 300, finished: false })
  room.performer.stop()
  expect(room.timersLeft()).toBe(0)
})
