import { expect, test } from 'vitest'
import { passageLimit } from './cut-passages.ts'
import { readPlainText } from './read-plain-text.ts'

test('plain text has no headings, and its marks mean nothing', () => {
  expect(readPlainText('# One\n\n```\n\n- two\r\n\r\n')).toMatchObject({
    title: null,
    chunks: [{ position: 0, headings: [], anchor: null, text: '# One\n\n```\n\n- two' }],
  })
})

test('a line without end is cut into passages, and no sign is torn', () => {
  const { chunks } = readPlainText('😀'.repeat(3000))
  expect(chunks.map((chunk) => chunk.text).join('')).toBe('😀'.repeat(3000))
  for (const { text } of chunks) {
    expect(text.length).toBeLessThanOrEqual(passageLimit)
    expect(text.isWellFormed()).toBe(true)
  }
})

test('nothing but white space is no passage', () => {
  expect(readPlainText(' \n\t\n ').chunks).toEqual([])
})
