import { foldWord } from './fold-word.ts'

/** A word of a text: as written, folded, and the parts it is put together from where it is an identifier. */
export interface Word {
  written: string
  folded: string
  /** Folded; empty for a plain word. `maxParamLength` has three. */
  parts: string[]
}

const wordPattern = /\p{L}+[/-]\p{N}{1,3}(?![\p{L}\p{N}])|[\p{L}\p{M}\p{N}_$]+(?:['’][\p{L}]+)?/gu
/** `HTTP/2`: one name, however it is written. */
const numbered = /^(\p{L}+)[/-](\p{N}+)$/u
const spacelessSign =
  /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Thai}\p{Script=Lao}\p{Script=Khmer}\p{Script=Myanmar}]/u
const spacelessRun = new RegExp(`${spacelessSign.source}{2,}`, 'gu')
const hump = /\p{Lu}?\p{Ll}+|\p{Lu}+(?!\p{Ll})|\p{N}+/gu
/** Most words of most texts; they need no further look. */
const plainRun = /^[a-z]+$/
/** Longer ones are data, not words. */
const longestWord = 80

/** The words of a text in their order. Scripts without spaces give overlapping pairs of signs. */
export function splitWords(text: string): Word[] {
  const words: Word[] = []
  for (const [run] of text.matchAll(wordPattern)) {
    if (run.length > longestWord) continue
    if (plainRun.test(run)) words.push({ written: run, folded: run, parts: [] })
    else if (/^[ -~’]+$/.test(run)) words.push(readWord(run))
    else words.push(...splitForeign(run))
  }
  return words
}

function readWord(written: string): Word {
  const [, name, number] = (/[/-]/.test(written) && numbered.exec(written)) || []
  if (name && number) return { written, folded: foldWord(name + number), parts: [foldWord(name)] }
  const bare = written.replace(/['’]\p{L}{1,2}$/u, '')
  return { written: bare, folded: foldWord(bare), parts: splitIdentifier(bare) }
}

/** The parts of `camelCase`, `snake_case` and `http2`, folded; empty where there is only one. */
export function splitIdentifier(written: string): string[] {
  if (!/[\p{Ll}\p{N}_$]\p{Lu}|\p{Lu}{2}\p{Ll}|_|\p{L}\p{N}/u.test(written)) return []
  const parts = (written.match(hump) ?? []).map(foldWord).filter((part) => part.length > 1)
  return parts.length > 1 || (parts[0] !== undefined && parts[0] !== foldWord(written)) ? parts : []
}

function splitForeign(run: string): Word[] {
  const pairs = splitSpaceless(run)
  return pairs.length > 0 ? pairs : [readWord(run)]
}

function splitSpaceless(run: string): Word[] {
  const words: Word[] = []
  for (const [signs] of run.matchAll(spacelessRun)) {
    const list = Array.from(signs)
    for (let i = 0; i + 1 < list.length; i++) {
      const pair = `${list[i]}${list[i + 1]}`
      words.push({ written: pair, folded: pair, parts: [] })
    }
  }
  return words
}

/**
 * What is searched beside a passage because a word index alone would not find it: the parts of its identifiers, and
 * pairs of signs where a script has no spaces.
 */
export function collectKeywords(text: string): string {
  const keywords = new Set<string>()
  for (const { written, folded, parts } of splitWords(text)) {
    for (const part of parts) keywords.add(part)
    if (!plainRun.test(written) && (spacelessSign.test(written) || numbered.test(written))) keywords.add(folded)
  }
  return [...keywords].join(' ')
}
