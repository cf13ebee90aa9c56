import { expect, it } from 'vitest'
import { sendInBatches } from './send-in-batches.ts'
import { shareReads } from './share-reads.ts'

/** Calls that end when they are told to. */
function held<T>() {
  const calls: { given: T; end(error?: Error): void }[] = []
  const call = (given: T) =>
    new Promise<void>((resolve, reject) => {
      calls.push({ given, end: (error) => (error === undefined ? resolve() : reject(error)) })
    })
  return { calls, call }
}
const turn = () =>
  new Promise((resolve) => {
    setImmediate(resolve)
  })

it('what comes while a batch is on its way goes with the next one, in order, and only that fails which was lost', async () => {
  const { calls, call } = held<string[]>()
  const send = sendInBatches(call)
  const first = send('a')
  await turn()
  const [second, third] = [send('b'), send('c')]
  await turn()
  expect(calls.map(({ given }) => given)).toEqual([['a']])
  calls[0]?.end(new Error('lost'))
  await expect(first).rejects.toThrow('lost')
  await turn()
  expect(calls[1]?.given).toEqual(['b', 'c'])
  calls[1]?.end()
  await Promise.all([second, third])
})

it('whoever asks while a question is under way gets the answer of one that was sent later', async () => {
  const { calls, call } = held<undefined>()
  let answered = 0
  const ask = shareReads(async () => {
    await call(undefined)
    answered += 1
    return answered
  })
  const first = ask()
  await turn()
  const [second, third] = [ask(), ask()]
  calls[0]?.end()
  expect(await first).toBe(1)
  await turn()
  calls[1]?.end()
  expect(await Promise.all([second, third])).toEqual([2, 2])
  expect(calls).toHaveLength(2)
})
