/**
 * Marks that say how a letter sounds, and that writers leave out: accents, the points of Hebrew, the vowel signs of Arabic.
 * Those of scripts that write their vowels as marks are letters to them, and stay.
 */
const marks = /[\u0300-\u036f\u0591-\u05bd\u05bf\u05c1\u05c2\u05c4\u05c5\u05c7\u064b-\u065f\u0670]/g
const ascii = /^[\0-\x7f]*$/

/** A text as it is indexed and asked for: lower case, without accents, in compatibility form. The same in both stores. */
export function foldText(text: string): string {
  if (ascii.test(text)) return text.toLowerCase()
  return text.normalize('NFKD').replace(marks, '').normalize('NFC').toLowerCase().replaceAll('ß', 'ss')
}
