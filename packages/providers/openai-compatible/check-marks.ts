/** What comes out of checking: text to show, and the number of a passage just before the first text that names it. */
export type Checked = { type: 'text'; text: string } | { type: 'cited'; n: number }

export interface MarkCheck {
  /** Takes the next piece; gives out all that can no longer become part of a mark. */
  take(piece: string): Checked[]
  /** Gives out what was held back. */
  end(): Checked[]
}

/** `[1]`, `[1, 2]`, `[^1]`, and as some models write it, `【1】` or `【1†source】`. */
const wholeMark = /^[[【]\s*(\^?\d{1,3}(?:\s*[,;]\s*\^?\d{1,3})*)\s*(?:†[^\]】\n]{0,80})?[\]】]/
const beginningOfMark = /^[[【][\^\d\s,;]*(?:†[^\]】\n]*)?$/
/** As many words as can be taken at once, without the blanks behind them: a mark that is dropped takes those along. */
const plainWords = /^(?:\n+|\s?)[^\s`[【]*(?: [^\s`[【]+)*/
/** What is longer is no mark. */
const longestMark = 120

interface Reading {
  /** How many passages there are. */
  count: number
  cited: Set<number>
  held: string
  /** The run of backticks that opened the code we are in. */
  code: string | null
  /** What was said in this line, as far as it matters. */
  line: 'nothing' | 'a mark' | 'something'
  endsWithMark: boolean
  saidAnything: boolean
  out: Checked[]
}

/**
 * Checks the marks in an answer as it streams: a number that is not among `count` passages is dropped, the others are
 * written as `[n]`. Nothing can hang a link on a mark: a citation leads where our record of the document says. What looks
 * like a mark in code is code.
 */
export function checkMarks(count: number): MarkCheck {
  const reading: Reading = {
    count,
    cited: new Set(),
    held: '',
    code: null,
    line: 'nothing',
    endsWithMark: false,
    saidAnything: false,
    out: [],
  }
  const read = (isEnd: boolean): Checked[] => {
    reading.out = []
    while (reading.held !== '') {
      const taken = readNext(reading, isEnd)
      if (taken === 0) break
      reading.held = reading.held.slice(taken)
    }
    return reading.out
  }
  return {
    take(piece) {
      reading.held += piece
      return read(false)
    },
    end: () => read(true),
  }
}

/** A text without any mark. */
export function dropMarks(text: string): string {
  // A history may be as long as a book, and most of what was said has none.
  if (!/[[【]/.test(text)) return text.trimStart()
  const check = checkMarks(0)
  const parts = [...check.take(text), ...check.end()]
  return parts.map((part) => (part.type === 'text' ? part.text : '')).join('')
}

/** Reads the thing `held` begins with and tells how long it is; 0 when it may go on in the next piece. */
function readNext(reading: Reading, isEnd: boolean): number {
  const { held, code } = reading
  const ticks = /^`+/.exec(held)?.[0]
  if (ticks !== undefined) {
    if (ticks === held && !isEnd) return 0
    reading.code = codeAfter(code, ticks)
    return sayAll(reading, ticks)
  }
  if (code !== null) return readCode(reading, code, isEnd)
  const gap = /^[ \t]*/.exec(held)?.[0] ?? ''
  if (gap === held && !isEnd) return 0
  const rest = held.slice(gap.length)
  if (rest.startsWith('`')) return sayAll(reading, gap)
  if (!/^[[【]/.test(rest)) return sayAll(reading, plainWords.exec(rest)?.[0] || rest.slice(0, 1), gap)
  // No bracket right before another begins a mark.
  const brackets = /^[[【]+(?=[[【])/.exec(rest)?.[0]
  if (brackets !== undefined) return sayAll(reading, brackets, gap)
  if (!isEnd && rest.length < longestMark && beginningOfMark.test(rest)) return 0
  const mark = wholeMark.exec(rest)
  if (mark === null) return sayAll(reading, rest.slice(0, 1), gap)
  sayMark(reading, mark[1] ?? '', gap)
  return gap.length + mark[0].length
}

/** A fence is closed by one at least as long, code in a line by a run of the same length. */
function codeAfter(code: string | null, ticks: string): string | null {
  if (code === null) return ticks
  const closes = code.length < 3 ? ticks.length === code.length : ticks.length >= code.length
  return closes ? null : code
}

/** Code in a line ends with its paragraph, closed or not; or the rest of the answer would go unchecked. */
function readCode(reading: Reading, code: string, isEnd: boolean): number {
  const { held } = reading
  if (code.length < 3 && held.startsWith('\n')) {
    if (/^\n[ \t]*$/.test(held) && !isEnd) return 0
    if (/^\n[ \t]*\n/.test(held)) reading.code = null
  }
  return sayAll(reading, /^\n?[^`\n]*/.exec(held)?.[0] ?? held)
}

function sayAll(reading: Reading, text: string, gap = ''): number {
  const all = gap + text
  // In Markdown `[1](…)` would be a link, and `[1]: …` at the beginning of a line the address of one.
  const joins = reading.endsWithMark && (/^\(/.test(all) || (reading.line === 'a mark' && /^:/.test(all)))
  say(reading, joins ? ` ${all}` : all)
  reading.endsWithMark = false
  const line = all.slice(all.lastIndexOf('\n') + 1)
  if (line.trim() !== '') reading.line = 'something'
  else if (all.includes('\n')) reading.line = 'nothing'
  return all.length
}

function sayMark(reading: Reading, numbers: string, gap: string): void {
  const all = numbers.split(/[,;]/).map((part) => Number(part.replace('^', '')))
  const known = [...new Set(all)].filter((n) => n >= 1 && n <= reading.count)
  if (known.length === 0) return
  say(reading, gap)
  for (const n of known) {
    if (!reading.cited.has(n)) reading.out.push({ type: 'cited', n })
    reading.cited.add(n)
    say(reading, `[${n}]`)
  }
  reading.endsWithMark = true
  if (reading.line === 'nothing') reading.line = 'a mark'
}

function say(reading: Reading, text: string): void {
  const shown = reading.saidAnything ? text : text.trimStart()
  if (shown === '') return
  reading.saidAnything = true
  const last = reading.out.at(-1)
  if (last?.type === 'text') last.text += shown
  else reading.out.push({ type: 'text', text: shown })
}
