import { type PassagePiece, scoreText, type WeightedTerm } from '@parlor/conversation/knowledge'
import type { AskedFor } from './read-asked-for.ts'

const longestSentence = 400
const shortestAlone = 30
/** Code is long and so holds many words by chance. */
const codePenalty = 0.25
/** What it is worth that a sentence has the form of what is asked for. */
const formWorth = 0.12
const namedWorth = 0.4
const isDefault = /\b(?:default|maximum|minimum|limit)\b/i

export interface ScoredText {
  text: string
  kind: PassagePiece['kind']
  /** Order in the passage. */
  at: number
}

export interface Question {
  terms: readonly WeightedTerm[]
  askedFor: AskedFor
}

/**
 * How well a text answers, beside others of the same passage. Where the heading already says what is asked (`heading`, 0 to 1),
 * the answer is what comes first under it.
 */
export function scoreQuote({ text, kind, at }: ScoredText, { terms, askedFor }: Question, heading: number): number {
  const early = (heading >= 0.5 ? 0.35 : 0.15) * Math.exp(-at / 2)
  let score = scoreText(terms, text) + early
  if (kind === 'code') return score - codePenalty + (askedFor === 'way' ? formWorth : 0)
  // Under a heading that says what is asked, "Default: 5" is the answer, however short.
  if (askedFor === 'amount' && heading >= 0.5 && /\p{N}/u.test(text) && isDefault.test(text))
    return Math.max(score, heading + early) + namedWorth
  if (hasForm(text, askedFor)) score += formWorth
  if (kind === 'heading') score -= 0.5
  if ((kind === 'item' || kind === 'row') && !isSentence(text)) score -= 0.1
  if (/^[\p{Ll},;)]/u.test(text)) score -= 0.15
  if (readingLength(text) < shortestAlone) score -= 0.25
  if (text.length > longestSentence) score -= 0.2
  if (/[?？]$/.test(text)) score -= 0.2
  return score
}

/** Whether a text says something without what stands around it. */
export function standsAlone(text: string): boolean {
  return readingLength(text) >= shortestAlone && !/[:：]$/.test(text)
}

/** Characters, where a sign that is a word or a syllable counts for three. */
export function readingLength(text: string): number {
  return (
    text.length +
    2 * (text.match(/[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Hangul}]/gu)?.length ?? 0)
  )
}

function hasForm(text: string, askedFor: AskedFor): boolean {
  if (askedFor === 'amount') return /\p{N}|\b(?:default|infinity|unlimited|none|zero|never)\b/iu.test(text)
  if (askedFor === 'meaning')
    return /^.{0,60}\b(?:is|are|means|defines?|allows?|lets|provides?|sets?|controls?)\b/i.test(text)
  if (askedFor === 'way') return /\b(?:use|call|set|pass|add|register|you can|it is possible|by \w+ing)\b/i.test(text)
  return false
}

function isSentence(text: string): boolean {
  return /[.!?。！？]["”'’)`]*$/.test(text)
}
