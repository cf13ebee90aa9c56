import type { SearchHit } from './knowledge-store.ts'
import { type PassageFields, passageFields } from './passage-fields.ts'
import type { Term } from './read-question.ts'
import { type Rarity, shareOf } from './weigh-terms.ts'

export interface Ranked {
  hit: SearchHit
  rank: number
  coverage: number
  /** For each term, how surely the passage holds it: 1 for the word itself, less for one that stands for it. */
  found: readonly number[]
}

/** Chosen by cross-validation over the pages of the development sets; flat around these values. */
const weights = {
  own: 0.7,
  around: 0.7,
  title: 1.9,
  neighbours: 0.75,
  likeness: 1.5,
  listOfLinks: 0.5,
  coverage: 0.5,
  support: 0.4,
  alsoFound: 0.3,
  repeated: 2.4,
} as const
const typicalLength = 90

/** How far meaning may carry a passage beyond the best by words: a long question never fits in every word. */
const mostReach = 4

/** The rank that meaning is weighed by, where `fullRank` is that of a passage which fits in every word. */
export function reachOf(ranked: readonly Ranked[], fullRank: number): number {
  return Math.min(fullRank, mostReach * Math.max(...ranked.map(({ rank }) => rank)))
}

/** Orders what the store found by how much of the question each passage answers, best first. */
export function rankPassages(hits: readonly SearchHit[], terms: readonly Term[], rarity: Rarity): Ranked[] {
  const ranked = hits.map((hit) => rankOne(hit, terms, rarity))
  return withDocuments(ranked).sort((a, b) => b.rank - a.rank)
}

function rankOne(hit: SearchHit, terms: readonly Term[], rarity: Rarity): Ranked {
  const fields = passageFields(hit)
  const scored = terms.map((term) => scoreTerm(term, fields, rarity))
  const found = scored.map((one) => one.found)
  const total = terms.reduce((sum, term) => sum + rarity.ofTerm(term), 0)
  let rank = scored.reduce((sum, one) => sum + one.score, 0)
  rank += weights.neighbours * scoreNeighbours(terms, fields, rarity)
  rank += weights.likeness * likeness(terms, fields.own) * (total / terms.length)
  const coverage = shareOf(terms, rarity.ofTerm, (_, at) => found[at] ?? 0)
  const worth = fields.isListOfLinks ? weights.listOfLinks : 1
  return { hit, rank: worth * rank * (1 - weights.coverage + weights.coverage * coverage ** 2), coverage, found }
}

function scoreTerm(term: Term, fields: PassageFields, rarity: Rarity): { score: number; found: number } {
  let score = 0
  let found = 0
  const own = rarity.ofTerm(term)
  for (const variant of term.variants) {
    const strength = fieldStrength(variant.stem, fields)
    if (strength === 0) continue
    // A rare synonym must not count for more than the common word that was asked for.
    const worth = variant.weight === 1 ? own : Math.min(own, rarity.of(variant))
    // A passage that holds several names of one thing speaks of it the more surely.
    const one = variant.weight * worth * strength
    score = Math.max(score, one) + weights.alsoFound * Math.min(score, one)
    found = Math.max(found, variant.weight)
  }
  return { score, found }
}

function fieldStrength(stem: string, fields: PassageFields): number {
  const count = fields.body.get(stem) ?? 0
  const saturated = saturate(count, fields.length)
  return (
    saturated +
    (fields.own.has(stem) ? weights.own : 0) +
    (fields.around.has(stem) ? weights.around : 0) +
    (fields.title.has(stem) ? weights.title : 0)
  )
}

/** What a word gains by being repeated, less in a long passage (BM25). */
function saturate(count: number, length: number): number {
  return ((weights.repeated + 1) * count) / (count + weights.repeated * (0.25 + (0.75 * length) / typicalLength))
}

/** Words that stand next to each other in the question and in the passage. */
function scoreNeighbours(terms: readonly Term[], fields: PassageFields, rarity: Rarity): number {
  let score = 0
  for (let i = 0; i + 1 < terms.length; i++) {
    const [first, second] = [terms[i], terms[i + 1]]
    if (!first || !second || !fields.body.has(first.stem) || !fields.body.has(second.stem)) continue
    const meets = fields.order.some((stem, at) => {
      return stem === first.stem && (fields.order[at + 1] === second.stem || fields.order[at + 2] === second.stem)
    })
    if (meets) score += Math.min(rarity.ofTerm(first), rarity.ofTerm(second))
  }
  return score
}

/** How much of the heading the question speaks of: 1 when it names all of it. */
function likeness(terms: readonly Term[], heading: ReadonlySet<string>): number {
  if (heading.size === 0) return 0
  let shared = 0
  for (const stem of heading) {
    let best = 0
    for (const { variants } of terms)
      for (const one of variants) if (one.stem === stem) best = Math.max(best, one.weight)
    shared += best
  }
  return shared / heading.size
}

/** A document that fits in several places is the likelier one. */
function withDocuments(ranked: readonly Ranked[]): Ranked[] {
  const support = new Map<string, number>()
  for (const [id, group] of Map.groupBy(ranked, ({ hit }) => hit.document.id)) {
    const best = group.map(({ rank }) => rank).sort((a, b) => b - a)
    support.set(id, best.slice(0, 3).reduce((sum, rank) => sum + rank, 0) / 3)
  }
  return ranked.map((one) => ({ ...one, rank: one.rank + weights.support * (support.get(one.hit.document.id) ?? 0) }))
}
