import { stemWord } from './fold-word.ts'
import type { SearchHit } from './knowledge-store.ts'
import { isStopWord } from './lexicon/stop-words.ts'
import { splitWords } from './split-words.ts'

/** What a passage holds, by where it holds it. All are stems. */
export interface PassageFields {
  body: ReadonlyMap<string, number>
  /** In the order of the text, for neighbours. */
  order: readonly string[]
  /** The innermost heading, the headings around it, and title with file name. */
  own: ReadonlySet<string>
  around: ReadonlySet<string>
  title: ReadonlySet<string>
  length: number
  isListOfLinks: boolean
}

type Body = Pick<PassageFields, 'body' | 'order' | 'isListOfLinks'>

/** Cutting a passage into words is most of the work of ranking it, and the same passages are asked for again and again. */
const bodies = new Map<string, Body>()
const mostBodies = 1500

/** Reads what is compared with a question. */
export function passageFields({ chunk, document }: SearchHit): PassageFields {
  const name = document.name.replace(/\.[a-z0-9]{1,10}$/i, '')
  const body = bodyOf(chunk.text, chunk.keywords)
  return {
    ...body,
    own: contentOf(chunk.headings.at(-1) ?? ''),
    around: contentOf(chunk.headings.slice(0, -1).join(' ')),
    title: contentOf(`${document.title} ${name}`),
    length: body.order.length,
  }
}

function bodyOf(text: string, keywords: string): Body {
  const key = `${text}\n${keywords}`
  const known = bodies.get(key)
  if (known) return known
  const order = splitWords(text).map((word) => stemWord(word.folded))
  const counts = new Map<string, number>()
  for (const stem of order) counts.set(stem, (counts.get(stem) ?? 0) + 1)
  for (const word of keywords.split(' ')) {
    const stem = stemWord(word)
    if (!counts.has(stem)) counts.set(stem, 1)
  }
  const body = { order, body: counts, isListOfLinks: isListOfLinks(text) }
  if (bodies.size >= mostBodies) bodies.clear()
  bodies.set(key, body)
  return body
}

/** A table of contents holds every word of the page and answers nothing. */
function isListOfLinks(text: string): boolean {
  let linked = 0
  for (const [link] of text.matchAll(/\[[^\]\n]{0,200}\]\([^)\n]{0,300}\)/g)) linked += link.length
  return linked > 0.7 * text.length
}

function contentOf(text: string): ReadonlySet<string> {
  const stems = new Set<string>()
  for (const { folded, parts } of splitWords(text)) {
    if (!isStopWord(folded)) stems.add(stemWord(folded))
    for (const part of parts) if (!isStopWord(part)) stems.add(stemWord(part))
  }
  return stems
}
