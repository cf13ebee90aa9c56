import type { FoundPassage, Retrieval } from '@parlor/conversation/knowledge'
import type { Quote } from './choose-quotes.ts'

/** Documents an answer names at most, quoted or not. */
const mostDocuments = 5
/** How near to the best passage one must come to be named: where one answer stands out, nothing else is. */
const nearEnough = 0.6

/** The best passages of documents that come near and are not quoted: where several fit, the visitor chooses. */
export function chooseRelated({ passages }: Retrieval, quotes: readonly Quote[]): FoundPassage[] {
  const [best] = passages
  const named = new Set(quotes.map(({ passage }) => passage.document.id))
  const near = passages.filter(({ rank }) => best !== undefined && rank >= nearEnough * best.rank)
  const others = near.filter(({ document }) => !named.has(document.id) && named.add(document.id))
  return others.slice(0, Math.max(0, mostDocuments - (named.size - others.length)))
}
