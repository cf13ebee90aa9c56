import { expect, it } from 'vitest'
import type { LiveContext } from './live-state.ts'
import { createRegistry } from './registry.ts'
import { exclusively, holdChannel, pruneTo, releaseChannel, tell } from './visitor-channel.ts'

/** A channel of a session nobody is connected to, and what it lets the store forget. */
function open() {
  const pruned: number[] = []
  const transcripts = { pruneEvents: async (_: string, upTo: number) => void pruned.push(upTo) }
  const registry = createRegistry(100)
  const heartbeat = { settled: () => {} }
  const context = { registry, heartbeat, ports: { transcripts } } as unknown as LiveContext
  const live = registry.join({ live: null } as never, 's1')
  live.connections.clear()
  return { channel: holdChannel(context, live, 'v1'), context, live, registry, pruned }
}
const events = (from: number, to: number) =>
  Array.from({ length: to - from + 1 }, (_, n) => ({ seq: from + n, at: 0, body: { type: 'notice' } }))

it('forgets what was acknowledged, but nothing that was never told, and nothing twice', () => {
  const { channel, pruned } = open()
  tell(channel, events(1, 9))
  for (const seq of [5, 5, 3, 99]) pruneTo(channel, seq)
  expect(pruned).toEqual([5, 9])
})

it('keeps 256 events for a client that acknowledges nothing, with some slack', () => {
  const { channel, pruned } = open()
  tell(channel, events(1, 320))
  expect(pruned).toEqual([])
  tell(channel, events(321, 321))
  expect(pruned).toEqual([321 - 256])
})

it('does one work at a time, also after one that failed', async () => {
  const { channel } = open()
  const order: string[] = []
  const slow = exclusively(channel, async () => {
    await new Promise((resolve) => setImmediate(resolve))
    order.push('first')
    throw new Error('broken')
  })
  const next = exclusively(channel, async () => void order.push('second'))
  await expect(slow).rejects.toThrow('broken')
  await next
  expect(order).toEqual(['first', 'second'])
})

it('is forgotten with its session when nobody holds it any more', () => {
  const { channel, context, live, registry } = open()
  expect(holdChannel(context, live, 'v1')).toBe(channel)
  releaseChannel(channel)
  expect([live.channels.size, registry.sessions.size]).toEqual([1, 1])
  releaseChannel(channel)
  expect([live.channels.size, registry.sessions.size]).toEqual([0, 0])
})
