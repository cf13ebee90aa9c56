import { plainText } from '@parlor/conversation/knowledge'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { keepCodeMarks, restoreCodeMarks } from './keep-code-marks.ts'

const read = (markdown: string) => restoreCodeMarks(plainText(keepCodeMarks(markdown)))

test.each([
  ['Beware of `__proto__` and *all* like it.', 'Beware of `__proto__` and all like it.'],
  ['Two ticks: `` a`b `` here', 'Two ticks: `` a`b `` here'],
  ['A [`link`](https://a.example) to it', 'A `link` to it'],
  ['Over `two\nlines`', 'Over `two lines`'],
  ['| a | b |\n|-|-|\n| `x` | y |', 'a | b\n`x` | y'],
  ['One ` alone', 'One ` alone'],
])('%s', (markdown, shown) => {
  expect(read(markdown)).toBe(shown)
})

test('fenced code is left as it stands', () => {
  expect(read('Do:\n\n```js\nconst a = `b`\n```\n\nand `c`')).toBe('Do:\nconst a = `b`\nand `c`')
})

test('a cut through a code span leaves no mark behind', () => {
  const whole = plainText(keepCodeMarks('See `a. B` there.'))
  expect(restoreCodeMarks(whole.slice(0, whole.indexOf('.')))).toBe('See a')
})

test('whatever the text, none of our own signs is left', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'binary' }), (text) => !/[\uE000\uE001]/.test(read(text))),
    { numRuns: 300 },
  )
})
