import type { FoundPassage, Retrieval } from '@parlor/conversation/knowledge'
import { expect, test } from 'vitest'
import { chooseRelated } from './choose-related.ts'

function passage(id: string, rank: number): FoundPassage {
  return { document: { id }, chunk: {}, score: 1, rank, coverage: 1 } as unknown as FoundPassage
}

function quoting(...passages: FoundPassage[]) {
  return passages.map((one) => ({ passage: one, kind: 'sentence' as const, text: '' }))
}

function idsOf(passages: FoundPassage[], quotes: FoundPassage[]) {
  return chooseRelated({ passages } as unknown as Retrieval, quoting(...quotes)).map(({ document }) => document.id)
}

const best = passage('a', 10)

test('each document that comes near is named once, but none that is quoted', () => {
  expect(idsOf([best, passage('b', 9), passage('b', 8), passage('a', 8), passage('c', 7)], [best])).toEqual(['b', 'c'])
})

test('where one passage stands out nothing else is named', () => {
  expect(idsOf([best, passage('b', 5.9)], [best])).toEqual([])
  expect(idsOf([best, passage('b', 6)], [best])).toEqual(['b'])
})

test('no answer names more than five documents, those it quotes among them', () => {
  const others = ['b', 'c', 'd', 'e', 'f', 'g'].map((id) => passage(id, 9))
  expect(idsOf([best, ...others], [best])).toEqual(['b', 'c', 'd', 'e'])
  expect(idsOf([best, ...others], [best, ...others.slice(0, 2)])).toEqual(['d', 'e'])
})
