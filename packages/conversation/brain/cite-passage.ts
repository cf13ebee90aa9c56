import type { Citation } from '@parlor/protocol'
import type { FoundPassage } from '../knowledge/retriever.ts'

/** The citation of a passage. Its link comes from the document's own record, never from what the passage or an answer says. */
export function citePassage({ document, chunk }: FoundPassage, n: number): Citation {
  const link = document.url === null ? {} : { url: withAnchor(document.url, chunk.anchor) }
  const heading = chunk.headings.join(' › ')
  return { n, title: document.title, heading, source: document.name, ...link, passage: chunk.text }
}

/** Readers of PDF look for `page=3` as it stands. */
function withAnchor(url: string, anchor: string | null): string {
  return anchor === null || url.includes('#') ? url : `${url}#${encodeURIComponent(anchor).replace('%3D', '=')}`
}
