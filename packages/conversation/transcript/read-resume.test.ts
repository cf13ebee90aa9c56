import type { TranscriptMessage } from '@parlor/protocol'
import { describe, expect, it } from 'vitest'
import { readResume } from './read-resume.ts'
import type { StoredEvent, Tail, TranscriptStore } from './transcript-store.ts'

type What = 'tail' | 'messages' | 'events'

/**
 * A log with one more event and message after each of the reads named, as other nodes append while one reads. Reads that are
 * under way together happen in either order.
 */
function growing(growsAt: readonly What[], order: 'as asked' | 'the other way round', begun = 1) {
  const log = { length: begun }
  const left = [...growsAt]
  const reads: What[] = []
  const waiting: (() => void)[] = []
  const readAll = () => {
    for (const each of order === 'as asked' ? waiting.splice(0) : waiting.splice(0).reverse()) each()
  }
  const read = <T>(what: What, of: () => T): Promise<T> =>
    new Promise((resolve) => {
      if (waiting.length === 0) setImmediate(readAll)
      waiting.push(() => {
        reads.push(what)
        resolve(of())
        if (left[0] !== what) return
        left.shift()
        log.length += 1
      })
    })
  const upTo = () => Array.from({ length: log.length }, (_, n) => n + 1)
  const store: Pick<TranscriptStore, 'readTail' | 'listMessages' | 'listEvents'> = {
    readTail: () => read('tail', (): Tail => ({ ...empty, lastSeq: log.length, lastResponse: log.length })),
    listMessages: () => read('messages', () => upTo().map((n): TranscriptMessage => ({ ...said, id: `m${n}` }))),
    listEvents: (_, after) =>
      read('events', () =>
        upTo()
          .slice(after)
          .map((seq): StoredEvent => ({ seq, at: 0, body })),
      ),
  }
  return { store: store as TranscriptStore, reads }
}
const empty: Tail = { lastSeq: 0, lastResponse: 0, conversation: 1, messages: 0, sessionMessages: 0, sessionTokens: 0 }
const said = { role: 'visitor' as const, text: '', at: '' }
const body = { type: 'user.message' }
const place = { sessionId: 's', visitorId: 'v' }

const growths: readonly What[][] = [
  [],
  ['tail'],
  ['messages'],
  ['events'],
  ['tail', 'messages', 'events'],
  ['messages', 'tail', 'events'],
  ['tail', 'tail', 'tail', 'tail'],
]

describe.each(['as asked', 'the other way round'] as const)('reads that happen %s', (order) => {
  it.each(growths.map((growsAt) => ({ growsAt })))(
    'belong together although the log grows at $growsAt',
    async ({ growsAt }) => {
      const replay = await readResume(growing(growsAt, order).store, place, 0)
      if (replay.kind !== 'replay') throw new Error('nothing was forgotten')
      const { length } = replay.messages
      expect([replay.tail.lastSeq, replay.tail.lastResponse, replay.events.length]).toEqual([length, length, length])
      const snapshot = await readResume(growing(growsAt, order).store, place, null)
      expect(snapshot.tail.lastSeq).toBe(snapshot.messages.length)
    },
  )
})

it('one read is enough where nobody has spoken', async () => {
  const { store, reads } = growing(['tail'], 'as asked', 0)
  expect(await readResume(store, place, null)).toEqual({ kind: 'snapshot', gap: false, messages: [], tail: empty })
  expect(await readResume(growing([], 'as asked', 0).store, place, 0)).toMatchObject({ kind: 'replay', events: [] })
  expect(await readResume(growing([], 'as asked', 0).store, place, 1)).toMatchObject({ kind: 'snapshot', gap: true })
  expect(reads).toEqual(['tail'])
})
