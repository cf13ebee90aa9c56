import type { Inline } from './rich-nodes.ts'

const maxDepth = 4
/** What may begin something: code, image, citation, link, address, emphasis, line end. Each alternative is linear. */
const token =
  /`([^`\n]{1,2000})`|(!\[[^\]\n]{0,500}\]\([^)\s]{0,2000}\))|\[(\d{1,3})\]|\[([^[\]\n]{1,500})\]\(([^)\s]{1,2000})\)|(https?:\/\/[^\s<>"'`()[\]]{1,2000})|(\*\*|__|\*|_)|(\n)/g
const schemes = new Set(['http:', 'https:', 'mailto:'])

/** Cuts a paragraph into its parts. What is not recognised is text. */
export function splitInline(text: string, citations: ReadonlySet<number>, depth = 0): Inline[] {
  const parts: Inline[] = []
  const add = (part: Inline): void => {
    const last = parts.at(-1)
    if (part.type === 'text' && last?.type === 'text') last.text += part.text
    else if (part.type !== 'text' || part.text !== '') parts.push(part)
  }
  let done = 0
  token.lastIndex = 0
  for (;;) {
    token.lastIndex = done
    const match = token.exec(text)
    if (!match) break
    add({ type: 'text', text: text.slice(done, match.index) })
    done = match.index + match[0].length
    const mark = match[7]
    const inner = mark && depth < maxDepth ? emphasised(text, match.index, mark) : null
    if (mark && inner !== null) {
      done = match.index + inner.length + 2 * mark.length
      add({ type: mark.length === 2 ? 'strong' : 'emphasis', inlines: splitInline(inner, citations, depth + 1) })
    } else {
      const part = readToken(match, citations)
      // Punctuation after a bare address belongs to the sentence.
      if (part.type === 'link' && match[6] !== undefined) done = match.index + trimAddress(match[6]).length
      add(part)
    }
  }
  add({ type: 'text', text: text.slice(done) })
  return parts
}

function readToken(match: RegExpExecArray, citations: ReadonlySet<number>): Inline {
  const [whole, code, , cited, label, target, address, , lineEnd] = match
  if (code !== undefined) return { type: 'code', text: code }
  if (cited !== undefined && citations.has(Number(cited))) return { type: 'citation', n: Number(cited) }
  if (lineEnd !== undefined) return { type: 'break' }
  if (label !== undefined && target !== undefined) {
    const href = safeHref(target)
    // A label is read for its text only: a link holds no link and no citation.
    if (href) return { type: 'link', href, inlines: [{ type: 'text', text: label }] }
    // A place within the document it was taken from leads nowhere here.
    if (!target.includes(':')) return { type: 'text', text: label }
  }
  if (address !== undefined) {
    const shown = trimAddress(address)
    const href = safeHref(shown)
    if (href) return { type: 'link', href, inlines: [{ type: 'text', text: shown }] }
  }
  return { type: 'text', text: whole }
}

/** The text between `mark` at `start` and its end; null where it is not an emphasis. */
function emphasised(text: string, start: number, mark: string): string | null {
  const from = start + mark.length
  const before = text[start - 1] ?? ' '
  const first = text[from] ?? ' '
  if (/\s/.test(first) || first === mark[0] || (mark[0] === '_' && /\w/.test(before))) return null
  const end = text.indexOf(mark, from + 1)
  const inner = end < 0 ? '' : text.slice(from, end)
  if (inner === '' || inner.includes('\n\n') || /\s$/.test(inner)) return null
  if (mark[0] === '_' && /\w/.test(text[end + mark.length] ?? ' ')) return null
  return inner
}

/** The address as `URL` reads it, where its scheme is one we open; else null. */
export function safeHref(target: string): string | null {
  try {
    const url = new URL(target)
    return schemes.has(url.protocol) ? url.href : null
  } catch {
    return null
  }
}

function trimAddress(address: string): string {
  return address.replace(/[.,;:!?]+$/, '')
}
