import { splitInline } from './rich-inline.ts'
import type { Block, Inline } from './rich-nodes.ts'

const heading = /^\s{0,3}#{1,6}\s+(.+?)\s*#*$/
const fence = /^\s{0,3}(```|~~~)/
const item = /^\s{0,8}(?:[-*+•]|(\d{1,9})[.)])\s+(.*)$/

/** Reads the small part of Markdown that answers use. Never throws; `citations` are the numbers that exist. */
export function parseRichText(text: string, citations: ReadonlySet<number> = new Set()): Block[] {
  const blocks: Block[] = []
  const lines = text.replace(/\r\n?/g, '\n').split('\n')
  let paragraph: string[] = []
  const close = (): void => {
    if (paragraph.length > 0) blocks.push({ type: 'paragraph', inlines: splitInline(paragraph.join('\n'), citations) })
    paragraph = []
  }
  for (let at = 0; at < lines.length; at++) {
    const line = lines[at] ?? ''
    const listItem = item.exec(line)
    const fenced = fence.exec(line)
    const titled = heading.exec(line)
    if (line.trim() === '') close()
    else if (titled) {
      close()
      const inlines = splitInline(titled[1] ?? '', citations, 1)
      blocks.push({ type: 'paragraph', inlines: [{ type: 'strong', inlines }] })
    } else if (fenced) {
      close()
      const end = lines.findIndex((one, index) => index > at && one.trim().startsWith(fenced[1] as string))
      const stop = end < 0 ? lines.length : end
      blocks.push({ type: 'code', text: lines.slice(at + 1, stop).join('\n') })
      at = stop
    } else if (listItem) {
      close()
      addItem(blocks, listItem[1], splitInline(listItem[2] ?? '', citations), isBlank(lines[at - 1]))
    } else if (
      /^\s{2,}/.test(line) &&
      paragraph.length === 0 &&
      !isBlank(lines[at - 1]) &&
      blocks.at(-1)?.type === 'list'
    ) {
      goOn(blocks, splitInline(line.trim(), citations))
    } else paragraph.push(line)
  }
  close()
  return blocks
}

/** An item joins the list before it; a list of the other kind is a new one. */
function addItem(blocks: Block[], number: string | undefined, inlines: Inline[], afterBlank: boolean): void {
  const last = blocks.at(-1)
  const ordered = number !== undefined
  const joins = last?.type === 'list' && last.ordered === ordered && !(afterBlank && number === '1')
  if (joins) last.items.push(inlines)
  else blocks.push({ type: 'list', ordered, start: ordered ? Number(number) : 1, items: [inlines] })
}

/** A line that is set in under an item belongs to it. */
function goOn(blocks: Block[], inlines: Inline[]): void {
  const last = blocks.at(-1)
  if (last?.type === 'list') last.items.at(-1)?.push({ type: 'break' }, ...inlines)
}

function isBlank(line: string | undefined): boolean {
  return line?.trim() === ''
}
