import {
  type FoundPassage,
  type PassagePiece,
  type Retrieval,
  readPieces,
  scoreText,
  splitSentences,
} from '@parlor/conversation/knowledge'
import { keepCodeMarks, restoreCodeMarks } from './keep-code-marks.ts'
import { readAskedFor } from './read-asked-for.ts'
import { type Question, readingLength, scoreQuote, standsAlone } from './score-quote.ts'

/** Something taken word for word from one passage. */
export interface Quote {
  passage: FoundPassage
  kind: 'sentence' | 'code'
  /** As it stands in the document, without Markdown's marks except those of code. */
  text: string
  language?: string
}

interface Candidate {
  quote: Quote
  /** Share of the question that the quotation and the headings above it speak of. */
  relevance: number
  score: number
  /** Order in the passage. */
  at: number
}

const mostSources = 3
/** How near to the best passage another one must come to be quoted beside it. */
const nearEnough = 0.5
/** What a second source must speak of, measured by the first quotation: a stray sentence beside a good answer harms it. */
const worthCiting = 0.5
/** How near to the best sentence the one after it must come to be quoted with it. */
const worthAdding = 0.6
const shortestQuote = 12
/** Characters; a second source must not bury the answer. */
const longestCodeBeside = 700

/** Quotations that answer best, from one to three places; empty when no passage holds anything to quote. */
export function chooseQuotes(retrieval: Retrieval, asked = ''): Quote[] {
  const [best, ...others] = retrieval.passages
  if (!best) return []
  const question: Question = { terms: retrieval.terms, askedFor: readAskedFor(asked) }
  const first = readCandidates(best, question)
  const top = findBest(first)
  if (!top) return []
  const quotes = withNeighbour(top, first)
  let sources = 1
  for (const passage of spreadOut(others, best)) {
    if (sources >= mostSources) break
    const chosen = chooseBeside(readCandidates(passage, question), top, quotes)
    if (!chosen) continue
    quotes.push(chosen)
    sources += 1
  }
  return quotes
}

/** The best of other documents first, then what else comes near. */
function spreadOut(passages: readonly FoundPassage[], best: FoundPassage): FoundPassage[] {
  const near = passages.filter((passage) => passage.rank >= nearEnough * best.rank)
  const seen = new Set([best.document.id])
  const elsewhere = near.filter(({ document }) => !seen.has(document.id) && seen.add(document.id))
  return [...elsewhere, ...near.filter((passage) => !elsewhere.includes(passage))]
}

function chooseBeside(candidates: readonly Candidate[], top: Candidate, quotes: readonly Quote[]): Quote | undefined {
  const worth = candidates.filter(
    ({ relevance, quote }) =>
      relevance > 0 && relevance >= worthCiting * top.relevance && quotes.every(({ text }) => text !== quote.text),
  )
  const sentence = findBest(worth.filter(({ quote }) => quote.kind === 'sentence' && standsAlone(quote.text)))
  return (
    sentence ?? findBest(worth.filter(({ quote }) => quote.kind === 'code' && quote.text.length <= longestCodeBeside))
  )?.quote
}

function findBest(candidates: readonly Candidate[]): Candidate | undefined {
  return candidates.reduce<Candidate | undefined>((top, one) => (top && top.score >= one.score ? top : one), undefined)
}

/** A sentence that announces something goes with it; code goes with the sentence before it. */
function withNeighbour(first: Candidate, candidates: readonly Candidate[]): Quote[] {
  const before = candidates.find(({ at }) => at === first.at - 1)
  const after = candidates.find(({ at }) => at === first.at + 1)
  if (first.quote.kind === 'code')
    return before?.quote.kind === 'sentence' ? [before.quote, first.quote] : [first.quote]
  if (!after) return [first.quote]
  if (!standsAlone(first.quote.text)) return [first.quote, after.quote]
  const goesOn = after.quote.kind === 'sentence' && standsAlone(after.quote.text)
  return goesOn && after.score >= worthAdding * first.score ? [first.quote, after.quote] : [first.quote]
}

function readCandidates(passage: FoundPassage, question: Question): Candidate[] {
  const above = passage.chunk.headings.slice(-2).join(' ')
  const heading = scoreText(question.terms, above)
  const candidates: Candidate[] = []
  for (const piece of readPieces(keepCodeMarks(passage.chunk.text))) {
    for (const quote of quotesOf(piece, passage)) {
      const at = candidates.length
      const relevance = scoreText(question.terms, `${above} ${quote.text}`)
      const score = scoreQuote({ text: quote.text, kind: piece.kind, at }, question, heading)
      candidates.push({ quote, relevance, at, score })
    }
  }
  return candidates
}

function quotesOf(piece: PassagePiece, passage: FoundPassage): Quote[] {
  if (piece.kind === 'head') return []
  if (piece.kind === 'code') {
    if (isTurnedInsideOut(piece.text, passage.chunk.text)) return []
    const language = piece.language ? { language: piece.language } : {}
    return [{ passage, kind: 'code', text: restoreCodeMarks(piece.text), ...language }]
  }
  const sentences = piece.kind === 'row' ? [piece.text] : splitSentences(piece.text)
  return sentences
    .map((text) => ({ passage, kind: 'sentence' as const, text: trimSentence(restoreCodeMarks(text)) }))
    .filter(isReadable)
}

/** A passage that begins within a fence ends it where another would begin: what then passes for code is the text between two. */
function isTurnedInsideOut(code: string, passage: string): boolean {
  const inner = Math.max(0, ...[...code.matchAll(/^ *(`{3,})/gm)].map(([, ticks = '']) => ticks.length))
  return inner > 0 && !new RegExp(`^ *\`{${inner + 1},}`, 'm').test(passage)
}

/** The mark of a list that a cut has left at the start belongs to no sentence. */
function trimSentence(text: string): string {
  return text.trim().replace(/^(?:(?:[-*+•–]|\d{1,3}[.)])\s+)+/, '')
}

/** Something to read, and nothing in it that would pass for the number of a source. */
function isReadable({ text }: Quote): boolean {
  if (!/\p{L}{2}/u.test(text) || readingLength(text) < shortestQuote || /\[[1-9]\]/.test(text)) return false
  return !looksLikeCode(text)
}

/** Code whose fence was cut off reads as prose, and is none. */
function looksLikeCode(text: string): boolean {
  const bare = text.replace(/`[^`]*`/g, '')
  return (bare.match(/=>|[;{}](?=\s|$)|\)[;.]\w?|\w\(['"{]/g)?.length ?? 0) >= 3
}
