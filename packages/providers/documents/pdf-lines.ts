/** A line on a page of a PDF. */
export interface Line {
  text: string
  /** Of its letters, in points. */
  size: number
  /** From the bottom of the page, in points. */
  y: number
}

/** What the library calls a piece of text; its list also holds marks without any. */
type Item = { str: string; transform: unknown[]; hasEOL: boolean } | object

const longestHeading = 120
/** Letters so much larger than those of the text make a heading. */
const headingRatio = 1.15
/** Lines further apart than so many times their size are of two paragraphs. */
const paragraphGap = 1.75

/** Puts the pieces of a page together into its lines, in reading order. */
export function linesOf(items: readonly Item[]): Line[] {
  const lines: Line[] = []
  let text = ''
  let size = 0
  let y = 0
  const flush = () => {
    const tidied = text.replace(/\s+/g, ' ').trim()
    if (tidied !== '') lines.push({ text: tidied, size, y })
    text = ''
    size = 0
  }
  for (const item of items) {
    if (!('str' in item)) continue
    const [, , c = 0, d = 0, , at = 0] = item.transform.map(Number)
    if (item.str.trim() !== '') {
      if (size === 0) y = at
      size = Math.max(size, Math.hypot(c, d))
    }
    text += item.str
    if (item.hasEOL) flush()
  }
  flush()
  return lines
}

/** The size most of the text is in. */
export function bodySize(pages: readonly Line[][]): number {
  const signs = new Map<number, number>()
  for (const { text, size } of pages.flat()) {
    const rounded = Math.round(size * 2) / 2
    signs.set(rounded, (signs.get(rounded) ?? 0) + text.length)
  }
  let most = 0
  let found = 0
  for (const [size, count] of signs) if (count > most) [found, most] = [size, count]
  return found
}

/** The words of a line that stands out as a heading, or null. */
export function headingOf({ text, size }: Line, body: number): string | null {
  return size >= body * headingRatio && text.length <= longestHeading && /\p{L}/u.test(text) ? text : null
}

/** A page in Markdown, under the heading that was open when it began. */
export function markdownOf(lines: readonly Line[], body: number, open: string | null): string {
  let markdown = ''
  let before: Line | null = null
  const first = lines[0]
  if (open !== null && first && headingOf(first, body) === null) markdown += `## ${asIs(open)}\n\n`
  for (const line of lines) {
    const heading = headingOf(line, body)
    if (heading !== null) markdown += `\n\n## ${asIs(heading)}\n\n`
    else if (before === null || headingOf(before, body) !== null) markdown += asText(line.text)
    else markdown += join(before, line) + asText(line.text)
    before = line
  }
  return joinWords(markdown)
}

function join(before: Line, line: Line): string {
  const gap = Math.abs(before.y - line.y)
  return gap > paragraphGap * Math.max(before.size, line.size) ? '\n\n' : '\n'
}

/** A word parted at the end of a line is one word. */
function joinWords(markdown: string): string {
  return markdown.replace(/\u00ad\n?/g, '').replace(/(\p{Ll})-\n(?=\p{Ll})/gu, '$1')
}

const bullet = /^[\u2022\u25cf\u25e6\u25aa\u2023\u00b7\u2043]\s*/

function asText(text: string): string {
  if (bullet.test(text)) return `- ${asIs(text.replace(bullet, ''))}`
  return asIs(text)
}

/** What would mean something in Markdown, though it is only text here. */
function asIs(text: string): string {
  return text
    .replace(/[\\`*[\]<]/g, '\\$&')
    .replace(/(?<![\p{L}\p{N}])_|_(?![\p{L}\p{N}])/gu, '\\_')
    .replace(/^(?:[#>|~=]|-(?=[-\s]*$))/, '\\$&')
}
