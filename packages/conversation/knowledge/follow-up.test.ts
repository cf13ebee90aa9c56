import { expect, test } from 'vitest'
import { withTermsBefore } from './follow-up.ts'
import { readQuestion } from './read-question.ts'
import { splitWords } from './split-words.ts'

const before = 'How does the request logger redact headers?'
const added = (question: string) => {
  const words = splitWords(question).map(({ folded }) => folded)
  return withTermsBefore(readQuestion(question), words, readQuestion(before)).slice(readQuestion(question).length)
}

test.each(['and how do I turn it off?', 'Why is that?', 'and for children?', 'und wie schalte ich das ab?'])(
  '"%s" leans on the question before, whose words count for less',
  (question) => {
    const terms = added(question)
    expect(terms.map(({ folded }) => folded)).toContain('logger')
    expect(Math.max(...terms.map(({ weight }) => weight))).toBe(0.5)
  },
)

test.each([
  'How do I set a response header?',
  'Tell me a joke',
  'which cookies and certificates does it want for other domains?',
  'shipping costs',
])('"%s" stands by itself', (question) => {
  expect(added(question)).toEqual([])
})
