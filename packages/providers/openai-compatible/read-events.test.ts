import fc from 'fast-check'
import { expect, it } from 'vitest'
import { readEvents } from './read-events.ts'

/** What is read of these bytes when they come in pieces of these lengths, and the rest at once. */
function read(text: string, lengths: readonly number[] = []): string[] {
  const events = readEvents()
  let bytes = new TextEncoder().encode(text)
  const pieces = lengths.map((length) => {
    const piece = bytes.subarray(0, length)
    bytes = bytes.subarray(length)
    return piece
  })
  return [...pieces, bytes].flatMap((piece) => events(piece))
}

it.each([
  ['an event', 'data: one\n\n', ['one']],
  ['several', 'data: one\n\ndata:two\n\n', ['one', 'two']],
  ['several lines of one event', 'data: one\ndata:  two\ndata:\n\n', ['one\n two\n']],
  ['a mark at the beginning', '\uFEFFdata: one\n\n', ['one']],
  ['nothing of comments and other fields', ': here\n\nid: 7\nevent: x\nretry: 5\ndata: one\n\ndatum: two\n\n', ['one']],
  ['nothing of an event that has no end', 'data: one\n\ndata: two\n', ['one']],
  ['lines that end otherwise', 'data: a\r\n\r\ndata: b\r\rdata: c\n\n', ['a', 'b', 'c']],
])('it reads %s', (_, text, expected) => {
  expect(read(text)).toEqual(expected)
})

it('is told nothing else when the bytes come in other pieces', () => {
  const part = fc.constantFrom('data: ', 'data:', ': ', '\n', '\n\n', '\r\n', '\r', 'é€𝄞', 'word', ' ', 'id: 1')
  fc.assert(
    fc.property(
      fc.array(part, { maxLength: 20 }),
      fc.array(fc.integer({ min: 0, max: 9 }), { maxLength: 30 }),
      (parts, lengths) => {
        expect(read(parts.join(''), lengths)).toEqual(read(parts.join('')))
      },
    ),
    { numRuns: 500 },
  )
})

it('reads a long line in time that grows with its length', () => {
  const events = readEvents()
  const piece = new TextEncoder().encode('x'.repeat(1000))
  expect(events(new TextEncoder().encode('data: '))).toEqual([])
  for (let n = 0; n < 8000; n += 1) events(piece)
  expect(events(new TextEncoder().encode('\n\n'))[0]).toHaveLength(8_000_000)
})
