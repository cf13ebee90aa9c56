import { expect, test } from 'vitest'
import { chooseWords } from './choose-words.ts'

const counts: Record<string, number> = { the: 90, often: 40, seldom: 9, once: 1, never: 0 }
const countOf = (word: string) => counts[word] ?? 0

test('all words that stand anywhere are searched for while they bring few passages', () => {
  expect(chooseWords(['the', 'never', 'once', 'often', 'once', 'seldom'], countOf, 140)).toEqual([
    'once',
    'seldom',
    'often',
    'the',
  ])
})

test('what would bring too many is left out, the most common first', () => {
  expect(chooseWords(['the', 'often', 'seldom', 'once'], countOf, 50)).toEqual(['once', 'seldom', 'often'])
  expect(chooseWords(['the', 'often', 'seldom', 'once'], countOf, 49)).toEqual(['once', 'seldom'])
})

test('the rarest word is searched for however common it is, and no word at all when none stands anywhere', () => {
  expect(chooseWords(['the'], countOf, 5)).toEqual(['the'])
  expect(chooseWords(['often', 'the'], countOf, 5)).toEqual(['often'])
  expect(chooseWords(['never'], countOf, 5)).toEqual([])
})
