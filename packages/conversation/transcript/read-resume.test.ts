import type { TranscriptMessage } from '@parlor/protocol'
import { expect, it } from 'vitest'
import { readResume } from './read-resume.ts'
import type { StoredEvent, Tail, TranscriptStore } from './transcript-store.ts'

/** A log with one more event and message at each of the reads named, as other nodes append while one reads. */
function growing(growsAt: readonly ('tail' | 'messages' | 'events')[], begun = 1) {
  const log = { length: begun }
  const left = [...growsAt]
  const reads: string[] = []
  const read = async <T>(what: 'tail' | 'messages' | 'events', of: () => T): Promise<T> => {
    reads.push(what)
    const result = of()
    if (left[0] === what) {
      left.shift()
      log.length += 1
    }
    return result
  }
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

it.each([
  [[]],
  [['tail']],
  [['messages']],
  [['events']],
  [['tail', 'messages', 'events']],
  [['tail', 'tail', 'tail', 'tail']],
] as const)('what is read belongs together although the log grows at %j', async (growsAt) => {
  const replay = await readResume(growing(growsAt).store, place, 0)
  if (replay.kind !== 'replay') throw new Error('nothing was forgotten')
  const { length } = replay.messages
  expect([replay.tail.lastSeq, replay.tail.lastResponse, replay.events.length]).toEqual([length, length, length])
  const snapshot = await readResume(growing(growsAt).store, place, null)
  expect(snapshot.tail.lastSeq).toBe(snapshot.messages.length)
})

it('nothing is read twice where nobody has spoken', async () => {
  const { store, reads } = growing([], 0)
  expect(await readResume(store, place, null)).toMatchObject({ kind: 'snapshot', gap: false })
  expect(reads).toEqual(['tail', 'messages'])
})
