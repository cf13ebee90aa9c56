/** Where a piece of Markdown ends that is never cut; `more` where that cannot be told yet. */
export type End = number | 'more'

const longestCode = 300
const longestLink = 1_300
const link = /^\[[^[\]\n]{0,300}\](?:\([^()\s]{0,500}(?:\([^()\s]{0,200}\)[^()\s]{0,200})?\))?/
const unfinishedLink =
  /^\[(?:[^[\]\n]{0,300}|[^[\]\n]{0,300}\](?:\([^()\s]{0,500}(?:\([^()\s]{0,200}(?:\)[^()\s]{0,200})?)?)?)$/
const fenceLine = /^ {0,3}(`{3,}|~{3,})/
const unfinishedFence = /^ {0,3}(?:`{0,2}|~{0,2})$/
const block = /^[ \t]*(?:\n|[-*+•][ \t]|\d{1,9}[.)][ \t]|#{1,6}[ \t]|\||`{3}|~{3})/
const unfinishedBlock = /^[ \t]*(?:[-*+•]|\d{1,9}[.)]?|#{1,6}|`{1,2}|~{1,2})?$/
const longestIndent = 20

/** Behind the code block whose fence opens at `at`, the beginning of a line; 0 where none does. */
export function readFence(text: string, at: number, isEnd: boolean): End {
  const line = text.slice(at, at + 80)
  const open = fenceLine.exec(line)?.[1]
  if (open === undefined) return unfinishedFence.test(line) && !isEnd ? 'more' : 0
  const close = new RegExp(`\\n {0,3}${open[0]}{${open.length},}[ \\t]*(?:\\n|$)`, 'g')
  close.lastIndex = at + open.length
  const closed = close.exec(text)
  // Without the line's end, more of the same could follow.
  if (closed === null || (!closed[0].endsWith('\n', closed[0].length) && !isEnd)) return isEnd ? text.length : 'more'
  return closed.index + closed[0].length
}

/** Behind the code in a line that begins at `at`, or behind its backticks where nothing closes them. */
export function readCode(text: string, at: number, isEnd: boolean): End {
  const rest = text.slice(at, at + longestCode)
  const isWhole = isEnd || rest.length === longestCode
  const ticks = /^`+/.exec(rest)?.[0] ?? ''
  if (ticks.length === rest.length && !isWhole) return 'more'
  const close = new RegExp(`(?<!\`)\`{${ticks.length}}(?!\`)`, 'g')
  close.lastIndex = ticks.length
  const found = close.exec(rest)
  const paragraph = /\n[ \t]*\n/.exec(rest)?.index ?? Number.POSITIVE_INFINITY
  if (found !== null && found.index < paragraph) {
    const end = found.index + ticks.length
    return end === rest.length && !isWhole ? 'more' : at + end
  }
  return paragraph < rest.length || isWhole ? at + ticks.length : 'more'
}

/** Behind the bracket that opens at `at`, with the address it leads to; behind its first sign where nothing closes it. */
export function readLink(text: string, at: number, isEnd: boolean): End {
  const rest = text.slice(at, at + longestLink)
  if (!isEnd && rest.length < longestLink && unfinishedLink.test(rest)) return 'more'
  return at + (link.exec(rest)?.[0].length ?? 1)
}

/** Whether the line behind the line feed at `at` begins something new: a paragraph, an item, a heading, a row, a code block. */
export function startsBlock(text: string, at: number, isEnd: boolean): boolean | 'more' {
  const rest = text.slice(at + 1, at + 1 + longestIndent)
  if (block.test(rest)) return true
  if (!isEnd && rest.length < longestIndent && unfinishedBlock.test(rest)) return 'more'
  const line = text.slice(text.lastIndexOf('\n', at - 1) + 1, at)
  return /^\s*(?:#{1,6}[ \t]|\|)/.test(line)
}
