import fc from 'fast-check'
import { expect, test } from 'vitest'
import { plainText, readPieces } from './read-pieces.ts'

test('pieces are read without their marks', () => {
  const markdown =
    'Use **`send`** of [Reply](./Reply.md "x")\nonce.\n\n- one\n- two *three*\n\n```js\na\n  b\n```\n\n| A | B |\n|---|---|\n| 1 | 2 |'
  expect(readPieces(markdown)).toEqual([
    { kind: 'prose', text: 'Use send of Reply once.' },
    { kind: 'item', text: 'one' },
    { kind: 'item', text: 'two three' },
    { kind: 'code', text: 'a\n  b', language: 'js' },
    { kind: 'head', text: 'A | B' },
    { kind: 'row', text: '1 | 2' },
  ])
})

test('a link whose definition stands elsewhere is still read as a link', () => {
  expect(plainText('See [the manual][m] and [more][].')).toBe('See the manual and more.')
})

test('tags of mere looks go, tags that may be meant stay', () => {
  expect(plainText('a<br>b <a id="x"></a>Array<string> <script>c</script>')).toBe('ab Array<string> <script>c</script>')
})

test('no passage makes it throw or hang', () => {
  for (const mark of ['[', '>', '- ', '*a **b ', '`', '<', '![', '|-']) readPieces(mark.repeat(900 / mark.length))
  fc.assert(
    fc.property(fc.string({ unit: 'binary', maxLength: 900 }), (text) => void readPieces(text)),
    { numRuns: 300 },
  )
})
