import { expect, it } from 'vitest'
import { newMessages } from './new-messages.ts'
import type { SentMessage } from './read-talk.ts'

const user = (text: string): SentMessage => ({ role: 'user', text })
const says: SentMessage = { role: 'assistant', text: 'an answer', toolCalls: [] }
const tool = (toolCallId: string): SentMessage => ({ role: 'tool', text: 'seven', toolCallId })
const waiting = (...messages: SentMessage[]) => messages.map(({ role, ...rest }) => ({ role: role as 'user', ...rest }))

const cases: [string, SentMessage[], SentMessage[], SentMessage[]][] = [
  ['what follows the last answer', [user('a'), says, user('b')], [], [user('b')]],
  ['nothing, when it is sent again', [user('a'), says, user('b')], [user('b')], []],
  ['only what came to it', [user('b'), user('c')], [user('b')], [user('c')]],
  ['what follows the end of what waits', [user('b'), user('c')], [user('a'), user('b')], [user('c')]],
  ['all of it, when something else waits', [user('b')], [user('a')], [user('b')]],
  ['a tool’s answer to another call', [says, tool('b')], [tool('a')], [tool('b')]],
  ['nothing of tools’ answers sent again', [says, tool('a'), tool('b')], [tool('a'), tool('b')], []],
]
it.each(cases)('is new: %s', (_, said, unanswered, expected) => {
  expect(newMessages(said, waiting(...unanswered))).toEqual(expected)
})
