import type { UnreadPassage } from './vector-store.ts'

/** In characters; what a long passage says further on is not what it is about. */
const longestRead = 1_200

/** What a sentence model reads of a passage: what it stands under, then its words without the addresses they link to. */
export function textToRead({ title, headings, text }: Omit<UnreadPassage, 'id'>): string {
  const words = text.replace(/\]\([^)\n]*\)/g, ']')
  return [title, ...headings, words].join('\n').slice(0, longestRead)
}
