import type { Block } from './find-blocks.ts'
import type { Chunk } from './knowledge-store.ts'
import type { Line } from './scan-lines.ts'
import { splitBlock } from './split-block.ts'
import { splitSentences } from './split-sentences.ts'
import { collectKeywords } from './split-words.ts'

/** Characters in a passage, at most. */
export const passageLimit = 900
/** Characters a passage may repeat from the end of the one before, in whole sentences. */
export const overlapLimit = 150

/** What stands under one heading. */
export interface Section {
  headings: string[]
  anchor: string | null
  blocks: readonly Block[]
}

interface Piece {
  kind: Block['kind']
  text: string
}

/** Cuts each section into passages; none reaches over a heading. */
export function cutPassages(lines: readonly Line[], sections: readonly Section[]): Chunk[] {
  const chunks: Chunk[] = []
  for (const section of sections) {
    const pieces = section.blocks.flatMap((block) =>
      splitBlock(lines, block, passageLimit).map((text) => ({ kind: block.kind, text })),
    )
    for (const text of packPassages(pieces)) {
      const { headings, anchor } = section
      const keywords = collectKeywords([...headings, text].join('\n'))
      chunks.push({ position: chunks.length, headings, anchor, text, keywords })
    }
  }
  return chunks
}

function packPassages(pieces: readonly Piece[]): string[] {
  const passages: string[] = []
  let text = ''
  let last: Piece | null = null
  let tableHead = ''
  for (const piece of pieces.filter((one) => one.text !== '')) {
    const gap = last ? gapBetween(last, piece) : ''
    if (piece.kind !== 'row') tableHead = ''
    else if (piece.text.includes('\n')) tableHead = piece.text
    if (text === '' || text.length + gap.length + piece.text.length <= passageLimit) text += gap + piece.text
    else {
      passages.push(text)
      const repeated = piece.kind === 'row' && piece.text !== tableHead ? tableHead : sentencesAtEnd(last)
      const start = repeated ? repeated + gap : ''
      text = start.length + piece.text.length <= passageLimit ? start + piece.text : piece.text
    }
    last = piece
  }
  if (text.trim() !== '') passages.push(text)
  return passages
}

function gapBetween(before: Piece, after: Piece): string {
  const isRun = before.kind === after.kind && (after.kind === 'item' || after.kind === 'row')
  return isRun ? '\n' : '\n\n'
}

/** The last whole sentences of a paragraph, as many as may be repeated. */
function sentencesAtEnd(piece: Piece | null): string {
  if (piece?.kind !== 'prose') return ''
  let kept = ''
  for (const sentence of splitSentences(piece.text).reverse()) {
    if (kept.length + sentence.length > overlapLimit) break
    kept = sentence + kept
  }
  return kept.trim()
}
