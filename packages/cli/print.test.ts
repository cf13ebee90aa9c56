import { InvalidArgumentError } from 'commander'
import { expect, it } from 'vitest'
import { parseCeiling, parseExpiry, parseRate, parseWords } from './parse-option.ts'
import { count, table, visible } from './print.ts'

it('a table is as wide as what is in it, and a sentence where nothing is', () => {
  const columns = { id: (row: { id: string; n: number | null }) => row.id, n: (row: { n: number | null }) => row.n }
  const rows = [
    { id: 'a', n: 100 },
    { id: 'longer', n: null },
  ]
  expect(table(rows, columns, 'none')).toBe('ID      N\na       100\nlonger  –')
  expect(table([], columns, 'none')).toBe('none')
})

it('one of a thing is one', () => {
  expect([0, 1, 2].map((number) => count(number, 'session'))).toEqual(['0 sessions', '1 session', '2 sessions'])
})

it('what a server says does not steer the terminal', () => {
  expect(visible('a\u001b[2Jb\nc\u202ed')).toBe('a�[2Jb�c�d')
})

it('options are read in the forms people write', () => {
  expect([parseCeiling('5'), parseCeiling('none')]).toEqual([5, 'none'])
  expect(parseRate('100/60s')).toEqual({ limit: 100, windowSeconds: 60 })
  expect(parseRate('none').limit).toBe(0)
  expect(parseExpiry('30d', 0)).toBe('1970-01-31T00:00:00.000Z')
  expect(parseExpiry('2030-01-31')).toBe('2030-01-31T00:00:00.000Z')
  expect(parseWords(' read, write ,,')).toEqual(['read', 'write'])
})

it.each([
  () => parseCeiling('-1'),
  () => parseCeiling('1.5'),
  () => parseRate('100'),
  () => parseRate('100/60m'),
  () => parseExpiry('1'),
  () => parseExpiry('99999999-01-01'),
  () => parseExpiry('2030-13-01'),
])('options in other forms are refused with a sentence (%#)', (read) => {
  expect(read).toThrow(InvalidArgumentError)
})
