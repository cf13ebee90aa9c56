import { fromMarkdown } from 'mdast-util-from-markdown'
import { gfmFromMarkdown } from 'mdast-util-gfm'
import { gfm } from 'micromark-extension-gfm'

type Root = ReturnType<typeof fromMarkdown>
type RootContent = Root['children'][number]
type Nodes = Root | RootContent

/** A readable piece of a passage, without Markdown's marks. */
export interface PassagePiece {
  /** `head` is the first row of a table: it names the columns. */
  kind: 'prose' | 'item' | 'head' | 'row' | 'code' | 'heading'
  text: string
  /** The language written behind the fence of a code block. */
  language?: string
}

/** The parser's time may grow with the square of a hostile text; a passage never comes near this. */
const longestPassage = 4000
const extensions = [gfm()]
const mdastExtensions = [gfmFromMarkdown()]
/** Tags that only say how something looks. Others may be meant literally, as in `Array<string>`. */
const lookTags =
  /<\/?(?:a|abbr|b|br|center|code|details|div|em|h[1-6]|hr|i|img|kbd|p|picture|small|source|span|strong|sub|summary|sup|u)(?:[\s/][^>]*)?>/gi

/** Reads a passage's Markdown into the pieces a person would read, in their order. */
export function readPieces(markdown: string): PassagePiece[] {
  const bounded = markdown.slice(0, longestPassage)
  const tree = fromMarkdown(bounded + defineReferences(bounded), { extensions, mdastExtensions })
  const pieces: PassagePiece[] = []
  for (const node of tree.children) collectPieces(node, 'prose', pieces)
  return pieces
}

/** The words of a Markdown text without its marks; code included. */
export function plainText(markdown: string): string {
  return readPieces(markdown)
    .map((piece) => piece.text)
    .join('\n')
}

function collectPieces(node: RootContent, kind: PassagePiece['kind'], pieces: PassagePiece[]): void {
  switch (node.type) {
    case 'code':
      pieces.push({ kind: 'code', text: node.value, ...(node.lang ? { language: node.lang } : {}) })
      return
    case 'heading':
      addText(node, 'heading', pieces)
      return
    case 'paragraph':
    case 'html':
      addText(node, kind, pieces)
      return
    case 'table':
      for (const [i, row] of node.children.entries()) {
        const cells = row.children.map((cell) => tidy(textWithin(cell)))
        pieces.push({ kind: i === 0 ? 'head' : 'row', text: cells.join(' | ') })
      }
      return
    case 'listItem':
      for (const child of node.children) collectPieces(child, 'item', pieces)
      return
    case 'definition':
      return
    default:
      if ('children' in node) for (const child of node.children) collectPieces(child, kind, pieces)
  }
}

function addText(node: Nodes, kind: PassagePiece['kind'], pieces: PassagePiece[]): void {
  const text = tidy(textWithin(node))
  if (text !== '') pieces.push({ kind, text })
}

function textWithin(node: Nodes): string {
  if (node.type === 'break') return ' '
  if (node.type === 'html') return node.value.replace(lookTags, '')
  if (node.type === 'footnoteReference') return ''
  if (node.type === 'image' || node.type === 'imageReference') return node.alt ?? ''
  if ('value' in node) return node.value
  return 'children' in node ? node.children.map(textWithin).join('') : ''
}

function tidy(text: string): string {
  return text.replace(/\s+/g, ' ').trim()
}

/** A passage has lost the definitions at the end of its document; without them `[words][name]` would not be read as a link. */
function defineReferences(markdown: string): string {
  const names = new Set<string>()
  for (const [, text, name] of markdown.matchAll(/\[([^\][\n]{1,200})\]\[([^\][\n]{0,200})\]/g))
    names.add(name || text || '')
  return names.size === 0 ? '' : `\n\n${[...names].map((name) => `[${name}]: #`).join('\n')}`
}
