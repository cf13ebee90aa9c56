import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { checkMarks, dropMarks } from './check-marks.ts'

/** Checks a text that comes in pieces; `cited` holds the numbers in the order they were given out. */
function check(pieces: readonly string[], count = 3) {
  const marks = checkMarks(count)
  const parts = [...pieces.flatMap((piece) => marks.take(piece)), ...marks.end()]
  return {
    text: parts.map((part) => (part.type === 'text' ? part.text : '')).join(''),
    cited: parts.flatMap((part) => (part.type === 'cited' ? [part.n] : [])),
  }
}

describe('a mark', () => {
  it.each([
    ['Six euros [1].', 'Six euros [1].', [1]],
    ['Six[1][2] and six[1].', 'Six[1][2] and six[1].', [1, 2]],
    ['Six [1, 3] or [2;1].', 'Six [1][3] or [2][1].', [1, 3, 2]],
    ['Six 【2†source】 or [^3].', 'Six [2] or [3].', [2, 3]],
  ])('with a known number stays: %s', (text, expected, cited) => {
    expect(check([text])).toEqual({ text: expected, cited })
  })

  it.each([
    ['Six euros [9].', 'Six euros.', []],
    ['Six [0] euros [4][12].', 'Six euros.', []],
    ['Six [1, 9].', 'Six [1].', [1]],
    ['[7] Six.', 'Six.', []],
    ['Six 【8】.', 'Six.', []],
  ])('with an invented number is dropped: %s', (text, expected, cited) => {
    expect(check([text])).toEqual({ text: expected, cited })
  })

  it.each(['Call `list[9]` now.', '```js\nargs[0] = args[7]\n```\n', '``a ` [9]``'])('in code is code: %s', (text) => {
    expect(check([text])).toEqual({ text, cited: [] })
  })

  it('in code whose ticks come one by one is code', () => {
    expect(check(['`', '`x [9] `', '`']).text).toBe('``x [9] ``')
  })

  it('after code that is never closed is checked from the next paragraph on', () => {
    expect(check(['Press ` twice.', '\n', '\n', 'Six [9][2].']).text).toBe('Press ` twice.\n\nSix[2].')
  })

  it.each([
    ['Six [1](https://evil.example/a).', 'Six [1] (https://evil.example/a).'],
    ['Six [1][9](https://evil.example/a).', 'Six [1] (https://evil.example/a).'],
    ['Six.\n\n[1]: https://evil.example', 'Six.\n\n[1] : https://evil.example'],
    ['As in [1]: six.', 'As in [1]: six.'],
  ])('cannot be made a link: %s', (text, expected) => {
    expect(check([text]).text).toBe(expected)
    expect(check([...text]).text).toBe(expected)
  })

  it.each(['[a](https://x.example)', '- [ ] open', 'an array[', '[1', 'the year [2024]', 'x [ y', '['])(
    'is not seen in %s',
    (text) => {
      expect(check([text])).toEqual({ text, cited: [] })
    },
  )
})

describe('a streamed answer', () => {
  it('shows what can no longer be a mark at once, and holds back what can', () => {
    const marks = checkMarks(1)
    expect(marks.take('Six euros')).toEqual([{ type: 'text', text: 'Six euros' }])
    expect(marks.take(' [')).toEqual([])
    expect(marks.take('1')).toEqual([])
    expect(marks.take(']')).toEqual([
      { type: 'text', text: ' ' },
      { type: 'cited', n: 1 },
      { type: 'text', text: '[1]' },
    ])
    expect(marks.end()).toEqual([])
  })

  const piece = fc.constantFrom('[', ']', '1', '9', ', ', ' ', '\n', '`', '```', '(', ')', ':', 'word', '【', '】', '^')
  it('reads the same in whatever pieces it comes, loses no word, and names no unknown number', () => {
    fc.assert(
      fc.property(fc.array(piece, { maxLength: 40 }), (pieces) => {
        const inPieces = check(pieces)
        expect(inPieces).toEqual(check([pieces.join('')]))
        const words = (text: string) => text.match(/word/g)?.length ?? 0
        expect(words(inPieces.text)).toBe(words(pieces.join('')))
        expect(inPieces.cited.every((n) => n <= 3)).toBe(true)
        for (const n of inPieces.cited) expect(inPieces.text).toContain(`[${n}]`)
      }),
      { numRuns: 500 },
    )
  })
})

it('history carries no marks', () => {
  expect(dropMarks('Six euros [1]. Free for children [2, 3].')).toBe('Six euros. Free for children.')
})

it('drops marks as an answer without passages would, also where there is none', () => {
  const piece = fc.constantFrom('[1]', '[', '[[', '`', ' ', '\n\n', 'word', 'two words', '【2】')
  fc.assert(
    fc.property(fc.array(piece, { maxLength: 20 }), (pieces) => {
      const text = pieces.join('')
      expect(dropMarks(text)).toBe(check([...text], 0).text)
    }),
  )
})
