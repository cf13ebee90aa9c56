import { keepsItsStop } from './abbreviations.ts'
import { readCode, readFence, readLink, startsBlock } from './uncut-markdown.ts'

/** A segment as far as it was read. */
export interface Scan {
  /** The segment and what came behind it. */
  held: string
  /** How far it was read. */
  at: number
  atLineStart: boolean
  /** Whether nothing was spoken yet. */
  isFirst: boolean
  /** Where the segment may be cut when it becomes too long: behind the last comma, behind the last word. */
  lastComma: number
  lastBlank: number
}

const longestSegment = 120
/** What has no blank for so long is no language. */
const longestWord = 2_000
/** Less is not worth a breath. */
const shortestClause = 12
const shortestDenseClause = 6

const sentenceEnd = /^[.!?…؟۔।]+/
const denseEnd = /^[。！？｡]+/
const clauseEnd = /^[;:]/
const denseClauseEnd = /^[；：]/
const comma = /^[,،]/
const denseComma = /^[，、]/
const anyStop = /[.!?…؟۔।。！？｡;:；：,،，、]/
/** What closes behind a stop and belongs to it; in French with a narrow blank before. */
const closers = /^(?:["'”’»)\]*_」』）】]|[\u00a0\u202f]»)*/
const denseScripts =
  /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Thai}\p{Script=Lao}\p{Script=Khmer}\p{Script=Myanmar}]/u

export function newScan(): Scan {
  return { held: '', at: 0, atLineStart: true, isFirst: true, lastComma: 0, lastBlank: 0 }
}

/** Reads on and tells where the segment ends; null where that is not known yet. The same whatever the pieces were. */
export function findCut(scan: Scan, isEnd: boolean): number | null {
  while (scan.at < scan.held.length) {
    const fence = scan.atLineStart ? readFence(scan.held, scan.at, isEnd) : 0
    if (fence === 'more') return null
    if (fence > 0) return fence
    const step = readStep(scan, isEnd)
    if (step === 'more') return null
    if ('cut' in step) return step.cut
    scan.at = step.next
    scan.atLineStart = scan.held[scan.at - 1] === '\n'
    const long = scan.at > longestSegment ? cutLong(scan) : null
    if (long !== null) return long
  }
  return null
}

type Step = { cut: number } | { next: number } | 'more'

function readStep(scan: Scan, isEnd: boolean): Step {
  const { held, at } = scan
  const sign = held[at] ?? ''
  if (sign === '\n') {
    const starts = startsBlock(held, at, isEnd)
    if (starts === 'more') return 'more'
    if (starts) return { cut: at + 1 }
  }
  if (/\s/.test(sign)) return readBlank(scan, isEnd)
  if (sign === '`' || sign === '[') {
    const end = sign === '`' ? readCode(held, at, isEnd) : readLink(held, at, isEnd)
    return end === 'more' ? 'more' : { next: end }
  }
  return readStop(scan, isEnd)
}

/** A blank between two digits may be within a number, one behind a full stop within an abbreviation. */
function readBlank(scan: Scan, isEnd: boolean): Step {
  const { held, at } = scan
  const after = held[at + 1]
  if (after === undefined && !isEnd) return 'more'
  const before = held[at - 1] ?? ''
  const isWithin = before === '.' || (/\d/.test(before) && /\d/.test(after ?? ''))
  if (!isWithin) scan.lastBlank = at + 1
  return { next: at + 1 }
}

function readStop(scan: Scan, isEnd: boolean): Step {
  const { held, at } = scan
  if (!anyStop.test(held[at] ?? '')) return { next: at + 1 }
  const rest = held.slice(at, at + 40)
  const stop = (sentenceEnd.exec(rest) ?? denseEnd.exec(rest))?.[0] ?? oneOf(rest)
  if (stop === '') return { next: at + ((rest.codePointAt(0) ?? 0 > 0xffff) ? 2 : 1) }
  const isComma = comma.test(stop) || denseComma.test(stop)
  const end = isComma ? at + 1 : at + stop.length + (closers.exec(rest.slice(stop.length))?.[0].length ?? 0)
  const after = held[end]
  if (after === undefined && !isEnd) return 'more'
  const isDense = denseEnd.test(stop) || denseClauseEnd.test(stop) || denseComma.test(stop)
  if (!isDense && after !== undefined && !/\s/.test(after)) return { next: end }
  if (isComma && !/\d/.test(held[at - 1] ?? '')) scan.lastComma = end
  return isCut(scan, stop, isDense) ? { cut: end } : { next: end }
}

function oneOf(rest: string): string {
  return [clauseEnd, denseClauseEnd, comma, denseComma].map((sign) => sign.exec(rest)?.[0]).find(Boolean) ?? ''
}

/** Whether the stop ends the segment. */
function isCut({ held, at, isFirst }: Scan, stop: string, isDense: boolean): boolean {
  const before = held.slice(0, at).trimStart()
  if (denseEnd.test(stop)) return true
  if (stop === '.') return !keepsItsStop(/\S{0,30}$/.exec(before)?.[0] ?? '')
  if (sentenceEnd.test(stop)) return true
  const isLongEnough = before.length >= (isDense ? shortestDenseClause : shortestClause)
  const isComma = comma.test(stop) || denseComma.test(stop)
  return isLongEnough && (!isComma || (isFirst && !/\d$/.test(before)))
}

/** Where to cut what is too long: null where it cannot be cut yet. */
function cutLong({ held, at, lastComma, lastBlank }: Scan): number | null {
  if (lastComma > longestSegment / 3) return lastComma
  if (lastBlank > 0) return lastBlank
  const text = held.slice(0, at)
  if (denseScripts.test(text.slice(-1))) {
    const words = [...new Intl.Segmenter(undefined, { granularity: 'word' }).segment(text)]
    const last = words.at(-1)?.index ?? 0
    if (last > 0) return last
  }
  return at > longestWord ? at : null
}
