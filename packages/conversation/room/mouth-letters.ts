import type { Mouth } from './face.ts'

/** How the mouth makes one sound, and how long that takes at an even rate of speech. */
export interface MouthSound extends Mouth {
  ms: number
}

const vowelMs = 95
const consonantMs = 62

type Row = readonly [letters: string, shape: Mouth['shape'], open: number, ms: number]

/**
 * What letters look like when they are said, in Latin, Cyrillic and Greek; marks are taken off before. A table by ear: which
 * phoneme it is matters little, that lips meet and round where they should matters much (`realtime.md` B).
 */
const rows: readonly Row[] = [
  ['aаяα', 'rest', 1, vowelMs],
  ['æ', 'wide', 0.8, vowelMs],
  ['eеэєεη', 'wide', 0.6, vowelMs],
  ['iиыіїιυ', 'wide', 0.4, vowelMs],
  ['yй', 'wide', 0.35, consonantMs],
  ['oоёωο', 'round', 0.7, vowelMs],
  ['øœ', 'round', 0.6, vowelMs],
  ['uую', 'round', 0.4, vowelMs],
  ['wў', 'round', 0.25, consonantMs],
  ['mbpмбпμβπ', 'pressed', 0, 78],
  ['fvфвφ', 'teeth', 0.2, 72],
  ['szcßсзцσςζ', 'wide', 0.2, consonantMs],
  ['шжчщ', 'round', 0.25, consonantMs],
  ['xξχх', 'rest', 0.3, consonantMs],
  ['tdnlrтднлрτδνλρθ', 'rest', 0.3, consonantMs],
  ['kgqjhкгγκ', 'rest', 0.35, consonantMs],
  ['ьъ', 'rest', 0.2, 10],
]

const single = new Map(
  rows.flatMap(([letters, shape, open, ms]) => [...letters].map((letter) => [letter, { shape, open, ms }] as const)),
)

const pairs = new Map<string, MouthSound>([
  ...['sh', 'ch'].map((pair) => [pair, { shape: 'round', open: 0.25, ms: 80 } as const] as const),
  ['th', { shape: 'teeth', open: 0.2, ms: 72 }],
  ['ph', { shape: 'teeth', open: 0.2, ms: 72 }],
  ...['oo', 'ou', 'ow', 'au'].map((pair) => [pair, { shape: 'round', open: 0.6, ms: 130 } as const] as const),
  ...['ee', 'ea', 'ie', 'ei', 'ai', 'ay'].map(
    (pair) => [pair, { shape: 'wide', open: 0.5, ms: 130 } as const] as const,
  ),
  ['qu', { shape: 'round', open: 0.25, ms: 100 }],
])

const anyConsonant: MouthSound = { shape: 'rest', open: 0.25, ms: consonantMs }
const anyVowels: readonly MouthSound[] = [
  { shape: 'rest', open: 0.85, ms: vowelMs },
  { shape: 'wide', open: 0.55, ms: vowelMs },
  { shape: 'round', open: 0.6, ms: vowelMs },
]
/** One character of these is a syllable, at least. */
const syllabic = /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Hangul}]/u

/** The sounds of one word, in order; empty where it has neither letters nor digits. */
export function soundsOf(word: string): MouthSound[] {
  const letters = [...word.toLowerCase().normalize('NFC')].map(withoutMarks).filter(isSaid)
  const sounds: MouthSound[] = []
  for (let at = 0; at < letters.length; at += 1) {
    const letter = letters[at] ?? ''
    const pair = pairs.get(letter + (letters[at + 1] ?? ''))
    const known = pair ?? single.get(letter)
    if (pair) at += 1
    // A letter written twice is said once.
    else if (known && letter === letters[at + 1]) at += 1
    sounds.push(...(known ? [known] : unknownSounds(letter)))
  }
  return sounds
}

const isSaid = (letter: string): boolean => /[\p{L}\p{N}]/u.test(letter)

function withoutMarks(letter: string): string {
  return syllabic.test(letter) ? letter : (letter.normalize('NFD')[0] ?? letter)
}

/** Of a script without a table: a consonant and a vowel, differing from letter to letter, always alike for the same one. */
function unknownSounds(letter: string): MouthSound[] {
  const vowel = anyVowels[(letter.codePointAt(0) ?? 0) % anyVowels.length] as MouthSound
  if (/\p{N}/u.test(letter)) return [anyConsonant, { ...vowel, ms: 130 }, anyConsonant]
  if (syllabic.test(letter)) return [anyConsonant, { ...vowel, ms: 120 }]
  return [anyConsonant, { ...vowel, ms: 50 }]
}
