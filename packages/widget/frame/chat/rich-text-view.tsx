import type { Citation } from '@parlor/protocol'
import { useMemo } from 'preact/hooks'
import { CitationMark } from './citation-mark.tsx'
import type { Block, Inline } from './rich-nodes.ts'
import { parseRichText } from './rich-text.ts'

interface RichTextProps {
  text: string
  citations?: readonly Citation[]
  onCite?: (citation: Citation) => void
  /** A line end is a space, as in a document, and not a new line, as in a chat. */
  reflows?: boolean
}

const none: readonly Citation[] = []

/** An answer as DOM nodes from a closed list. */
export function RichText({ text, citations = none, onCite, reflows = false }: RichTextProps) {
  const blocks = useMemo(() => parseRichText(text, new Set(citations.map(({ n }) => n))), [text, citations])
  const cite = (n: number) => {
    const citation = citations.find((one) => one.n === n)
    return citation && <CitationMark citation={citation} onOpen={() => onCite?.(citation)} />
  }
  return <div class="rich">{blocks.map((block) => drawBlock(block, { cite, lineEnd: reflows ? ' ' : <br /> }))}</div>
}

/** How to draw what depends on where the text stands. */
interface Pen {
  cite: (n: number) => preact.ComponentChild
  lineEnd: preact.ComponentChild
}

function drawBlock(block: Block, pen: Pen) {
  if (block.type === 'code') {
    return (
      // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable by keyboard
      <pre tabIndex={0}>
        <code>{block.text}</code>
      </pre>
    )
  }
  if (block.type === 'paragraph') return <p>{draw(block.inlines, pen)}</p>
  const items = block.items.map((item) => <li>{draw(item, pen)}</li>)
  return block.ordered ? <ol start={block.start}>{items}</ol> : <ul>{items}</ul>
}

function draw(inlines: readonly Inline[], pen: Pen): preact.ComponentChild[] {
  return inlines.map((part) => drawInline(part, pen))
}

function drawInline(part: Inline, pen: Pen): preact.ComponentChild {
  switch (part.type) {
    case 'text':
      return part.text
    case 'break':
      return pen.lineEnd
    case 'code':
      return <code>{part.text}</code>
    case 'strong':
      return <strong>{draw(part.inlines, pen)}</strong>
    case 'emphasis':
      return <em>{draw(part.inlines, pen)}</em>
    case 'citation':
      return pen.cite(part.n)
    case 'link':
      return (
        <a href={part.href} target="_blank" rel="noopener noreferrer">
          {draw(part.inlines, pen)}
        </a>
      )
  }
}
