import { expect, test } from 'vitest'
import { anyOf, cutWords, indexFields, phrasesOf } from './full-text.ts'

test('words are cut at what is no letter, digit or mark, and folded', () => {
  expect(cutWords('It’s CAFÉ_au-lait, Straße 5²: Ёлка й')).toEqual([
    'it',
    's',
    'cafe',
    'au',
    'lait',
    'strass',
    '52',
    'елка',
    'и',
  ])
  expect(cutWords(' \0 — 🙂')).toEqual([])
})

test('a chunk is indexed by field, under its base, with a gap between fields', () => {
  expect(indexFields(7, ['Parcels', 'A parcel', 'sent', 'parcel'])).toEqual({
    words: "'7/parcel':1A,13B,35C '7/a':12B '7/sent':24C",
    length: 5,
  })
})

test('a word is looked for as the row of words it is, and nothing in it is an operator', () => {
  expect(phrasesOf(7, 'Parcels')).toEqual(["'7/parcel'"])
  expect(phrasesOf(7, "o'brien & !a:*")).toEqual(["'7/o' <-> '7/brien' <-> '7/a'"])
  expect(phrasesOf(7, '🙂')).toEqual([])
  expect(phrasesOf(7, '茶')).toEqual(["'7/茶':*"])
  expect(phrasesOf(7, '退货单')).toEqual(["'7/退货' <-> '7/货单'"])
  expect(phrasesOf(7, '신청하려면')).toHaveLength(2)
  expect(anyOf(['a', 'b'])).toBe('(a) | (b)')
})
