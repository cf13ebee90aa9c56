import { foldWord, stemWord } from '../fold-word.ts'
import { closeWords } from './close-words.ts'
import { phrasesOfSpeech } from './phrases-of-speech.ts'
import { wideWords } from './wide-words.ts'

/** A word that may stand where another was used, and how surely: from 0 to 1. */
export interface Synonym {
  word: string
  weight: number
}

/** Several words that mean one thing. */
export interface Phrase {
  /** Words it is made of. */
  length: number
  synonyms: readonly Synonym[]
}

type Table = ReadonlyMap<string, ReadonlySet<string>>

const weights = { close: 0.85, wide: 0.7, phrase: 0.7 } as const
const longestPhrase = 4
const close: Table = readTable(closeWords, (line) => [line.split(' '), line.split(' ')])
const wide: Table = readTable(wideWords, (line) => cutLine(line))
const phrases: ReadonlyMap<string, readonly string[]> = readPhrases()

/** Words that may stand where this folded word was used; empty for most. */
export function synonymsOf(folded: string): readonly Synonym[] {
  const own = stemWord(folded)
  const key = baseForm(folded)
  const found = new Map<string, Synonym>()
  const add = (words: ReadonlySet<string> | undefined, weight: number) => {
    for (const word of words ?? []) {
      const stem = stemWord(word)
      if (stem !== own && !found.has(stem)) found.set(stem, { word, weight })
    }
  }
  add(close.get(key), weights.close)
  add(wide.get(key), weights.wide)
  return [...found.values()]
}

/** The longest known phrase that begins at this word of a folded text; null where there is none. */
export function phraseAt(words: readonly string[], at: number): Phrase | null {
  for (let length = Math.min(longestPhrase, words.length - at); length > 1; length--) {
    const others = phrases.get(words.slice(at, at + length).join(' '))
    if (others) return { length, synonyms: others.map((word) => ({ word, weight: weights.phrase })) }
  }
  return null
}

/** A word without the endings of grammar. Those that make another word stay: an author authorizes nothing. */
function baseForm(folded: string): string {
  const ending = ['ies', 'ied', 'ings', 'ing', 'ed', 'es', 's', 'e', 'y'].find(
    (end) => folded.endsWith(end) && folded.length - end.length >= 3,
  )
  const base = ending === undefined || folded.endsWith('ss') ? folded : folded.slice(0, -ending.length)
  const last = base.at(-1)
  return base.length > 3 && last === base.at(-2) && /[bdgmnprt]/.test(last ?? '') ? base.slice(0, -1) : base
}

function readTable(table: string, read: (line: string) => readonly [string[], string[]]): Table {
  const map = new Map<string, Set<string>>()
  for (const line of table.trim().split('\n')) {
    const [asked, meant] = read(line)
    for (const word of asked) {
      const key = baseForm(word)
      const known = map.get(key) ?? new Set<string>()
      for (const other of meant) if (stemWord(other) !== stemWord(word)) known.add(other)
      map.set(key, known)
    }
  }
  return map
}

function readPhrases(): Map<string, string[]> {
  const lines = phrasesOfSpeech.trim().split('\n').map(cutLine)
  return new Map(lines.map(([phrase, meant]) => [phrase.map(foldWord).join(' '), meant]))
}

function cutLine(line: string): readonly [string[], string[]] {
  const [asked = '', meant = ''] = line.split(' > ')
  return [asked.split(' '), meant.split(' ')]
}
