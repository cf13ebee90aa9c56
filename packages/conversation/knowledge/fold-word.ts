/** Accents, the points of Hebrew, the vowel signs of Arabic. Where a script writes its vowels as marks, they are letters. */
const marks = /[\u0300-\u036f\u0591-\u05bd\u05bf\u05c1\u05c2\u05c4\u05c5\u05c7\u064b-\u065f\u0670]/g

/** A word as it is compared: lower case, without accents, in compatibility form. */
export function foldWord(word: string): string {
  if (isAscii(word)) return word.toLowerCase()
  return word.normalize('NFKD').replace(marks, '').normalize('NFC').toLowerCase().replaceAll('ß', 'ss')
}

function isAscii(text: string): boolean {
  for (let i = 0; i < text.length; i++) if (text.charCodeAt(i) > 127) return false
  return true
}

const endings = [
  ...['izations', 'ization', 'ations', 'ation', 'itions', 'ition', 'ements', 'ement', 'ments', 'ment', 'ingly', 'ings'],
  ...['ates', 'ated', 'ating', 'ators', 'ator', 'ate'],
  ...['edly', 'ness', 'able', 'ible', 'ions', 'ing', 'ion', 'ors', 'ers', 'ies', 'ive', 'ity', 'ed', 'es', 'er', 'or'],
  ...['en', 'ly', 'al', 's', 'e', 'y', 'n'],
]
const shortestStem = 3

/**
 * The part of a folded word that its forms have in common: `validates`, `validation` and `validating` all give `valid`.
 * Rough on purpose: it only ranks passages that the store has found already.
 */
export function stemWord(folded: string): string {
  const known = stems.get(folded)
  if (known !== undefined) return known
  const stem = cutEndings(folded)
  if (stems.size >= mostStems) stems.clear()
  stems.set(folded, stem)
  return stem
}

/** Texts repeat their words; looking one up is ten times faster than cutting it again. */
const stems = new Map<string, string>()
const mostStems = 20_000

const hangulAlone = /^[\uac00-\ud7a3]{3,}$/

function cutEndings(folded: string): string {
  // Particles and endings follow a Korean word without a space: what it means stands in its first signs.
  if (hangulAlone.test(folded)) return folded.slice(0, Math.max(2, folded.length >> 1))
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
