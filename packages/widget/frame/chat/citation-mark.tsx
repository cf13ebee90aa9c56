import type { Citation } from '@parlor/protocol'
import { fill } from '../i18n/load-messages.ts'
import { useText } from '../text-context.ts'

/** The number in the text that opens its source. */
export function CitationMark({ citation, onOpen }: { citation: Citation; onOpen: () => void }) {
  const text = useText()
  return (
    <button
      type="button"
      class="mark"
      data-parlor="citation"
      aria-haspopup="dialog"
      aria-label={fill(text.source, { n: citation.n, title: citation.title })}
      onClick={onOpen}
    >
      {citation.n}
    </button>
  )
}

/** The same under the answer, with the title. */
export function CitationChip({ citation, onOpen }: { citation: Citation; onOpen: () => void }) {
  return (
    <button type="button" class="chip" data-parlor="citation" aria-haspopup="dialog" onClick={onOpen}>
      <span class="chip-n">{citation.n}</span>
      <span class="chip-title" dir="auto">
        {chipTitle(citation)}
      </span>
    </button>
  )
}

/** The title, and the heading within it where that says more. */
function chipTitle({ title, heading }: Citation): string {
  const last = heading.split(' › ').at(-1)
  return last && last !== title ? `${title} › ${last}` : title
}
