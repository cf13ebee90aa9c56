import { expect, it, vi } from 'vitest'
import { untilAborted } from './until-aborted.ts'

const never = new Promise<never>(() => {})

it('brings what a step brings, or how it fails', async () => {
  const within = untilAborted(new AbortController().signal)
  expect(await within(Promise.resolve(7))).toBe(7)
  await expect(within(Promise.reject(new Error('broken')))).rejects.toThrow('broken')
})

it('gives up every step that waits as soon as the signal aborts, and every later one', async () => {
  const controller = new AbortController()
  const within = untilAborted(controller.signal)
  const waiting = [within(never), within(never)].map((step) => step.catch((reason: unknown) => reason))
  controller.abort('left')
  expect(await Promise.all(waiting)).toEqual(['left', 'left'])
  await expect(within(Promise.resolve(7))).rejects.toBe('left')
  await expect(untilAborted(controller.signal)(never)).rejects.toBe('left')
})

it('hears of a step that fails after it was given up', async () => {
  const unheard = vi.fn()
  process.once('unhandledRejection', unheard)
  const controller = new AbortController()
  let fail = (_: unknown) => {}
  const step = new Promise<never>((_, reject) => {
    fail = reject
  })
  const waiting = untilAborted(controller.signal)(step).catch(() => {})
  controller.abort('left')
  await waiting
  fail(new Error('too late'))
  await new Promise((resolve) => setImmediate(resolve))
  process.removeListener('unhandledRejection', unheard)
  expect(unheard).not.toHaveBeenCalled()
})

it('listens to the signal once, however many steps there are', async () => {
  const { signal } = new AbortController()
  const listen = vi.spyOn(signal, 'addEventListener')
  const within = untilAborted(signal)
  for (let n = 0; n < 10; n += 1) await within(Promise.resolve(n))
  expect(listen).toHaveBeenCalledTimes(1)
})
