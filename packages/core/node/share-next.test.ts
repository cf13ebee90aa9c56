import { expect, test } from 'vitest'
import { shareNext } from './share-next.ts'

function work() {
  const begun: PromiseWithResolvers<number>[] = []
  const ask = shareNext(() => {
    const one = Promise.withResolvers<number>()
    begun.push(one)
    return one.promise
  })
  return { begun, ask }
}

const settle = () => new Promise((resolve) => setImmediate(resolve))

test('who asks while work is under way gets work that began after the asking, shared with all who ask then', async () => {
  const { begun, ask } = work()
  const first = ask()
  await settle()
  const others = [ask(), ask(), ask()]
  await settle()
  expect(begun).toHaveLength(1)
  begun[0]?.resolve(1)
  expect(await first).toBe(1)
  await settle()
  expect(begun).toHaveLength(2)
  begun[1]?.resolve(2)
  expect(await Promise.all(others)).toEqual([2, 2, 2])
})

test('work that failed fails those who asked for it, and nobody after them', async () => {
  const { begun, ask } = work()
  const first = ask()
  await settle()
  const second = ask()
  begun[0]?.reject(new Error('no store'))
  await expect(first).rejects.toThrow('no store')
  await settle()
  begun[1]?.resolve(2)
  expect(await second).toBe(2)
})
