import { fixedClock } from '@parlor/core/time'
import { describe, expect, it } from 'vitest'
import { passageReader } from './read-passages.ts'
import { openPassages } from './testing/passages-to-read.ts'

function open(count: number) {
  const clock = fixedClock()
  const store = openPassages(clock, count)
  const reader = passageReader(store.ports)
  return { ...store, reader, clock }
}

describe('the reader of passages', () => {
  it('reads all there is, 32 at a time, and then waits a minute', async () => {
    const { reader, asked, kept, waits, logged } = open(70)
    reader.start()
    expect(await waits.next()).toBe(60_000)
    expect(asked.map(({ length }) => length)).toEqual([32, 32, 6])
    expect(asked[0]?.[0]).toBe('Title 0\nHeading\ntext 0')
    expect(kept.size).toBe(70)
    expect([...(kept.get('69') ?? [])]).toEqual([19, 1])
    expect(logged).toEqual([['info', 'the sentence model has read all new passages', { model: 'm@h', passages: 70 }]])
    expect(reader.progress()).toEqual({ read: 70, isFailing: false })
    await reader.stop()
  })

  it('takes passages for two minutes, so that nobody else reads them', async () => {
    const { reader, claims, waits, clock } = open(1)
    reader.start()
    await waits.next()
    const now = clock.now()
    expect(claims[0]).toEqual({ model: 'm@h', limit: 32, now, until: now + 120_000 })
    await reader.stop()
  })

  it('reads what came when it is nudged, and looks by itself after its minute', async () => {
    const { reader, add, asked, waits, logged } = open(0)
    reader.start()
    await waits.next()
    add(2)
    reader.nudge()
    await waits.next()
    expect(asked).toHaveLength(1)
    add(1)
    waits.end()
    await waits.next()
    expect(asked.map(({ length }) => length)).toEqual([2, 1])
    expect(logged).toHaveLength(2)
    await reader.stop()
  })

  it('looks again where a document came while it was looking', async () => {
    const { reader, add, asked, claims, waits, whenClaimed } = open(0)
    whenClaimed(() => {
      if (claims.length !== 1) return
      add(1)
      reader.nudge()
    })
    reader.start()
    await waits.next()
    expect(asked).toHaveLength(1)
    expect(waits.calledOff()).toBe(0)
    await reader.stop()
  })

  it('starts once, however often it is told to', async () => {
    const { reader, claims, waits } = open(0)
    reader.start()
    reader.start()
    await waits.next()
    expect(claims).toHaveLength(1)
    await reader.stop()
  })
})

describe('a model that does not answer', () => {
  it('is asked after 5 s, twice as long each time, up to 5 min, and the log tells once', async () => {
    const { reader, asked, model, waits, logged } = open(1)
    model.fails = true
    reader.start()
    const waited = []
    for (let i = 0; i < 9; i += 1) {
      waited.push(await waits.next())
      waits.end()
    }
    expect(waited).toEqual([5, 10, 20, 40, 80, 160, 300, 300, 300].map((seconds) => seconds * 1000))
    await waits.next()
    expect(asked).toHaveLength(10)
    expect(logged).toEqual([['warn', expect.stringContaining('cannot be read'), { model: 'm@h', err: model.fault }]])
    expect(reader.progress()).toEqual({ read: 0, isFailing: true })
    await reader.stop()
  })

  it('is not asked sooner because documents come', async () => {
    const { reader, add, asked, model, waits } = open(1)
    model.fails = true
    reader.start()
    await waits.next()
    add(1)
    reader.nudge()
    reader.nudge()
    await new Promise((resolve) => setImmediate(resolve))
    expect([asked.length, waits.calledOff()]).toEqual([1, 0])
    await reader.stop()
  })

  it('reads what it could not, once it answers, and the log tells so', async () => {
    const { reader, asked, kept, model, waits, logged } = open(40)
    model.fails = true
    reader.start()
    await waits.next()
    model.fails = false
    waits.end()
    expect(await waits.next()).toBe(60_000)
    expect(asked.map((texts) => texts.length)).toEqual([32, 8, 32])
    expect(kept.size).toBe(40)
    expect(logged.map(([level, message]) => `${level} ${message}`)).toEqual([
      expect.stringMatching(/^warn passages cannot be read/),
      'info passages are read again',
      'info the sentence model has read all new passages',
    ])
    expect(reader.progress()).toEqual({ read: 40, isFailing: false })
    await reader.stop()
  })

  it('leaves a batch to whoever takes it once its time is over', async () => {
    const { reader, asked, clock, model, waits } = open(1)
    model.fails = true
    reader.start()
    await waits.next()
    clock.advance(120_000)
    waits.end()
    await waits.next()
    waits.end()
    await waits.next()
    // Taken anew, then tried again: never the same passage twice in one attempt.
    expect(asked.map(({ length }) => length)).toEqual([1, 1, 1])
    await reader.stop()
  })

  it('leaves what somebody else has read meanwhile', async () => {
    const { reader, asked, clock, model, takeAway, waits } = open(1)
    model.fails = true
    reader.start()
    await waits.next()
    clock.advance(120_000)
    takeAway('0')
    waits.end()
    expect(await waits.next()).toBe(60_000)
    expect(asked).toHaveLength(1)
    expect(reader.progress()).toEqual({ read: 0, isFailing: false })
    await reader.stop()
  })

  it('does not hold up passages it does read by those it does not', async () => {
    const { reader, add, kept, model, waits } = open(1)
    model.refuses = 'text 0'
    reader.start()
    await waits.next()
    add(50)
    waits.end()
    await waits.next()
    expect(kept.size).toBe(50)
    expect(kept.has('0')).toBe(false)
    await reader.stop()
  })

  it('or a store that keeps nothing, is the same', async () => {
    const { reader, store, waits, logged, kept } = open(3)
    store.fails = true
    reader.start()
    expect(await waits.next()).toBe(5_000)
    expect(logged).toHaveLength(1)
    store.fails = false
    waits.end()
    await waits.next()
    expect(kept.size).toBe(3)
    await reader.stop()
  })
})

describe('stopping', () => {
  it('breaks off the call under way and keeps nothing of it', async () => {
    const { reader, model, kept, logged } = open(3)
    model.hangs = true
    reader.start()
    const signal = await model.asked
    await reader.stop()
    expect(signal.aborted).toBe(true)
    expect([kept.size, logged.length]).toEqual([0, 0])
  })

  it('ends a wait, and a nudge after it does nothing', async () => {
    const { reader, add, asked, waits, claims } = open(0)
    reader.start()
    await waits.next()
    await reader.stop()
    add(1)
    reader.nudge()
    expect([asked.length, claims.length, waits.calledOff()]).toEqual([0, 1, 1])
  })

  it('before the start is over at once', async () => {
    await open(1).reader.stop()
  })
})
