import {
  type FoundPassage,
  type PassagePiece,
  type Retrieval,
  readPieces,
  scoreText,
  splitSentences,
  type WeightedTerm,
} from '@parlor/conversation/knowledge'

/** Something taken word for word from one passage. */
export interface Quote {
  passage: FoundPassage
  kind: 'sentence' | 'code'
  text: string
  language?: string
}

interface Candidate {
  quote: Quote
  score: number
  /** Order in the passage. */
  at: number
}

const mostQuotes = 3
/** How near to the best passage another one must come to be quoted beside it. */
const nearEnough = 0.5
/** How near to the best sentence the one after it must come to be quoted with it. */
const worthAdding = 0.6
const longestSentence = 400

/** One to three quotations that answer best, each from one place; empty when no passage holds anything to quote. */
export function chooseQuotes(retrieval: Retrieval): Quote[] {
  const [best] = retrieval.passages
  if (!best) return []
  const quotes: Quote[] = []
  for (const passage of spreadOut(retrieval.passages, best)) {
    const room = mostQuotes - quotes.length
    if (room <= 0) break
    const isBest = passage === best
    const chosen = quoteFrom(passage, retrieval.terms, isBest ? 2 : 1)
    const isNew = (one: Quote) => !quotes.some((other) => other.text === one.text)
    quotes.push(...chosen.filter(isNew).slice(0, room))
  }
  return quotes
}

/** The best passage, then the best of other documents, then what else comes near. */
function spreadOut(passages: readonly FoundPassage[], best: FoundPassage): FoundPassage[] {
  const near = passages.filter((passage) => passage !== best && passage.rank >= nearEnough * best.rank)
  const seen = new Set([best.document.id])
  const elsewhere = near.filter(({ document }) => !seen.has(document.id) && seen.add(document.id))
  const rest = near.filter((passage) => !elsewhere.includes(passage))
  return [best, ...elsewhere, ...rest]
}

function quoteFrom(passage: FoundPassage, terms: readonly WeightedTerm[], most: number): Quote[] {
  const candidates = readCandidates(passage, terms)
  const first = candidates.reduce<Candidate | null>((top, one) => (top && top.score >= one.score ? top : one), null)
  if (!first) return []
  const next = candidates.find(({ at }) => at === first.at + 1)
  const isIntroduction = first.quote.kind === 'sentence' && /[:：]$/.test(first.quote.text)
  const belongs =
    next && (isIntroduction || (next.quote.kind === 'sentence' && next.score >= worthAdding * first.score))
  return belongs && most > 1 ? [first.quote, next.quote] : [first.quote]
}

function readCandidates(passage: FoundPassage, terms: readonly WeightedTerm[]): Candidate[] {
  const heading = scoreText(terms, passage.chunk.headings.slice(-2).join(' '))
  const candidates: Candidate[] = []
  for (const piece of readPieces(passage.chunk.text)) {
    for (const quote of quotesOf(piece, passage)) {
      const at = candidates.length
      candidates.push({ quote, at, score: scoreQuote(quote, piece, terms, heading, at) })
    }
  }
  return candidates
}

function quotesOf(piece: PassagePiece, passage: FoundPassage): Quote[] {
  if (piece.kind === 'code') {
    const language = piece.language ? { language: piece.language } : {}
    return [{ passage, kind: 'code', text: piece.text, ...language }]
  }
  const sentences = piece.kind === 'row' ? [piece.text] : splitSentences(piece.text)
  return sentences.map((text) => ({ passage, kind: 'sentence' as const, text: text.trim() })).filter(isReadable)
}

function isReadable({ text }: Quote): boolean {
  return /\p{L}{2}/u.test(text) && text.length >= 12
}

/** Where the heading already says what is asked, the answer is what comes first under it. */
function scoreQuote(
  quote: Quote,
  piece: PassagePiece,
  terms: readonly WeightedTerm[],
  heading: number,
  at: number,
): number {
  const early = (heading >= 0.5 ? 0.35 : 0.15) * Math.exp(-at / 2)
  let score = scoreText(terms, quote.text) + early
  if (quote.kind === 'code') score -= 0.15
  if (piece.kind === 'heading') score -= 0.5
  if (quote.text.length < 30) score -= 0.25
  if (quote.text.length > longestSentence && quote.kind === 'sentence') score -= 0.2
  if (/[?？]$/.test(quote.text)) score -= 0.2
  return score
}
