import { fromMarkdown } from 'mdast-util-from-markdown'
import { gfmFromMarkdown } from 'mdast-util-gfm'
import { gfm } from 'micromark-extension-gfm'

type Node = ReturnType<typeof fromMarkdown> | ReturnType<typeof fromMarkdown>['children'][number]

/** The parser's time may grow with the square of a hostile text; so long a text is spoken for two minutes. */
const longestText = 2_000
const extensions = [gfm()]
const mdastExtensions = [gfmFromMarkdown()]

/** `[1]`, `[1, 2]`, `[^1]` and `【1†source】`, with the blank before. */
const marks = /[ \t]?(?:\[\^?\d{1,3}(?:\s?[,;]\s?\^?\d{1,3}){0,20}\]|【[^】\n]{0,100}】)/g
const addresses = /[ \t]?\b(?:[a-z][a-z0-9+.-]{1,15}:\/\/|www\.)[^\s<>()"'“”«»]{0,2000}[^\s<>()"'“”«».,;:!?]/gi
/** Signs that are pictures wherever they stand; ©, ® and ™ are not, nor are digits. */
const pictures =
  /[ \t]?(?:(?![©®™])\p{Extended_Pictographic}|\p{Regional_Indicator})(?:\p{Emoji_Modifier}|\p{Regional_Indicator}|\u200d\p{Extended_Pictographic}|\u20e3|\ufe0e|\ufe0f|[\u{e0020}-\u{e007f}])*|\u20e3|\ufe0e|\ufe0f/gu
/** Emphasis whose other half was said before or comes later, for answers are spoken as they come. */
const looseMarks = /\*\*+|`+|~~+|(?<![\p{L}\p{N}])(?:\*|_+)(?=\S)|(?<=\S)(?:\*|_+)(?![\p{L}\p{N}])/gu
const emptyBrackets = /[ \t]?(?:\(\s*\)|\[\s*\]|\{\s*\})/g
const tags = /<\/?[a-z!][^<>]{0,500}>/gi
/** Nested quotes are what the parser takes longest over. */
const deepQuotes = /^(?:[ \t]*>){3,}/gm
/** Where an address stood that is no word; Markdown's parser lets no such sign in. */
const gone = '\0'
/** Signs nobody sees: controls, and marks of direction. Those that join letters stay. */
const unseen = /[\p{Cc}\s\u200b\u200e\u200f\u202a-\u202e\u2060-\u2069\ufeff]+/gu

/**
 * What is spoken of an answer or a piece of one: its words, one line for each paragraph, heading, item and row. Markdown,
 * code blocks, addresses, citation marks, tags and emoji are left out; a link is its text, a picture its description. Empty
 * where there is nothing to say. Of more than 2,000 characters it is the beginning.
 */
export function speakable(text: string): string {
  const lines: string[] = []
  const markdown = text.trim().slice(0, longestText).replace(deepQuotes, '>')
  collectLines(fromMarkdown(markdown, { extensions, mdastExtensions }), lines)
  return lines
    .map(tidy)
    .filter((line) => /[\p{L}\p{N}]/u.test(line))
    .join('\n')
}

function collectLines(node: Node, lines: string[], lead = ''): void {
  switch (node.type) {
    case 'code':
    case 'definition':
    case 'thematicBreak':
      return
    case 'html':
      lines.push(node.value)
      return
    case 'table':
      for (const row of node.children) lines.push(row.children.map((cell) => textOf(cell).trim()).join(', '))
      return
    case 'list':
      for (const [i, item] of node.children.entries()) {
        collectLines(item, lines, node.ordered ? `${(node.start ?? 1) + i}. ` : '')
      }
      return
    case 'root':
    case 'blockquote':
    case 'listItem':
    case 'footnoteDefinition':
      for (const [i, child] of node.children.entries()) collectLines(child, lines, i === 0 ? lead : '')
      return
    default:
      lines.push(...(lead + textOf(node)).split('\n').flatMap(splitRow))
  }
}

/** A row of a table that came without its head, as happens where an answer is spoken row by row. */
function splitRow(line: string): string[] {
  const row = /^\s*\|(.*)\|\s*$/.exec(line)?.[1]
  if (row === undefined) return [line]
  const cells = row.split('|').map((cell) => cell.trim())
  return cells.every((cell) => /^:?-+:?$/.test(cell)) ? [] : [cells.join(', ')]
}

function textOf(node: Node): string {
  switch (node.type) {
    case 'text':
    case 'inlineCode':
      return node.value
    case 'image':
    case 'imageReference':
      return node.alt ?? ''
    case 'html':
      return /^<br\b/i.test(node.value) ? ' ' : ''
    case 'footnoteReference':
      return ''
    case 'break':
      return ' '
    case 'link': {
      const words = node.children.map(textOf).join('')
      return /^(?:[a-z][a-z0-9+.-]*:\/\/|www\.)\S*$/i.test(words) ? gone : words
    }
    default:
      return 'children' in node ? node.children.map(textOf).join('') : ''
  }
}

function tidy(line: string): string {
  return line
    .replace(/[ \t]*\0/g, '')
    .replace(tags, ' ')
    .replace(marks, '')
    .replace(addresses, '')
    .replace(pictures, '')
    .replace(looseMarks, '')
    .replace(emptyBrackets, '')
    .replace(unseen, ' ')
    .trim()
}
