import { cleanText } from './clean-text.ts'
import { cutPassages } from './cut-passages.ts'
import type { Block } from './find-blocks.ts'
import type { ReadDocument } from './read-markdown.ts'
import type { Line } from './scan-lines.ts'

/** Reads plain text: paragraphs are what blank lines part. It has no title and no headings. */
export function readPlainText(text: string): ReadDocument {
  const lines: Line[] = cleanText(text)
    .split('\n')
    .map((line) => ({ text: line, fenced: false }))
  const blocks: Block[] = []
  let from: number | null = null
  for (let at = 0; at <= lines.length; at++) {
    const isBlank = (lines[at]?.text.trim() ?? '') === ''
    if (!isBlank && from === null) from = at
    else if (isBlank && from !== null) {
      blocks.push({ kind: 'prose', from, to: at })
      from = null
    }
  }
  return { title: null, chunks: cutPassages(lines, [{ headings: [], anchor: null, blocks }]) }
}
