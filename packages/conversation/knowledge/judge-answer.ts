import type { Ranked } from './rank-passages.ts'
import type { Term } from './read-question.ts'
import type { Answerability } from './retriever.ts'
import { type Census, type Rarity, shareOf } from './weigh-terms.ts'

/**
 * What speaks for an answer and against one, each by its weight in a logistic sum. Fitted to the open sets of questions, with each
 * set left out in turn. None of the figures depends on what a base is about or how large it is.
 */
const weights = {
  none: -6.3,
  fit: 3.3,
  exact: 0.35,
  inDocument: 3.6,
  unknown: -2.8,
  length: 3.1,
  beyond: -1.3,
  strangeName: -3.1,
  passingName: -5.45,
  nameInHeading: 1.45,
} as const
/** The rank, per unit of the question's rarity, of a passage that fits in every respect. */
const fullRank = 3.2
/** Of so large a share of its chunks a base does not speak in passing. */
const aboutShare = 0.03
/** Terms; what goes beyond is a story around the question. */
const wholeQuestion = 8

export const unanswerable: Answerability = { fit: 0, exact: 0, inDocument: 0, unknown: 1, confidence: 0 }

/** The rank a passage would have that fits the question in every respect. */
export function fullRankOf(terms: readonly Term[], rarity: Rarity): number {
  return fullRank * terms.reduce((sum, term) => sum + rarity.ofTerm(term), 0)
}

interface Evidence {
  ranked: readonly Ranked[]
  terms: readonly Term[]
  rarity: Rarity
  census: Census
}

/** Whether what was found is about what was asked, apart from which passage is the best. */
export function judgeAnswer(evidence: Evidence): Answerability {
  const { ranked, terms, rarity, census } = evidence
  const [best] = ranked
  if (!best) return unanswerable
  const fit = Math.min(best.rank / (fullRankOf(terms, rarity) || 1), 1)
  const exact = shareOf(terms, rarity.ofTerm, (_, at) => (best.found[at] === 1 ? 1 : 0))
  const inDocument = shareOf(terms, rarity.ofTerm, (_, at) => mostFound(ranked, best, at))
  const weighty = terms.filter(isWeighty)
  const unknown = weighty.filter(({ folded }) => census.count(folded) === 0).length / (weighty.length || 1)
  const sum =
    weights.none +
    weights.fit * fit +
    weights.exact * exact +
    weights.inDocument * inDocument +
    weights.unknown * unknown +
    judgeLength(terms.length) +
    judgeNames(evidence, best)
  return { fit, exact, inDocument, unknown, confidence: 1 / (1 + Math.exp(-sum)) }
}

/** The longer a question, the less of it any one passage holds; but a long story shares words with everything. */
function judgeLength(terms: number): number {
  const told = Math.min(terms, wholeQuestion)
  return weights.length * Math.log(told) + weights.beyond * Math.log(terms / told)
}

/** How surely the document of the best passage holds a term in any of the passages found. */
function mostFound(ranked: readonly Ranked[], best: Ranked, at: number): number {
  return ranked.reduce(
    (most, { hit, found }) => (hit.document.id === best.hit.document.id ? Math.max(most, found[at] ?? 0) : most),
    0,
  )
}

/** Who names a software asks about it: a base that never or only in passing does has no answer, unless the rest fits, too. */
function judgeNames({ terms, rarity, census }: Evidence, best: Ranked): number {
  const names = terms.filter(({ kind }) => kind === 'name')
  const strange = names.filter(({ folded }) => census.count(folded) === 0)
  const passing = names.filter(({ folded }) => {
    const count = census.count(folded)
    return count > 0 && count / census.chunks < aboutShare
  })
  const rest = shareOf(
    terms,
    (term) => (term.kind === 'name' ? 0 : rarity.ofTerm(term)),
    (_, at) => (best.found[at] === 1 ? 1 : 0),
  )
  const { chunk, document } = best.hit
  const headings = [document.title, ...chunk.headings].join(' ').toLowerCase()
  const isInHeading = passing.some(({ folded }) => headings.includes(folded))
  return (
    weights.strangeName * Math.min(2, strange.length) +
    (passing.length > 0 ? weights.passingName * (1 - rest) : 0) +
    (isInHeading ? weights.nameInHeading : 0)
  )
}

function isWeighty({ kind, weight }: Term): boolean {
  return (kind === 'word' || kind === 'name') && weight >= 1
}
