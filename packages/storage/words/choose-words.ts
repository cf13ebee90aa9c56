/**
 * Passages one search may rank. Ranking costs half a microsecond for each that holds one of the words, and the words that
 * stand everywhere bring nearly all of them and say nearly nothing.
 */
const mostRanked = 50_000

/**
 * The words worth searching for: from the rarest on, as far as the passages they bring may be ranked; the rarest in any
 * case. In a base of some thousand passages that is all of them. Words that stand nowhere are left out.
 */
export function chooseWords(words: readonly string[], countOf: (word: string) => number, most = mostRanked): string[] {
  const rarestFirst = [...new Set(words)]
    .map((word) => ({ word, count: countOf(word) }))
    .filter(({ count }) => count > 0)
    .sort((a, b) => a.count - b.count)
  const chosen: string[] = []
  let ranked = 0
  for (const { word, count } of rarestFirst) {
    ranked += count
    if (ranked > most && chosen.length > 0) break
    chosen.push(word)
  }
  return chosen
}
