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
  /** Share of the question that the quotation and the headings above it speak of. */
  relevance: number
  score: number
  /** Order in the passage. */
  at: number
}

const mostQuotes = 3
/** How near to the best passage another one must come to be quoted beside it. */
const nearEnough = 0.5
/** What a second source must speak of, measured by the first quotation: a stray sentence beside a good answer harms it. */
const worthCiting = 0.6
/** How near to the best sentence the one after it must come to be quoted with it. */
const worthAdding = 0.6
const longestSentence = 400
const shortestQuote = 12
const shortestAlone = 30
/** Code is long and so holds many words by chance. */
const codePenalty = 0.25

/** One to three quotations that answer best, each from one place; empty when no passage holds anything to quote. */
export function chooseQuotes(retrieval: Retrieval): Quote[] {
  const [best, ...others] = retrieval.passages
  if (!best) return []
  const first = readCandidates(best, retrieval.terms)
  const top = findBest(first)
  if (!top) return []
  const quotes = withNeighbour(top, first)
  for (const passage of spreadOut(others, best)) {
    if (quotes.length >= mostQuotes) break
    const worth = readCandidates(passage, retrieval.terms).filter(
      ({ relevance, quote }) =>
        relevance > 0 && relevance >= worthCiting * top.relevance && quotes.every(({ text }) => text !== quote.text),
    )
    const sentence = findBest(worth.filter(({ quote }) => standsAlone(quote)))
    const chosen = sentence ?? findBest(worth.filter(({ quote }) => quote.kind === 'code'))
    if (chosen) quotes.push(chosen.quote)
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
  const goesOn = standsAlone(after.quote) && after.score >= worthAdding * first.score
  return !standsAlone(first.quote) || goesOn ? [first.quote, after.quote] : [first.quote]
}

function standsAlone(quote: Quote): boolean {
  return quote.kind === 'sentence' && readingLength(quote.text) >= shortestAlone && !/[:：]$/.test(quote.text)
}

function readCandidates(passage: FoundPassage, terms: readonly WeightedTerm[]): Candidate[] {
  const above = passage.chunk.headings.slice(-2).join(' ')
  const heading = scoreText(terms, above)
  const candidates: Candidate[] = []
  for (const piece of readPieces(passage.chunk.text)) {
    for (const quote of quotesOf(piece, passage)) {
      const at = candidates.length
      const relevance = scoreText(terms, `${above} ${quote.text}`)
      candidates.push({ quote, relevance, at, score: scoreQuote(quote, piece, terms, heading, at) })
    }
  }
  return candidates
}

function quotesOf(piece: PassagePiece, passage: FoundPassage): Quote[] {
  if (piece.kind === 'head') return []
  if (piece.kind === 'code') {
    const language = piece.language ? { language: piece.language } : {}
    return [{ passage, kind: 'code', text: piece.text, ...language }]
  }
  const sentences = piece.kind === 'row' ? [piece.text] : splitSentences(piece.text)
  return sentences.map((text) => ({ passage, kind: 'sentence' as const, text: text.trim() })).filter(isReadable)
}

/** Something to read, and nothing in it that would pass for the number of a source. */
function isReadable({ text }: Quote): boolean {
  return /\p{L}{2}/u.test(text) && readingLength(text) >= shortestQuote && !/\[[1-9]\]/.test(text)
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
  if (quote.kind === 'code') score -= codePenalty
  if (piece.kind === 'heading') score -= 0.5
  if (/^[\p{Ll},;)]/u.test(quote.text) && quote.kind === 'sentence') score -= 0.15
  if (readingLength(quote.text) < shortestAlone) score -= 0.25
  if (quote.text.length > longestSentence && quote.kind === 'sentence') score -= 0.2
  if (/[?？]$/.test(quote.text)) score -= 0.2
  return score
}

/** Characters, where a sign that is a word or a syllable counts for three. */
function readingLength(text: string): number {
  return (
    text.length +
    2 * (text.match(/[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Hangul}]/gu)?.length ?? 0)
  )
}
