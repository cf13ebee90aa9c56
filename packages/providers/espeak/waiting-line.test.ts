import { expect, it } from 'vitest'
import { openLine } from './waiting-line.ts'

it('lets so many in, and each that leaves lets in who came next', async () => {
  const line = openLine(2)
  const inside: number[] = []
  const enter = (who: number, signal?: AbortSignal) => line.enter(signal).then(() => inside.push(who))
  await Promise.all([enter(1), enter(2)])
  const rest = [enter(3), enter(4)]
  await Promise.resolve()
  expect(inside).toEqual([1, 2])
  line.leave()
  await rest[0]
  expect(inside).toEqual([1, 2, 3])
  line.leave()
  await rest[1]
  expect(inside).toEqual([1, 2, 3, 4])
  line.leave()
  line.leave()
  await Promise.all([enter(5), enter(6)])
  expect(inside).toEqual([1, 2, 3, 4, 5, 6])
})

it('is left by whoever will not wait, and nobody else loses their turn', async () => {
  const line = openLine(1)
  await line.enter(undefined)
  const leaving = new AbortController()
  const gone = expect(line.enter(leaving.signal)).rejects.toBe('left')
  const next = line.enter(undefined)
  leaving.abort('left')
  await gone
  line.leave()
  await next
})
