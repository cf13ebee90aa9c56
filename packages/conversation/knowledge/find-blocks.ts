import type { Line } from './scan-lines.ts'

/** A piece of a document that is not torn apart if it can be helped. Lines `from` up to, not including, `to`. */
export interface Block {
  kind: 'heading' | 'prose' | 'item' | 'row' | 'code' | 'quote'
  from: number
  to: number
  /** 1 to 6, for a heading. */
  depth?: number
  /** A heading's text, still in Markdown. */
  heading?: string
}

const listMark = /^( {0,3})(?:[-*+]|\d{1,9}[.)])(?:[ \t]|$)/
const rule = /^ {0,3}(?:(?:-[ \t]*){3,}|(?:\*[ \t]*){3,}|(?:_[ \t]*){3,})$/
const definition = /^ {0,3}\[[^\]]{1,200}\]:[ \t]*\S/
const atx = /^ {0,3}(#{1,6})(?:[ \t]|$)/
/** Longer lines are text whatever they look like. */
const longestMark = 2000

/**
 * Finds the blocks of a Markdown document, line by line and in linear time, so that no document can hold the process up.
 * (The full parser needs seconds for a megabyte and minutes for some nestings; it reads single passages, see `readPieces`.)
 */
export function findBlocks(lines: readonly Line[]): Block[] {
  const blocks: Block[] = []
  let at = 0
  while (at < lines.length) {
    const block = readBlock(lines, at)
    if (block.kind !== 'blank') blocks.push({ ...block, kind: block.kind })
    at = block.to
  }
  return blocks
}

type Found = Omit<Block, 'kind'> & { kind: Block['kind'] | 'blank' }

function readBlock(lines: readonly Line[], from: number): Found {
  const line = lines[from]
  const text = line?.text ?? ''
  if (line?.fenced) return { kind: listMark.test(text) ? 'item' : 'code', from, to: endOfItemOrFence(lines, from) }
  if (isBlank(text) || isRule(text) || isDefinition(text)) return { kind: 'blank', from, to: from + 1 }
  const heading = readHeading(text)
  if (heading) return { kind: 'heading', from, to: from + 1, ...heading }
  if (listMark.test(text)) return { kind: 'item', from, to: endOfItem(lines, from) }
  if (isTableStart(lines, from)) return { kind: 'row', from, to: from + 2 }
  if (isRowOfTable(lines, from)) return { kind: 'row', from, to: from + 1 }
  if (/^ {0,3}>/.test(text)) return { kind: 'quote', from, to: endOfProse(lines, from) }
  if (/^(?: {4}|\t)/.test(text)) return { kind: 'code', from, to: endOfIndented(lines, from) }
  const to = endOfProse(lines, from)
  const underline = setextDepth(lines[to]?.text ?? '')
  if (underline && lines[to]?.fenced === false && to - from <= 3) {
    const heading = textOf(lines, from, to).trim().replaceAll('\n', ' ')
    return { kind: 'heading', from, to: to + 1, depth: underline, heading }
  }
  return { kind: 'prose', from, to }
}

function readHeading(text: string): { depth: number; heading: string } | null {
  if (text.length > longestMark) return null
  const mark = atx.exec(text)?.[1]
  if (!mark) return null
  const rest = text.trim().slice(mark.length).trim()
  return { depth: mark.length, heading: rest.replace(/(?:^|[ \t])#+$/, '').trim() }
}

function setextDepth(text: string): number | null {
  if (text.length > longestMark || !/^ {0,3}(?:=+|-+)[ \t]*$/.test(text)) return null
  return text.includes('=') ? 1 : 2
}

function endOfProse(lines: readonly Line[], from: number): number {
  let at = from + 1
  while (at < lines.length && !interrupts(lines, at)) at += 1
  return at
}

function interrupts(lines: readonly Line[], at: number): boolean {
  const line = lines[at]
  if (!line || line.fenced) return true
  const { text } = line
  if (isBlank(text) || setextDepth(text) !== null || isRule(text) || readHeading(text) !== null) return true
  if (listMark.test(text)) return true
  const startsQuote = /^ {0,3}>/.test(text) && !/^ {0,3}>/.test(lines[at - 1]?.text ?? '')
  return startsQuote || isTableStart(lines, at)
}

/** An item ends before the next one on its level, or before a line that stands further out after a blank one. */
function endOfItem(lines: readonly Line[], from: number): number {
  const inside = contentIndent(lines[from]?.text ?? '')
  let end = from + 1
  let blankBefore = false
  for (let at = from + 1; at < lines.length; at++) {
    const line = lines[at]
    if (!line) break
    if (isBlank(line.text)) {
      blankBefore = true
      continue
    }
    const isInside = indentOf(line.text) >= inside
    if (!isInside && (blankBefore || (line.fenced ? !lines[at - 1]?.fenced : interrupts(lines, at)))) break
    blankBefore = false
    end = at + 1
  }
  return end
}

function endOfItemOrFence(lines: readonly Line[], from: number): number {
  if (listMark.test(lines[from]?.text ?? '')) return endOfItem(lines, from)
  const marks = /`{3,}|~{3,}/.exec(lines[from]?.text ?? '')?.[0] ?? '```'
  for (let at = from + 1; at < lines.length; at++) {
    if (!lines[at]?.fenced) return at
    const rest = (lines[at]?.text ?? '')
      .slice(0, longestMark)
      .replace(/^[ \t>]+/, '')
      .trimEnd()
    if (rest.length >= marks.length && rest === marks.charAt(0).repeat(rest.length)) return at + 1
  }
  return lines.length
}

function endOfIndented(lines: readonly Line[], from: number): number {
  let end = from + 1
  for (let at = from + 1; at < lines.length; at++) {
    const line = lines[at]
    if (!line || line.fenced) break
    if (isBlank(line.text)) continue
    if (!/^(?: {4}|\t)/.test(line.text)) break
    end = at + 1
  }
  return end
}

function isTableStart(lines: readonly Line[], at: number): boolean {
  const next = lines[at + 1]
  return Boolean(lines[at]?.text.includes('|')) && next?.fenced === false && isDelimiterRow(next.text)
}

function isDelimiterRow(text: string): boolean {
  return text.length <= longestMark && text.includes('-') && text.includes('|') && /^[ \t|:-]+$/.test(text)
}

function isRowOfTable(lines: readonly Line[], at: number): boolean {
  const text = lines[at]?.text ?? ''
  const before = lines[at - 1]
  return text.trimStart().startsWith('|') && before?.fenced === false && before.text.includes('|')
}

function isBlank(text: string): boolean {
  return text.trim() === ''
}

function isRule(text: string): boolean {
  return text.length <= longestMark && rule.test(text)
}

function isDefinition(text: string): boolean {
  return text.length <= longestMark && definition.test(text)
}

/** Columns before the first sign; a tab counts as four. */
export function indentOf(text: string): number {
  let columns = 0
  for (const sign of text) {
    if (sign === ' ') columns += 1
    else if (sign === '\t') columns += 4
    else break
  }
  return columns
}

function contentIndent(text: string): number {
  const mark = listMark.exec(text)?.[0].trimEnd().length ?? 0
  return Math.min(mark + 1, 4)
}

export function textOf(lines: readonly Line[], from: number, to: number): string {
  let text = ''
  for (let at = from; at < to; at++) text += (at > from ? '\n' : '') + (lines[at]?.text ?? '')
  return text
}
