import { describe, expect, it } from 'vitest'
import { gatherCalls } from './gather-calls.ts'

/** Each given to the gatherer by itself: index, id, name, arguments; null for what does not come. */
function gather(...pieces: [number | null, string | null, string | null, string | null][]) {
  const calls = gatherCalls()
  for (const [index, id, name, args] of pieces) calls.take([{ index, id, function: { name, arguments: args } }])
  return calls.end()
}
const a = { id: 'a', name: 'open', arguments: '{"x":1}' }
const b = { id: 'b', name: 'close', arguments: '{}' }
const broken = expect.objectContaining({ kind: 'broken' })

describe('calls', () => {
  it.each<[string, Parameters<typeof gather>, object[]]>([
    ['in one piece', [[0, 'a', 'open', '{"x":1}']], [a]],
    [
      'in many',
      [
        [0, 'a', 'open', null],
        [0, null, null, '{"x"'],
        [0, null, null, ':1}'],
      ],
      [a],
    ],
    [
      'whose pieces all say the same',
      [
        [0, 'a', 'open', '{"x"'],
        [0, 'a', 'open', ':1}'],
      ],
      [a],
    ],
    [
      'whose id comes late',
      [
        [0, null, 'open', '{"x"'],
        [0, 'a', null, ':1}'],
      ],
      [a],
    ],
    [
      'whose name comes late',
      [
        [0, 'a', null, ''],
        [0, null, 'open', '{"x":1}'],
      ],
      [a],
    ],
    [
      'whose names are blank at first',
      [
        [0, 'a', ' ', '{"x"'],
        [0, null, 'open', ':1}'],
      ],
      [a],
    ],
    [
      'that mingle',
      [
        [0, 'a', 'open', '{"x"'],
        [1, 'b', 'close', '{'],
        [0, null, null, ':1}'],
        [1, null, null, '}'],
      ],
      [a, b],
    ],
    [
      'in another order',
      [
        [1, 'b', 'close', '{}'],
        [0, 'a', 'open', '{"x":1}'],
      ],
      [a, b],
    ],
    [
      'that all have the same index',
      [
        [0, 'a', 'open', '{"x":1}'],
        [0, 'b', 'close', '{}'],
      ],
      [a, b],
    ],
    [
      'without an index',
      [
        [null, 'a', 'open', '{"x"'],
        [null, null, null, ':1}'],
        [null, 'b', 'close', '{}'],
      ],
      [a, b],
    ],
    [
      'without an index, by their ids',
      [
        [null, 'a', 'open', '{"x"'],
        [null, 'b', 'close', '{}'],
        [null, 'a', null, ':1}'],
      ],
      [a, b],
    ],
  ])('%s are put together', (_, pieces, expected) => {
    expect(gather(...pieces)).toEqual(expected)
  })

  it('have ids of their own, also where the endpoint gives none or the same twice', () => {
    const ids = gather([0, null, 'open', ''], [1, 'a', 'open', ''], [2, 'a', 'open', ''], [3, ' ', 'open', '']).map(
      ({ id }) => id,
    )
    expect(ids[1]).toBe('a')
    expect(new Set(ids).size).toBe(4)
    expect(ids.filter((id) => id.startsWith('call_'))).toHaveLength(3)
  })

  it.each([[null], [' ']])('that name no function are broken: %j', (name) => {
    expect(() => gather([0, 'a', name, '{}'])).toThrow(broken)
  })

  it.each([7, ['x'], [{}], [{ function: { name: 7 } }], [{ id: 7, function: {} }]])(
    'that are none are broken: %j',
    (value) => {
      expect(() => gatherCalls().take(value)).toThrow(broken)
    },
  )
})
