import type { Citation } from '@parlor/protocol'
import { useMemo } from 'preact/hooks'
import { CitationMark } from './citation-mark.tsx'
import { type Block, type Inline, parseRichText } from './rich-text.ts'

interface RichTextProps {
  text: string
  citations?: readonly Citation[]
  onCite?: (citation: Citation) => void
}

/** An answer as DOM nodes from a closed list. */
export function RichText({ text, citations = [], onCite }: RichTextProps) {
  const blocks = useMemo(() => parseRichText(text, new Set(citations.map(({ n }) => n))), [text, citations])
  const cite = (n: number) => {
    const citation = citations.find((one) => one.n === n)
    return citation && <CitationMark citation={citation} onOpen={() => onCite?.(citation)} />
  }
  return <div class="rich">{blocks.map((block) => drawBlock(block, cite))}</div>
}

type Cite = (n: number) => preact.ComponentChild

function drawBlock(block: Block, cite: Cite) {
  if (block.type === 'code') {
    return (
      // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable by keyboard
      <pre tabIndex={0}>
        <code>{block.text}</code>
      </pre>
    )
  }
  if (block.type === 'paragraph') return <p>{draw(block.inlines, cite)}</p>
  const items = block.items.map((item) => <li>{draw(item, cite)}</li>)
  return block.ordered ? <ol start={block.start}>{items}</ol> : <ul>{items}</ul>
}

function draw(inlines: readonly Inline[], cite: Cite): preact.ComponentChild[] {
  return inlines.map((part) => drawInline(part, cite))
}

function drawInline(part: Inline, cite: Cite): preact.ComponentChild {
  switch (part.type) {
    case 'text':
      return part.text
    case 'break':
      return <br />
    case 'code':
      return <code>{part.text}</code>
    case 'strong':
      return <strong>{draw(part.inlines, cite)}</strong>
    case 'emphasis':
      return <em>{draw(part.inlines, cite)}</em>
    case 'citation':
      return cite(part.n)
    case 'link':
      return (
        <a href={part.href} target="_blank" rel="noopener noreferrer">
          {draw(part.inlines, cite)}
        </a>
      )
  }
}
