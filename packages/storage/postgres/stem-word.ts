/**
 * M. F. Porter's stemmer ("An algorithm for suffix stripping", 1980, with his own later departures), as SQLite's full text has it:
 * both stores must find the same by the same word.
 */
export function stemWord(word: string): string {
  if (word.length < 3 || word.length > longest) return word
  let stem = cutPlural(word)
  stem = cutPast(stem)
  if (stem.endsWith('y') && hasVowel(stem.slice(0, -1))) stem = `${stem.slice(0, -1)}i`
  stem = replaceEnding(stem, longEndings, 0)
  stem = replaceEnding(stem, middleEndings, 0)
  stem = cutEnding(stem)
  return cutLastLetter(stem)
}

const longest = 64

const longEndings: readonly [string, string][] = [
  ...([
    ['ational', 'ate'],
    ['tional', 'tion'],
    ['enci', 'ence'],
    ['anci', 'ance'],
    ['izer', 'ize'],
  ] as const),
  ...([
    ['logi', 'log'],
    ['bli', 'ble'],
    ['alli', 'al'],
    ['entli', 'ent'],
    ['eli', 'e'],
    ['ousli', 'ous'],
  ] as const),
  ...([
    ['ization', 'ize'],
    ['ation', 'ate'],
    ['ator', 'ate'],
    ['alism', 'al'],
    ['iveness', 'ive'],
  ] as const),
  ...([
    ['fulness', 'ful'],
    ['ousness', 'ous'],
    ['aliti', 'al'],
    ['iviti', 'ive'],
    ['biliti', 'ble'],
  ] as const),
].map(([from, to]) => [from, to])
const middleEndings: readonly [string, string][] = [
  ...([
    ['icate', 'ic'],
    ['ative', ''],
    ['alize', 'al'],
    ['iciti', 'ic'],
    ['ical', 'ic'],
    ['ful', ''],
    ['ness', ''],
  ] as const),
].map(([from, to]) => [from, to])
const shortEndings: readonly string[] = [
  ...[
    'al',
    'ance',
    'ence',
    'er',
    'ic',
    'able',
    'ible',
    'ant',
    'ement',
    'ment',
    'ent',
    'ion',
    'ou',
    'ism',
    'ate',
    'iti',
  ],
  ...['ous', 'ive', 'ize'],
]

function cutPlural(word: string): string {
  if (word.endsWith('sses') || word.endsWith('ies')) return word.slice(0, -2)
  return word.endsWith('s') && !word.endsWith('ss') ? word.slice(0, -1) : word
}

function cutPast(word: string): string {
  if (word.endsWith('eed')) return measure(word.slice(0, -3)) > 0 ? word.slice(0, -1) : word
  const ending = ['ed', 'ing'].find((one) => word.endsWith(one))
  const stem = ending === undefined ? word : word.slice(0, -ending.length)
  if (ending === undefined || !hasVowel(stem)) return word
  if (/(?:at|bl|iz)$/.test(stem)) return `${stem}e`
  if (endsDoubled(stem) && !/[lsz]$/.test(stem)) return stem.slice(0, -1)
  return measure(stem) === 1 && endsShort(stem) ? `${stem}e` : stem
}

/** The longest ending it has is replaced, where enough of the word stands before it. */
function replaceEnding(word: string, endings: readonly [string, string][], least: number): string {
  const [from, to] = longestOf(word, endings, ([ending]) => ending) ?? ['', '']
  if (from === '') return word
  const stem = word.slice(0, -from.length)
  return measure(stem) > least ? stem + to : word
}

function cutEnding(word: string): string {
  const ending = longestOf(word, shortEndings, (one) => one)
  if (ending === undefined) return word
  const stem = word.slice(0, -ending.length)
  if (measure(stem) <= 1 || (ending === 'ion' && !/[st]$/.test(stem))) return word
  return stem
}

function cutLastLetter(word: string): string {
  let stem = word
  if (stem.endsWith('e')) {
    const before = stem.slice(0, -1)
    if (measure(before) > 1 || (measure(before) === 1 && !endsShort(before))) stem = before
  }
  return stem.endsWith('ll') && measure(stem.slice(0, -1)) > 1 ? stem.slice(0, -1) : stem
}

function longestOf<T>(word: string, list: readonly T[], endingOf: (one: T) => string): T | undefined {
  let best: T | undefined
  for (const one of list) {
    if (!word.endsWith(endingOf(one))) continue
    if (best === undefined || endingOf(one).length > endingOf(best).length) best = one
  }
  return best
}

/** The word as consonants and vowels; `y` is a vowel after a consonant. */
function shapeOf(word: string): string {
  let shape = ''
  for (const letter of word) {
    const isVowel = 'aeiou'.includes(letter) || (letter === 'y' && shape.endsWith('c'))
    shape += isVowel ? 'v' : 'c'
  }
  return shape
}

/** How often a vowel is followed by a consonant. */
function measure(stem: string): number {
  return shapeOf(stem).split('vc').length - 1
}

function hasVowel(stem: string): boolean {
  return shapeOf(stem).includes('v')
}

function endsDoubled(stem: string): boolean {
  return stem.length > 1 && stem.at(-1) === stem.at(-2) && shapeOf(stem).endsWith('c')
}

function endsShort(stem: string): boolean {
  return shapeOf(stem).endsWith('cvc') && !/[wxy]$/.test(stem)
}
