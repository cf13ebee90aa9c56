import { describe, expect, it } from 'vitest'
import { readTalk, type SentMessage } from './read-talk.ts'

const user = (text: string): SentMessage => ({ role: 'user', text })
const says = (text: string, ...ids: string[]): SentMessage => ({
  role: 'assistant',
  text,
  toolCalls: ids.map((id) => ({ id, name: 'f', arguments: '{}' })),
})
const tool = (toolCallId: string): SentMessage => ({ role: 'tool', text: `of ${toolCallId}`, toolCallId })
const note: SentMessage = { role: 'system', text: 'a note' }

describe('what was sent', () => {
  it('is parted at the user’s last message: history before, steps after, notes apart', () => {
    const sent = [
      note,
      user('first'),
      says('', 'a'),
      tool('a'),
      says('an answer'),
      user('last'),
      says('', 'b'),
      tool('b'),
    ]
    const talk = readTalk(sent)
    expect(talk.question).toBe('last')
    expect(talk.history.map(({ role, text }) => `${role} ${text}`)).toEqual(['visitor first', 'agent an answer'])
    expect(talk.steps).toEqual([
      { role: 'assistant', text: '', toolCalls: [{ id: 'b', name: 'f', arguments: '{}' }] },
      { role: 'tool', toolCallId: 'b', text: 'of b' },
    ])
    expect(talk.notes).toEqual(['a note', 'The function f({}) answered earlier in this talk: of a'])
    expect(talk.said).toEqual(sent.slice(1))
  })

  const refused: [string, SentMessage[], (string | number)[], string][] = [
    ['nothing is asked', [note, says('x')], ['messages'], 'missing'],
    ['what is asked has no text', [user('  ')], ['messages', 0], 'empty'],
    ['it is answered already', [user('x'), says('y')], ['messages', 1], 'answered'],
    ['a tool answers what nobody asked', [user('x'), says('', 'a'), tool('b')], ['messages', 2], 'unknown_call'],
    ['a tool answers twice', [user('x'), says('', 'a'), tool('a'), tool('a')], ['messages', 3], 'unknown_call'],
    ['a call has no answer', [user('x'), says('', 'a', 'b'), tool('a')], ['messages', 2], 'unanswered_call'],
    [
      'a call has no answer before the next',
      [user('x'), says('', 'a'), says('', 'b')],
      ['messages', 2],
      'unanswered_call',
    ],
  ]
  it.each(refused)('is refused where %s', (_, sent, path, type) => {
    let thrown: unknown
    try {
      readTalk(sent)
    } catch (error) {
      thrown = error
    }
    expect(thrown).toMatchObject({ code: 'validation_failed', faults: [{ path, type }] })
  })
})
