import { anchorMaker } from './anchor.ts'
import { cleanText, takeFrontMatter } from './clean-text.ts'
import { cutPassages, type Section } from './cut-passages.ts'
import { type Block, findBlocks } from './find-blocks.ts'
import type { Chunk } from './knowledge-store.ts'
import { plainText } from './read-pieces.ts'
import { scanLines } from './scan-lines.ts'

/** What a reader makes of a document. */
export interface ReadDocument {
  /** From the document itself; null where it names none. */
  title: string | null
  chunks: Chunk[]
}

/** Longer headings are cut: they stand in every passage below them. */
const longestHeading = 300

/**
 * Reads Markdown (GitHub's kind) into passages. Front matter, HTML comments and link definitions are dropped, other HTML
 * stays as text. Never throws; takes time in proportion to the text.
 */
export function readMarkdown(text: string): ReadDocument {
  const { title, body } = takeFrontMatter(cleanText(text))
  const lines = scanLines(body)
  const blocks = findBlocks(lines)
  const sections = cutSections(blocks)
  const chunks = cutPassages(lines, sections)
  const named = sections.filter(({ headings }) => headings.length > 0)
  return {
    title: title ?? titleOf(blocks, named[0]?.headings[0]),
    // A document of nothing but headings is still one that can be found.
    chunks: chunks.length > 0 || named.length === 0 ? chunks : cutPassages(lines, [headingsOnly(blocks)]),
  }
}

/** The first heading is a title if it stands above all others; among equals it only names the first part. */
function titleOf(blocks: readonly Block[], first: string | undefined): string | null {
  const depths = blocks.flatMap((block) => (block.kind === 'heading' ? [block.depth ?? 1] : []))
  const [own = 1, ...others] = depths
  return first !== undefined && (own === 1 || others.every((depth) => depth > own)) ? first : null
}

function headingsOnly(blocks: readonly Block[]): Section {
  return { headings: [], anchor: null, blocks: blocks.map((block) => ({ ...block, kind: 'prose' })) }
}

/** Most headings hold no marks; beyond the first thousand nobody's do, and the parser would take its time. */
function readHeading(markdown: string, before: number): string {
  const bounded = markdown.slice(0, longestHeading)
  const isPlain = before > 1000 || !/[`*_[\]<>&\\!~:@/]/.test(bounded)
  return (isPlain ? bounded : plainText(bounded)).replace(/\s+/g, ' ').trim()
}

function cutSections(blocks: readonly Block[]): Section[] {
  const anchorOf = anchorMaker()
  const path: { depth: number; heading: string }[] = []
  const sections: Section[] = []
  let open: Block[] = []
  sections.push({ headings: [], anchor: null, blocks: open })
  for (const block of blocks) {
    if (block.kind !== 'heading') {
      open.push(block)
      continue
    }
    const depth = block.depth ?? 1
    const heading = readHeading(block.heading ?? '', sections.length)
    while ((path.at(-1)?.depth ?? 0) >= depth) path.pop()
    if (heading !== '') path.push({ depth, heading })
    open = []
    sections.push({ headings: path.map((step) => step.heading), anchor: anchorOf(heading) || null, blocks: open })
  }
  return sections
}
