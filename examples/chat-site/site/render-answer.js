/**
 * An answer as DOM nodes: paragraphs, headings, lists, quotations, code, bold and links. Every piece of text becomes a text node, so
 * whatever stands in a document or comes from a model, nothing of it can be markup, a picture or a script.
 * `citation(n)` gives the node for a mark such as [1], or nothing where there is no such source.
 */
export function renderAnswer(text, citation = () => undefined) {
  const nodes = document.createDocumentFragment()
  const lines = text.split('\n')
  while (lines.length > 0) {
    const block =
      takeCode(lines) ?? takeList(lines, citation) ?? takeQuote(lines, citation) ?? takeText(lines, citation)
    if (block) nodes.append(block)
  }
  return nodes
}

function takeCode(lines) {
  if (!/^\s*```/.test(lines[0])) return undefined
  lines.shift()
  const end = lines.findIndex((line) => /^\s*```/.test(line))
  // While an answer comes, its last block has no end yet.
  const inside = lines.splice(0, end === -1 ? lines.length : end)
  if (end !== -1) lines.shift()
  const code = make('code', inside.join('\n'))
  const block = make('pre', code)
  block.tabIndex = 0
  return block
}

const item = /^\s*(?:[-*+]|(\d+)[.)])\s+(.*)$/

function takeList(lines, citation) {
  const [, number] = item.exec(lines[0]) ?? []
  if (!item.test(lines[0])) return undefined
  const list = document.createElement(number === undefined ? 'ul' : 'ol')
  if (number !== undefined) list.start = Number(number)
  while (lines.length > 0 && item.test(lines[0])) {
    const words = [item.exec(lines.shift())[2]]
    // What is set in goes on with the item above.
    while (lines.length > 0 && /^\s{2,}\S/.test(lines[0]) && !item.test(lines[0])) words.push(lines.shift().trim())
    list.append(make('li', inline(words.join(' '), citation)))
  }
  return list
}

function takeQuote(lines, citation) {
  const inside = []
  while (lines.length > 0 && /^\s*>/.test(lines[0])) inside.push(lines.shift().replace(/^\s*> ?/, ''))
  return inside.length === 0 ? undefined : make('blockquote', renderAnswer(inside.join('\n'), citation))
}

function takeText(lines, citation) {
  const first = lines.shift()
  if (first.trim() === '') return undefined
  const heading = /^#{1,6}\s+(.*)$/.exec(first)
  if (heading) return make('p', make('strong', inline(heading[1], citation)))
  const words = [first]
  while (
    lines.length > 0 &&
    lines[0].trim() !== '' &&
    !/^\s*(?:```|>|#{1,6}\s)/.test(lines[0]) &&
    !item.test(lines[0])
  ) {
    words.push(lines.shift())
  }
  return make('p', inline(words.join('\n'), citation))
}

/** In the order in which they are tried: code, a link, bold, a mark of a source, an address. */
const pieces =
  /`([^`\n]+)`|\[([^\]\n]+)\]\(([^)\s]+)\)|\*\*([^*\n]+)\*\*|\[(\d{1,2})\]|(https?:\/\/[^\s<>"')\]]+[^\s<>"')\].,;:!?])/g

function inline(text, citation) {
  const nodes = document.createDocumentFragment()
  let at = 0
  for (const match of text.matchAll(pieces)) {
    const [whole, code, label, target, bold, mark, address] = match
    const node =
      (code && make('code', code)) ||
      (bold && make('strong', inline(bold, citation))) ||
      (mark && citation(Number(mark))) ||
      (label && makeLink(target, label)) ||
      (address && makeLink(address, address))
    nodes.append(text.slice(at, match.index), node || whole)
    at = match.index + whole.length
  }
  nodes.append(text.slice(at))
  return nodes
}

const safe = new Set(['http:', 'https:', 'mailto:'])

/** A link of a kind that only leads somewhere; nothing for any other address. */
export function makeLink(target, label) {
  const url = URL.parse(target)
  if (url === null || !safe.has(url.protocol)) return undefined
  const link = make('a', label)
  link.href = url.href
  link.rel = 'noopener noreferrer nofollow'
  link.target = '_blank'
  return link
}

function make(name, content) {
  const node = document.createElement(name)
  node.append(content)
  return node
}
