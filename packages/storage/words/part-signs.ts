/**
 * Signs of scripts that are read without a dictionary: Thai, Lao, Myanmar and Khmer, Hangul, kana and Han. Written as
 * ranges, because what was put into an index must be cut the same way when it is taken out, whatever Unicode says by then.
 */
const thaiToKhmer = '\u0e01-\u0e3a\u0e40-\u0e4e\u0e81-\u0ecd\u1000-\u103f\u1050-\u108f\u1780-\u17d3'
const hangul = '\u1100-\u11ff\uac00-\ud7a3'
const kana = '\u3041-\u3096\u3099\u309a\u309d-\u309f\u30a1-\u30fa\u30fc-\u30ff\u31f0-\u31ff\uff66-\uff9f'
const han = '\u3005-\u3007\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\u{20000}-\u{3ffff}'
const signs = `[${thaiToKhmer}${hangul}${kana}${han}]`
const anySign = new RegExp(signs, 'u')
const runs = new RegExp(`${signs}+`, 'gu')
const runAtEnd = new RegExp(`${signs}+$`, 'u')
const hangulAlone = new RegExp(`^[${hangul}]+$`, 'u')
const voiceMarks = /[\u3099\u309a]/g

/**
 * A text as it is indexed: every run of such signs becomes its overlapping pairs, so that a word inside a longer run is
 * found as a row of pairs. The last sign also stands alone, so that a single sign is the beginning of some token.
 */
export function partSigns(text: string): string {
  if (!anySign.test(text)) return text
  return text.replace(runs, (run) => {
    const list = signsOf(run)
    return ` ${[...pairsOf(list), list.at(-1) ?? ''].join(' ')} `
  })
}

/** What to look for: a row of words; `open` where the last may be only the beginning of one. */
export interface Wanted {
  text: string
  open: boolean
}

/** The rows of words a word is found by: any of them is enough. Mostly one. */
export function wantedOf(word: string): Wanted[] {
  if (!anySign.test(word)) return [{ text: word, open: false }]
  const end = signsOf(runAtEnd.exec(word)?.[0] ?? '')
  const before = partSigns(word.replace(runAtEnd, ''))
  const row = (list: readonly string[]): Wanted => {
    if (list.length === 1) return { text: `${before} ${list[0]}`, open: true }
    return { text: `${before} ${pairsOf(list).join(' ')}`, open: false }
  }
  const beginning = hangulAlone.test(word) ? koreanBeginning(end) : end
  return beginning.length === end.length ? [row(end)] : [row(end), row(beginning)]
}

/** Particles and endings follow a Korean word without a space: what it means stands in its first signs. */
function koreanBeginning(list: readonly string[]): readonly string[] {
  return list.length < 3 ? list : list.slice(0, Math.max(2, list.length >> 1))
}

/** One form for the same sign: full width, composed, and kana without the marks of voice that a folded word has lost. */
function signsOf(run: string): string[] {
  return Array.from(run.normalize('NFKD').replace(voiceMarks, '').normalize('NFC'))
}

function pairsOf(list: readonly string[]): string[] {
  return list.slice(1).map((sign, index) => `${list[index]}${sign}`)
}
