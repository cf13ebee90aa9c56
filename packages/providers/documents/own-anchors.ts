import type { ReadDocument } from '@parlor/conversation/knowledge'

/** The anchors a page gives its headings, in their order, by the heading's words. */
export type Anchors = Map<string, string[]>

export function collectAnchors(page: Document): Anchors {
  const anchors: Anchors = new Map()
  for (const heading of page.querySelectorAll('h1, h2, h3, h4, h5, h6')) {
    const within = heading.querySelector('[id], a[name]')
    const own = heading.id || within?.id || within?.getAttribute('name') || sectionId(heading)
    const words = wordsOf(heading.textContent ?? '')
    anchors.set(words, [...(anchors.get(words) ?? []), own ?? ''])
  }
  return anchors
}

/** The anchors we would make up lead nowhere in somebody else's page: each is exchanged for the page's own, or none. */
export function useOwnAnchors(read: ReadDocument, anchors: Anchors): ReadDocument {
  const seen = new Map<string, string[]>()
  const chunks = read.chunks.map((chunk) => {
    if (chunk.anchor === null) return chunk
    const words = wordsOf(chunk.headings.at(-1) ?? '')
    // Headings of the same words are told apart by the anchors we made up, which are unique.
    const before = seen.get(words) ?? []
    if (!before.includes(chunk.anchor)) before.push(chunk.anchor)
    seen.set(words, before)
    return { ...chunk, anchor: anchors.get(words)?.[before.indexOf(chunk.anchor)] || null }
  })
  return { ...read, chunks }
}

function sectionId(heading: Element): string | null {
  const parent = heading.parentElement
  return parent?.localName === 'section' && parent.firstElementChild === heading ? parent.id : null
}

function wordsOf(heading: string): string {
  return heading
    .toLowerCase()
    .replace(/[^\p{L}\p{M}\p{N}]+/gu, ' ')
    .trim()
}
