import type { Term } from './read-question.ts'

/** What was said before counts for less than what is asked now. */
const weightBefore = 0.5
/** A question with more words of its own stands by itself. */
const fewWords = 2
/** Words that point back, or join what is asked to what was: folded, in the languages that are answered in. */
const pointers = new Set(
  `it its that this these those them they there one ones then and also else same so but or
  es das dies diese dieser davon damit dort und auch oder noch sonst ca cela celui celle la y en et aussi ou
  eso esto ese esta ello alli y tambien o isso isto esse essa ele ela la e tambem ou
  quello questo esso essa ci ne e anche o`.split(/\s+/),
)

/**
 * The terms of a question, with those of the one before it where it leans on that: it has few words of its own, and points
 * back ("and how do I turn it off?"). A question that stands by itself keeps its own.
 */
export function withTermsBefore(terms: readonly Term[], words: readonly string[], before: readonly Term[]): Term[] {
  const own = new Set(terms.map(({ stem }) => stem))
  const added = leansOnTalk(terms, words) ? before.filter(({ stem }) => !own.has(stem)) : []
  return [...terms, ...added.map((term) => ({ ...term, weight: weightBefore * term.weight }))]
}

function leansOnTalk(terms: readonly Term[], words: readonly string[]): boolean {
  const weighty = terms.filter(({ kind }) => kind === 'word' || kind === 'name').length
  if (words.length === 0 || weighty > fewWords) return false
  return terms.length === 0 || words.some((word) => pointers.has(word))
}
