import type { Citation, ServerEvent, Snapshot } from '@parlor/protocol'
import { describe, expect, test } from 'vitest'
import {
  emptyTranscript,
  pendingMessages,
  reduceTranscript,
  streamingAnswer,
  type TranscriptEvent,
} from './transcript.ts'

const at = '2026-11-20T10:00:00.000Z'
const citation: Citation = { n: 1, title: 'Hours', heading: 'Opening', source: 'hours.md' }
const typed = (id: string): TranscriptEvent => ({ type: 'local.typed', id, text: `text of ${id}`, at })
const stored = (seq: number, id: string): TranscriptEvent => ({
  type: 'user.message',
  seq,
  id,
  text: `text of ${id}`,
  source: 'text',
  final: true,
  at,
})
const start = (seq: number, response = 1): TranscriptEvent => ({ type: 'message.start', seq, response, reply_to: 'a' })
const delta = (i: number, text: string, response = 1): TranscriptEvent => ({ type: 'message.delta', response, i, text })
const end = (seq: number, text: string, response = 1): TranscriptEvent & ServerEvent => ({
  type: 'message.end',
  seq,
  response,
  id: `m${response}`,
  text,
  citations: [citation],
  answer_mode: 'quotation',
  grounded: true,
  finish: 'complete',
  at,
})
const run = (...events: TranscriptEvent[]) => events.reduce(reduceTranscript, emptyTranscript)
const shape = (...events: TranscriptEvent[]) =>
  run(...events).entries.map((entry) => (entry.kind === 'reset' ? '--' : `${entry.kind}:${entry.text}`))

describe('transcript', () => {
  test('a typed message is pending until the server has stored it, and stands there once', () => {
    expect(pendingMessages(run(typed('a'))).map((entry) => entry.id)).toEqual(['a'])
    const after = run(typed('a'), stored(1, 'a'))
    expect(after.entries).toMatchObject([{ id: 'a', delivery: 'acknowledged' }])
    expect(after.lastSeq).toBe(1)
  })

  test('an answer grows by its deltas and ends with the text the server stored', () => {
    const midway = run(stored(1, 'a'), start(2), delta(0, 'We op'), delta(1, 'en'))
    expect(streamingAnswer(midway)).toMatchObject({ text: 'We open', streaming: true, replyTo: 'a' })
    const after = reduceTranscript(midway, end(3, 'We open at nine.'))
    expect(after.entries[1]).toMatchObject({
      text: 'We open at nine.',
      streaming: false,
      citations: [citation],
      key: 'r1',
    })
    expect(streamingAnswer(after)).toBeUndefined()
  })

  test('a durable event taken in before changes nothing', () => {
    const once = run(stored(1, 'a'), start(2), end(3, 'Done.'))
    for (const event of [stored(1, 'a'), start(2), end(3, 'Done.')]) expect(reduceTranscript(once, event)).toBe(once)
  })

  test('a delta that came before is not added twice', () => {
    expect(shape(start(1), delta(0, 'a'), delta(1, 'b'), delta(1, 'b'), delta(0, 'a'))).toEqual(['agent:ab'])
  })

  test('a replayed delta replaces the text so far and the live ones go on from there', () => {
    const replay: TranscriptEvent = { type: 'message.delta', response: 1, i: 0, text: 'abcd', replay: true }
    expect(shape(start(1), delta(0, 'ab'), replay, delta(7, 'ef'))).toEqual(['agent:abcdef'])
    expect(shape(start(1), { ...replay, text: '' } as TranscriptEvent, delta(0, 'ab'))).toEqual(['agent:ab'])
  })

  test('a late delta leaves a finished answer alone', () => {
    expect(shape(start(1), end(2, 'Done.'), delta(9, ' more'))).toEqual(['agent:Done.'])
  })

  test('what the server says stands before what it has not heard yet', () => {
    const events = [typed('a'), typed('b'), stored(1, 'a'), start(2), delta(0, 'Yes')]
    expect(shape(...events)).toEqual(['visitor:text of a', 'agent:Yes', 'visitor:text of b'])
  })

  test('a snapshot replaces everything but the messages the server does not have', () => {
    const snapshot: Snapshot = {
      type: 'snapshot',
      seq: 7,
      messages: [
        { id: 'a', role: 'visitor', text: 'text of a', at },
        { id: 'm1', role: 'agent', text: 'Yes', at, response: 1 },
      ],
    }
    const after = run(typed('a'), typed('b'), start(1), delta(0, 'half'), snapshot)
    expect(after.lastSeq).toBe(7)
    expect(after.entries).toMatchObject([
      { id: 'a', delivery: 'acknowledged' },
      { key: 'r1', text: 'Yes', streaming: false },
      { id: 'b', delivery: 'pending' },
    ])
  })

  test('an answer that runs on after a snapshot is taken up by its replayed delta', () => {
    const snapshot: Snapshot = { type: 'snapshot', seq: 7, messages: [] }
    const replay: TranscriptEvent = { type: 'message.delta', response: 2, i: 0, text: 'half of', replay: true }
    expect(shape(snapshot, start(6, 2), replay, delta(4, ' it', 2))).toEqual(['agent:half of it'])
  })

  test('an interrupted answer holds what was heard', () => {
    const after = run(start(1), delta(0, 'one two'), {
      type: 'message.truncated',
      seq: 2,
      response: 1,
      heard_text: 'one',
    })
    expect(after.entries[0]).toMatchObject({ text: 'one', finish: 'interrupted', streaming: false })
  })

  test('a refused message says why and is no longer sent', () => {
    const after = run(typed('a'), { type: 'local.rejected', id: 'a', code: 'text_input_off' })
    expect(after.entries[0]).toMatchObject({ delivery: 'failed', failure: 'text_input_off' })
    expect(pendingMessages(after)).toEqual([])
  })

  test('a reset of the conversation leaves a mark and counts as an event', () => {
    const after = run(stored(1, 'a'), typed('b'), { type: 'notice', seq: 2, code: 'conversation_reset' })
    expect(after.entries.map((entry) => entry.kind)).toEqual(['visitor', 'reset', 'visitor'])
    expect(after.lastSeq).toBe(2)
  })

  test('the empty snapshot after a reset leaves what was said readable', () => {
    const reset: TranscriptEvent = { type: 'notice', seq: 2, code: 'conversation_reset' }
    const after = run(stored(1, 'a'), typed('b'), reset, { type: 'snapshot', seq: 2, messages: [] }, stored(3, 'b'))
    expect(after.entries).toMatchObject([{ id: 'a' }, { kind: 'reset' }, { id: 'b', delivery: 'acknowledged' }])
    const later = reduceTranscript(after, { type: 'snapshot', seq: 9, messages: [] })
    expect(later.entries).toEqual([])
  })

  test('when the talk is over no answer looks as if it went on', () => {
    expect(run(start(1), delta(0, 'half'), { type: 'local.closed' }).entries[0]).toMatchObject({
      streaming: false,
      finish: 'interrupted',
    })
  })
})
