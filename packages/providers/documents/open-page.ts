import type { SentDocument } from '@parlor/conversation/knowledge'
import { refuseField } from '@parlor/core/errors'
import { parseHTML } from 'linkedom'

/** What is no text for a reader, or runs. */
const unread = 'script, style, noscript, template, iframe, object, embed, svg, canvas, audio, video'

/** No page a person wrote comes near it; what walks over a deeper tree takes forever or has no stack left. */
const deepest = 500

/**
 * A page as a tree. No script of it runs.
 * @throws ParlorError `validation_failed` when it is nested too deeply.
 */
export function openPage(html: string, field: SentDocument['field']): Document {
  const isWhole = /<(?:html|body)[\s>]/i.test(html)
  const { document } = parseHTML(isWhole ? html : `<!doctype html><html><body>${html}</body></html>`)
  if (isTooDeep(document)) {
    throw refuseField(
      [field],
      'too_complex',
      `its elements stand more than ${deepest} deep in one another. Simplify it.`,
    )
  }
  for (const element of document.querySelectorAll(unread)) element.remove()
  return document
}

export function pageText(page: Document): string {
  return (page.body?.textContent ?? '').trim()
}

function isTooDeep(document: Document): boolean {
  let depth = 0
  let node: Node | null = document.documentElement
  while (node !== null) {
    if (node.firstChild !== null) {
      node = node.firstChild
      depth += 1
      if (depth > deepest) return true
      continue
    }
    while (node !== null && node.nextSibling === null) {
      node = node.parentNode
      depth -= 1
    }
    node = node?.nextSibling ?? null
  }
  return false
}
