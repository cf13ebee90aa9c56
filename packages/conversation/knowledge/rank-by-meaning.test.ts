import { fixedClock } from '@parlor/core/time'
import { beforeAll, expect, test } from 'vitest'
import { addDocument } from './add-document.ts'
import { createBase, type KnowledgePorts } from './create-base.ts'
import { knowledgeRetriever } from './search-knowledge.ts'
import { memoryKnowledgeStore } from './testing/index.ts'
import type { WordTable, WordVectors } from './word-vectors.ts'

/** Three directions: animals, plants, machines. */
const directions: Record<string, number[]> = {
  kitten: [100, 0, 0],
  purrs: [100, 10, 0],
  animal: [90, 0, 0],
  puppy: [100, 0, 0],
  tulip: [0, 100, 0],
  blossoms: [0, 100, 10],
  engine: [0, 0, 100],
  stalls: [0, 10, 100],
  dawn: [20, 20, 20],
  garden: [20, 20, 20],
}
const table: WordTable = {
  size: 3,
  find: (folded) => {
    const numbers = directions[folded]
    return numbers ? { vector: Int8Array.from(numbers), weight: 1 } : null
  },
}
const documents = {
  'engines.md': '# Stalls\n\nThe engine stalls at dawn in the garden.',
  'plants.md': '# Blossoms\n\nThe tulip blossoms at dawn in the garden.',
  'animals.md': '# Noises\n\nHow it purrs at dawn in the garden.',
}
const ports: KnowledgePorts = { knowledge: memoryKnowledgeStore(), clock: fixedClock() }
let baseId: string
beforeAll(async () => {
  const base = await createBase(ports, { accountId: 'acc', projectId: 'pro', name: 'Farm' })
  baseId = base.id
  for (const [name, text] of Object.entries(documents)) await addDocument(ports, base, { name, text })
})

async function ask(question: string, found: WordTable | null | undefined = undefined) {
  const words: WordVectors | undefined = found === undefined ? undefined : { open: async () => found }
  const retriever = knowledgeRetriever({ ...ports, ...(words ? { words } : {}) })
  const { passages, answerability } = await retriever.search(baseId, question, new AbortController().signal)
  return {
    names: passages.map(({ document }) => document.name),
    ranks: passages.map(({ rank }) => rank),
    answerability,
  }
}

test('a passage that means what is asked comes before one that shares the same words only', async () => {
  const { names: byWords } = await ask('a kitten at dawn in the garden')
  const { names, ranks } = await ask('a kitten at dawn in the garden', table)
  expect(byWords.at(0)).not.toBe('animals.md')
  expect(names[0]).toBe('animals.md')
  expect(ranks).toEqual(ranks.toSorted((a, b) => b - a))
})

test('a passage in the words of the question stays first', async () => {
  expect((await ask('kitten, puppy, animal: the engine stalls at dawn', table)).names[0]).toBe('engines.md')
})

test('how surely a question is answered does not depend on the vectors', async () => {
  const question = 'a kitten at dawn in the garden'
  expect((await ask(question, table)).answerability).toEqual((await ask(question)).answerability)
})

test.each([
  ['there is no table', 'a kitten at dawn in the garden', null],
  ['most words of the question are not known', 'at dawn ein kitten zerlegt wundersames seltsames zeug', table],
])('words alone decide where %s', async (_, question, found) => {
  expect(await ask(question, found)).toEqual(await ask(question))
})
