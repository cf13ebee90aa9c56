import type { SearchHit } from './knowledge-store.ts'
import { isStopWord } from './lexicon/stop-words.ts'
import { splitWords } from './split-words.ts'
import type { WordTable } from './word-vectors.ts'

/** Where words point together; of length 1, or 0 where none of them is known. */
export type Meaning = Float32Array

/** As with the words of a passage: the same ones are asked for again and again. */
const known = new WeakMap<WordTable, Map<string, Meaning>>()
const mostKnown = 1500
/** What a long passage says further on is not what it is about. */
const longestRead = 700

/** The direction of words together, each by what it says. */
export function meaningOf(words: Iterable<{ folded: string; weight: number }>, table: WordTable): Meaning {
  const sum = new Float32Array(table.size)
  for (const { folded, weight } of words) {
    const found = table.find(folded)
    if (found === null) continue
    const times = weight * found.weight
    for (let i = 0; i < sum.length; i++) sum[i] = (sum[i] as number) + times * (found.vector[i] as number)
  }
  let squares = 0
  for (const one of sum) squares += one * one
  const length = Math.sqrt(squares) || 1
  return sum.map((one) => one / length)
}

/** What a passage is about, with its headings and its document's title. */
export function passageMeaning({ chunk, document }: SearchHit, table: WordTable): Meaning {
  const body = chunk.text.replace(/\]\([^)\n]*\)/g, ']').slice(0, longestRead)
  const text = `${document.title}\n${chunk.headings.join('\n')}\n${body}`
  const meanings = known.get(table) ?? new Map<string, Meaning>()
  known.set(table, meanings)
  const before = meanings.get(text)
  if (before) return before
  const meaning = meaningOf(wordsOf(text), table)
  if (meanings.size >= mostKnown) meanings.clear()
  meanings.set(text, meaning)
  return meaning
}

/** Each word of content once; of identifiers, what they are put together from. */
function wordsOf(text: string): { folded: string; weight: number }[] {
  const words = new Set<string>()
  for (const { folded, parts } of splitWords(text)) {
    for (const word of parts.length > 0 ? parts : [folded]) if (!isStopWord(word)) words.add(word)
  }
  return Array.from(words, (folded) => ({ folded, weight: 1 }))
}
