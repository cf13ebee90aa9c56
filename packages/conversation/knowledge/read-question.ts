import { stemWord } from './fold-word.ts'
import { isLightWord } from './lexicon/light-words.ts'
import { isSoftwareName, isWrittenAsName } from './lexicon/software-names.ts'
import { isStopWord } from './lexicon/stop-words.ts'
import { phraseAt, type Synonym, synonymsOf } from './lexicon/synonyms.ts'
import { partSpaceless } from './part-spaceless.ts'
import { splitWords, type Word } from './split-words.ts'

/** One thing a question asks about, with the other words it may stand under. */
export interface Term {
  folded: string
  stem: string
  /** Written as code: it names one thing and has no other name. */
  isIdentifier: boolean
  kind: 'word' | 'light' | 'name' | 'phrase'
  /** What it counts beside the others: 1, more for what names one thing, less for a word that says little or was said before. */
  weight: number
  /** The word itself first, unless it is a phrase. */
  variants: readonly Variant[]
}

export interface Variant {
  folded: string
  stem: string
  /** 1 for the word itself, less for what merely stands for it. */
  weight: number
}

/** Who writes an identifier or the name of a software means just that. */
const weights = { word: 1, light: 0.45, name: 2, phrase: 1, identifier: 3 } as const
const partWeight = 0.57
/** A question has few words of content; a pasted page has many, and the first ones will do. */
const mostTerms = 24
/** Words sent to the store at most. */
const mostWords = 96

/** The words of content in a question, each once. */
export function readQuestion(question: string): Term[] {
  const terms = new Map<string, Term>()
  const words = splitWords(partSpaceless(question.slice(0, 4000)))
  const folded = words.map((word) => word.folded)
  let phraseEnd = 0
  for (const [at, word] of words.entries()) {
    if (terms.size >= mostTerms) break
    const pair = folded.slice(at, at + 2).join(' ')
    if (pair.includes(' ') && isSoftwareName(pair)) terms.set(pair, nameTerm(pair))
    const phrase = phraseAt(folded, at)
    if (phrase) {
      phraseEnd = Math.max(phraseEnd, at + phrase.length)
      const text = folded.slice(at, at + phrase.length).join(' ')
      terms.set(text, phraseTerm(text, phrase.synonyms))
    }
    const stem = stemWord(word.folded)
    const isName = isSoftwareName(word.folded) || (at > 0 && isWrittenAsName(word.written))
    if (word.folded.length < 2 || (isStopWord(word.folded) && !isName) || terms.has(stem)) continue
    terms.set(stem, wordTerm(word, isName ? 'name' : at < phraseEnd || isLightWord(word.folded) ? 'light' : 'word'))
  }
  return [...terms.values()]
}

/** All that the store should look for, the words themselves first. */
export function wordsToSearch(terms: readonly Term[]): string[] {
  const words = terms.flatMap((term) => term.variants.map(({ folded, weight }) => ({ folded, weight })))
  const sorted = words.sort((a, b) => b.weight - a.weight).map(({ folded }) => folded)
  return [...new Set(sorted)].slice(0, mostWords)
}

/** The words that were said, and say something. */
export function weightyWords(terms: readonly Term[]): string[] {
  return terms.flatMap(({ kind, folded }) => (kind === 'word' || kind === 'name' ? [folded] : []))
}

/** A phrase stands nowhere as such; it is found by what it may be called otherwise. */
function phraseTerm(text: string, synonyms: readonly Synonym[]): Term {
  const variants = synonyms.map(({ word, weight }) => ({ folded: word, stem: stemWord(word), weight }))
  return { folded: text, stem: text, isIdentifier: false, kind: 'phrase', weight: weights.phrase, variants }
}

/** A name of two words is counted as it stands; its words are looked for besides. */
function nameTerm(pair: string): Term {
  const variants = [{ folded: pair, stem: pair, weight: 1 }]
  return { folded: pair, stem: pair, isIdentifier: false, kind: 'name', weight: weights.name, variants }
}

function wordTerm(word: Word, kind: Term['kind']): Term {
  const { folded } = word
  const isIdentifier = word.parts.length > 0
  const weight = isIdentifier ? weights.identifier : weights[kind]
  return { folded, stem: stemWord(folded), isIdentifier, kind, weight, variants: variantsOf(word) }
}

function variantsOf(word: Word): Variant[] {
  const variants = new Map<string, Variant>()
  const add = (folded: string, weight: number) => {
    const stem = stemWord(folded)
    if (!variants.has(stem)) variants.set(stem, { folded, stem, weight })
  }
  add(word.folded, 1)
  for (const part of word.parts) if (!isStopWord(part)) add(part, partWeight)
  if (word.parts.length === 0) for (const other of synonymsOf(word.folded)) add(other.word, other.weight)
  return [...variants.values()]
}
