import { stemWord } from './fold-word.ts'
import type { SearchHit } from './knowledge-store.ts'
import type { Term, Variant } from './read-question.ts'
import { splitWords } from './split-words.ts'
import { isStopWord } from './stop-words.ts'

/** How rare a word is in the base: its stem's inverse document frequency. */
export type Rarity = (variant: Pick<Variant, 'folded' | 'stem'>) => number

/** What a passage holds, by where it holds it. */
interface Fields {
  body: ReadonlyMap<string, number>
  /** Stems in the order of the text, for neighbours. */
  order: readonly string[]
  /** The innermost heading, the headings around it, and title with file name. */
  own: ReadonlySet<string>
  around: ReadonlySet<string>
  title: ReadonlySet<string>
  length: number
}

export interface Ranked {
  hit: SearchHit
  rank: number
  coverage: number
  /** For each term, how surely the passage holds it: 1 for the word itself, less for one that stands for it. */
  found: readonly number[]
}

const weights = { own: 1.1, around: 0.5, title: 0.9, neighbours: 0.5, likeness: 1.2, listOfLinks: 0.5 } as const
const typicalLength = 90

/** Orders what the store found by how much of the question each passage answers, best first. */
export function rankPassages(hits: readonly SearchHit[], terms: readonly Term[], rarity: Rarity): Ranked[] {
  const total = terms.reduce((sum, term) => sum + rarity(term), 0) || 1
  const ranked = hits.map((hit) => rankOne(hit, terms, rarity, total))
  return withDocuments(ranked).sort((a, b) => b.rank - a.rank)
}

function rankOne(hit: SearchHit, terms: readonly Term[], rarity: Rarity, total: number): Ranked {
  const fields = readFields(hit)
  let rank = 0
  const found: number[] = []
  for (const term of terms) {
    const scored = scoreTerm(term, fields, rarity)
    rank += scored.score
    found.push(scored.found)
  }
  rank += weights.neighbours * scoreNeighbours(terms, fields, rarity)
  rank += weights.likeness * likeness(terms, fields.own) * (total / terms.length)
  const coverage = coverageOf(found, terms, rarity)
  const worth = isListOfLinks(hit.chunk.text) ? weights.listOfLinks : 1
  return { hit, rank: worth * rank * (0.4 + 0.6 * coverage), coverage, found }
}

/** A table of contents holds every word of the page and answers nothing. */
function isListOfLinks(text: string): boolean {
  let linked = 0
  for (const [link] of text.matchAll(/\[[^\]\n]{0,200}\]\([^)\n]{0,300}\)/g)) linked += link.length
  return linked > 0.7 * text.length
}

/** Share of the question that is found, weighted by rarity, from 0 to 1. */
function coverageOf(found: readonly number[], terms: readonly Term[], rarity: Rarity): number {
  const total = terms.reduce((sum, term) => sum + rarity(term), 0)
  const held = terms.reduce((sum, term, i) => sum + rarity(term) * (found[i] ?? 0), 0)
  return total === 0 ? 0 : Math.min(held / total, 1)
}

function scoreTerm(term: Term, fields: Fields, rarity: Rarity): { score: number; found: number } {
  let score = 0
  let found = 0
  for (const variant of term.variants) {
    const strength = fieldStrength(variant.stem, fields)
    if (strength === 0) continue
    // A rare synonym must not count for more than the common word that was asked for.
    const worth = variant.weight === 1 ? rarity(term) : Math.min(rarity(term), rarity(variant))
    score = Math.max(score, variant.weight * worth * strength)
    found = Math.max(found, variant.weight === 1 ? 1 : variant.weight)
  }
  return { score, found }
}

function fieldStrength(stem: string, fields: Fields): number {
  const count = fields.body.get(stem) ?? 0
  const saturated = count === 0 ? 0 : (2.2 * count) / (count + 1.2 * (0.25 + (0.75 * fields.length) / typicalLength))
  return (
    saturated +
    (fields.own.has(stem) ? weights.own : 0) +
    (fields.around.has(stem) ? weights.around : 0) +
    (fields.title.has(stem) ? weights.title : 0)
  )
}

/** Words that stand next to each other in the question and in the passage. */
function scoreNeighbours(terms: readonly Term[], fields: Fields, rarity: Rarity): number {
  let score = 0
  for (let i = 0; i + 1 < terms.length; i++) {
    const [first, second] = [terms[i], terms[i + 1]]
    if (!first || !second) continue
    const meets = fields.order.some((stem, at) => {
      return stem === first.stem && (fields.order[at + 1] === second.stem || fields.order[at + 2] === second.stem)
    })
    if (meets) score += Math.min(rarity(first), rarity(second))
  }
  return score
}

/** How much of the heading the question speaks of: 1 when it names all of it. */
function likeness(terms: readonly Term[], heading: ReadonlySet<string>): number {
  if (heading.size === 0) return 0
  let shared = 0
  for (const stem of heading) {
    const best = terms.flatMap((term) => term.variants).find((variant) => variant.stem === stem)
    shared += best?.weight ?? 0
  }
  return shared / heading.size
}

/** A document that fits in several places is the likelier one. */
function withDocuments(ranked: readonly Ranked[]): Ranked[] {
  const best = new Map<string, number[]>()
  for (const { hit, rank } of ranked) {
    const ranks = best.get(hit.document.id) ?? []
    ranks.push(rank)
    best.set(hit.document.id, ranks)
  }
  return ranked.map((one) => {
    const others = (best.get(one.hit.document.id) ?? []).sort((a, b) => b - a).slice(0, 3)
    const support = others.reduce((sum, rank) => sum + rank, 0) / 3
    return { ...one, rank: one.rank + 0.25 * support }
  })
}

function readFields({ chunk, document }: SearchHit): Fields {
  const order = stemsOf(chunk.text)
  const body = new Map<string, number>()
  for (const stem of order) body.set(stem, (body.get(stem) ?? 0) + 1)
  for (const word of chunk.keywords.split(' ')) {
    const stem = stemWord(word)
    if (!body.has(stem)) body.set(stem, 1)
  }
  const name = document.name.replace(/\.[a-z0-9]{1,10}$/i, '')
  return {
    body,
    order,
    own: contentOf(chunk.headings.at(-1) ?? ''),
    around: contentOf(chunk.headings.slice(0, -1).join(' ')),
    title: contentOf(`${document.title} ${name}`),
    length: order.length,
  }
}

function stemsOf(text: string): string[] {
  return splitWords(text).map((word) => stemWord(word.folded))
}

function contentOf(text: string): ReadonlySet<string> {
  const stems = new Set<string>()
  for (const { folded, parts } of splitWords(text)) {
    if (!isStopWord(folded)) stems.add(stemWord(folded))
    for (const part of parts) if (!isStopWord(part)) stems.add(stemWord(part))
  }
  return stems
}
