/** A word as it is compared: lower case, without accents, in compatibility form. */
export function foldWord(word: string): string {
  const lower = word.normalize('NFKD').toLowerCase()
  return isAscii(lower) ? lower : lower.replace(/\p{Mn}/gu, '').replaceAll('ß', 'ss')
}

function isAscii(text: string): boolean {
  for (let i = 0; i < text.length; i++) if (text.charCodeAt(i) > 127) return false
  return true
}

const endings = [
  ...['izations', 'ization', 'ations', 'ation', 'itions', 'ition', 'ements', 'ement', 'ments', 'ment', 'ingly', 'ings'],
  ...['edly', 'ness', 'able', 'ible', 'ions', 'ing', 'ion', 'ors', 'ers', 'ies', 'ive', 'ity', 'ed', 'es', 'er', 'or'],
  ...['en', 'ly', 'al', 's', 'e', 'y', 'n'],
]
const shortestStem = 3

/**
 * The part of a folded word that its forms have in common: `validates`, `validation` and `validating` all give `valid`.
 * Rough on purpose: it only ranks passages that the store has found already.
 */
export function stemWord(folded: string): string {
  let stem = folded
  for (let round = 0; round < 2; round++) {
    const ending = endings.find((end) => stem.endsWith(end) && stem.length - end.length >= shortestStem)
    if (ending === undefined) break
    stem = stem.slice(0, -ending.length)
  }
  const last = stem.at(-1)
  const isDoubled = stem.length > shortestStem && last === stem.at(-2) && /[bdfgklmnprt]/.test(last ?? '')
  return isDoubled ? stem.slice(0, -1) : stem
}
