import type { Ranked } from './rank-passages.ts'
import type { Term } from './read-question.ts'
import type { Answerability } from './retriever.ts'
import { type Census, type Rarity, shareOf } from './weigh-terms.ts'

/**
 * What speaks for an answer and against one, each by its weight in a logistic sum. Fitted to the three development sets, with
 * whole pages left out in turn. None of the figures depends on what a base is about or how large it is.
 */
const weights = {
  none: -2.91,
  explained: 3.49,
  unknown: -0.55,
  fit: 1.64,
  strength: 1.71,
  lead: -2.52,
  strangeName: -2.69,
  passingName: -5.27,
  incomplete: -0.99,
} as const
/** The rank, per unit of the question's rarity, of a passage that fits in every respect. */
const fullRank = 3.2
/** Such a passage in units of the rarest a word can be: as much as two or three such words give. */
const strongRank = 2.67
/** A lead beyond this says no more; without a rival there is none to be measured. */
const mostLead = 0.35
const leadAlone = 0.1
/** Of so large a share of its chunks a base does not speak in passing. */
const aboutShare = 0.03
/** In a short question a word that is not found changes what is asked. */
const shortQuestion = 3

export const unanswerable: Answerability = { coverage: 0, known: 0, margin: 0, shared: 0, fit: 0, confidence: 0 }

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
  const known = shareOf(terms, rarity.ofTerm, ({ folded }) => (census.count(folded) > 0 ? 1 : 0))
  const shared = best.found.filter((one) => one > 0).length / terms.length
  const rival = ranked.find(({ hit }) => hit.document.id !== best.hit.document.id)
  const margin = rival ? Math.max(0, 1 - rival.rank / best.rank) : 1
  const sum =
    weights.none +
    weights.fit * fit +
    weights.strength * Math.min(3, best.rank / (strongRank * Math.log(2 * census.chunks + 2))) +
    weights.lead * (rival ? Math.min(margin, mostLead) : leadAlone) +
    judgeWords(evidence, best) +
    judgeNames(evidence, best)
  return { coverage: best.coverage, known, shared, fit, margin, confidence: 1 / (1 + Math.exp(-sum)) }
}

/** Words the base has never heard of, under any name. */
function judgeWords({ terms, census }: Evidence, best: Ranked): number {
  const stands = ({ variants }: Term) => variants.some(({ folded }) => census.count(folded) > 0)
  const unknown = terms.filter((term) => isWeighty(term) && census.count(term.folded) === 0)
  const isIncomplete = terms.length <= shortQuestion && best.found.includes(0)
  return (
    weights.explained *
      shareOf(
        terms,
        ({ weight }) => weight,
        (term) => (stands(term) ? 1 : 0),
      ) +
    weights.unknown * Math.min(4, unknown.length) +
    (isIncomplete ? weights.incomplete : 0)
  )
}

/** Who names a software asks about it: a base that never or only in passing does has no answer, unless the rest fits, too. */
function judgeNames({ terms, rarity, census }: Evidence, best: Ranked): number {
  const names = terms.filter(({ kind }) => kind === 'name')
  const strange = names.filter(({ folded }) => census.count(folded) === 0)
  const isPassing = names.some(({ folded }) => {
    const count = census.count(folded)
    return count > 0 && count / census.chunks < aboutShare
  })
  const rest = shareOf(
    terms,
    (term) => (term.kind === 'name' ? 0 : rarity.ofTerm(term)),
    (_, at) => (best.found[at] === 1 ? 1 : 0),
  )
  return weights.strangeName * Math.min(2, strange.length) + (isPassing ? weights.passingName * (1 - rest) : 0)
}

function isWeighty({ kind, weight }: Term): boolean {
  return (kind === 'word' || kind === 'name') && weight === 1
}
