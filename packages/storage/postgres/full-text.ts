import { foldText } from '../words/fold-text.ts'
import { partSigns, type Wanted, wantedOf } from '../words/part-signs.ts'
import { stemWord } from './stem-word.ts'

/** Title, headings, body and keywords of a chunk. */
export type Fields = readonly [string, string, string, string]

/** A chunk as it is indexed: its words with where they stand, as Postgres spells a `tsvector`, and how many they are. */
export interface Indexed {
  words: string
  length: number
}

/** The letters Postgres tells places apart by. Body and keywords weigh the same. */
const labels = ['A', 'B', 'C', 'C'] as const
/** Between two fields, so that no row of words reaches over from one to the next. */
const gap = 10
/** Postgres counts no further, and keeps no longer word. */
const lastPlace = 16_383
const longestWord = 255

const anyWord = /[\p{L}\p{N}\p{Co}\p{Mn}\p{Mc}]+/gu

/** The words of a text as they are indexed: cut, folded and stemmed. Signs of scripts without spaces were parted before. */
export function cutWords(text: string): string[] {
  return (foldText(text).match(anyWord) ?? []).map((word) => stemWord(word.slice(0, longestWord)))
}

/** @param base its position: each word begins with it, so that one index holds all bases and finds in one. */
export function indexFields(base: number, fields: Fields): Indexed {
  const places = new Map<string, string[]>()
  let place = 1
  let length = 0
  for (const [index, text] of fields.entries()) {
    for (const word of cutWords(partSigns(text))) {
      const list = places.get(word) ?? []
      if (list.length === 0) places.set(word, list)
      list.push(`${Math.min(place, lastPlace)}${labels[index]}`)
      place += 1
      length += 1
    }
    place += gap
  }
  const words = [...places].map(([word, list]) => `${spell(base, word)}:${list.join(',')}`).join(' ')
  return { words, length }
}

/**
 * What a word is found by, each as Postgres spells a `tsquery`: a word, or a row of words that stand next to each other. Nothing in
 * a word is an operator. Empty where no word is left.
 */
export function phrasesOf(base: number, word: string): string[] {
  const phrases = wantedOf(word.slice(0, longestWord + 1).trim()).flatMap((wanted) => phraseOf(base, wanted))
  return [...new Set(phrases)]
}

/** Any of them. */
export function anyOf(phrases: readonly string[]): string {
  return phrases.map((phrase) => `(${phrase})`).join(' | ')
}

function phraseOf(base: number, { text, open }: Wanted): string[] {
  const words = cutWords(text)
  if (words.length === 0) return []
  const phrase = words.map((word) => spell(base, word)).join(' <-> ')
  return [open ? `${phrase}:*` : phrase]
}

/** A word holds letters, digits and marks only, so it needs no escape. */
function spell(base: number, word: string): string {
  return `'${base}/${word}'`
}
