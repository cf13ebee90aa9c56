import { afterEach, expect, test, vi } from 'vitest'
import { openOutbox } from './seat-outbox.ts'

afterEach(() => void vi.useRealTimers())

test('sends in order, one at a time, whatever fails', async () => {
  const outbox = openOutbox()
  const sent: string[] = []
  const first = Promise.withResolvers<void>()
  outbox.put(async () => {
    sent.push('begun')
    await first.promise
    throw new Error('no connection')
  })
  outbox.put(async () => {
    throw new Error('not asynchronous')
  })
  outbox.put(async () => sent.push('second'))
  await Promise.resolve()
  expect(sent).toEqual(['begun'])
  first.resolve()
  await outbox.close()
  expect(sent).toEqual(['begun', 'second'])
})

test('leaves out what was overtaken by something newer of the same place', async () => {
  const outbox = openOutbox()
  const sent: string[] = []
  const put = (text: string, place?: string) => outbox.put(async () => sent.push(text), place)
  put('at once', 'a')
  put('old', 'a')
  put('between')
  put('new', 'a')
  put('another', 'b')
  await outbox.close()
  expect(sent).toEqual(['at once', 'new', 'between', 'another'])
})

test('is not held up by what never ends, neither while it sends nor when it closes', async () => {
  vi.useFakeTimers()
  const outbox = openOutbox()
  const sent: string[] = []
  const never = () => new Promise(() => {})
  outbox.put(never)
  outbox.put(async () => sent.push('after'))
  await vi.advanceTimersByTimeAsync(4999)
  expect(sent).toEqual([])
  await vi.advanceTimersByTimeAsync(1)
  expect(sent).toEqual(['after'])

  outbox.put(never)
  outbox.put(async () => sent.push('too late'))
  const closed = outbox.close()
  await vi.advanceTimersByTimeAsync(1000)
  await closed
  outbox.put(async () => sent.push('closed'))
  await vi.advanceTimersByTimeAsync(10_000)
  expect(sent).toEqual(['after'])
})

test('holds a hundred and loses the oldest beyond', async () => {
  const outbox = openOutbox()
  const sent: number[] = []
  for (let each = 0; each < 151; each++) outbox.put(async () => sent.push(each))
  await outbox.close()
  expect(sent).toEqual([0, ...Array.from({ length: 100 }, (_, each) => each + 51)])
})
