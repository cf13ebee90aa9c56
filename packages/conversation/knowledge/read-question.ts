import { stemWord } from './fold-word.ts'
import { partSpaceless } from './part-spaceless.ts'
import { splitWords, type Word } from './split-words.ts'
import { isStopWord } from './stop-words.ts'
import { synonymsOf } from './synonyms.ts'

/** One thing a question asks about, with the other words it may stand under. */
export interface Term {
  folded: string
  stem: string
  /** Written as code: it names one thing and has no other name. */
  isIdentifier: boolean
  variants: readonly Variant[]
}

export interface Variant {
  folded: string
  stem: string
  /** 1 for the word itself, less for what merely stands for it. */
  weight: number
}

const synonymWeight = 0.55
const partWeight = 0.5
/** A question has few words of content; a pasted page has many, and the first ones will do. */
const mostTerms = 24
/** Words sent to the store at most. */
const mostWords = 64

/** The words of content in a question, each once. */
export function readQuestion(question: string): Term[] {
  const terms = new Map<string, Term>()
  for (const word of splitWords(partSpaceless(question.slice(0, 4000)))) {
    const { folded } = word
    const stem = stemWord(folded)
    if (folded.length < 2 || isStopWord(folded) || terms.has(stem)) continue
    terms.set(stem, { folded, stem, isIdentifier: word.parts.length > 0, variants: variantsOf(word) })
    if (terms.size === mostTerms) break
  }
  return [...terms.values()]
}

/** All that the store should look for, the words themselves first. */
export function wordsToSearch(terms: readonly Term[]): string[] {
  const words = terms.flatMap((term) => term.variants.map(({ folded, weight }) => ({ folded, weight })))
  const sorted = words.sort((a, b) => b.weight - a.weight).map(({ folded }) => folded)
  return [...new Set(sorted)].slice(0, mostWords)
}

function variantsOf(word: Word): Variant[] {
  const variants = new Map<string, Variant>()
  const add = (folded: string, weight: number) => {
    const stem = stemWord(folded)
    if (!variants.has(stem)) variants.set(stem, { folded, stem, weight })
  }
  add(word.folded, 1)
  for (const part of word.parts) if (!isStopWord(part)) add(part, partWeight)
  if (word.parts.length === 0) for (const other of synonymsOf(word.folded)) add(other, synonymWeight)
  return [...variants.values()]
}
