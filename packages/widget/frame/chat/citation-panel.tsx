import type { Citation } from '@parlor/protocol'
import { useEffect, useRef } from 'preact/hooks'
import { Icon } from '../icon.tsx'
import { useText } from '../text-context.ts'
import { safeHref } from './rich-inline.ts'
import { RichText } from './rich-text-view.tsx'

/** A source in full: where it stands, what it says, and a link where there is one. Esc, the button and the backdrop close it. */
export function CitationPanel({ citation, onClose }: { citation: Citation; onClose: () => void }) {
  const text = useText()
  const dialog = useRef<HTMLDialogElement>(null)
  useEffect(() => dialog.current?.showModal(), [])
  const href = citation.url === undefined ? null : safeHref(citation.url)
  const close = () => dialog.current?.close()
  return (
    // biome-ignore lint/a11y/useKeyWithClickEvents: Esc does the same, and is the dialog's own
    <dialog
      ref={dialog}
      class="panel"
      data-parlor="citation-panel"
      aria-labelledby="citation-title"
      onClose={onClose}
      onClick={(event) => event.target === dialog.current && close()}
    >
      <div class="panel-body">
        <header class="panel-head">
          <span class="chip-n">{citation.n}</span>
          <h2 id="citation-title" dir="auto">
            {citation.title}
          </h2>
          <button type="button" class="icon-button" aria-label={text.close} onClick={close}>
            <Icon name="close" />
          </button>
        </header>
        {citation.heading && (
          <p class="panel-path" dir="auto">
            {citation.heading}
          </p>
        )}
        {citation.passage && (
          <blockquote dir="auto">
            <RichText text={citation.passage} reflows />
          </blockquote>
        )}
        <p class="panel-source">{citation.source}</p>
        {href?.startsWith('http') && (
          <a class="button" href={href} target="_blank" rel="noopener noreferrer">
            {text.openSource}
          </a>
        )}
      </div>
    </dialog>
  )
}
