import type { LiveState } from '@parlor/live-client'
import { useState } from 'preact/hooks'
import { Icon } from '../icon.tsx'
import { useText } from '../text-context.ts'
import { copyText, transcriptText } from './copy-transcript.ts'

/** Takes the whole conversation along. */
export function CopyButton({ state, draft }: { state: LiveState; draft: string }) {
  const text = useText()
  const [isCopied, setCopied] = useState(false)
  const names = { you: text.you, agent: state.session?.agent.name ?? '' }
  return (
    <button
      type="button"
      class="button button-quiet"
      data-parlor="copy"
      onClick={async () => setCopied(await copyText(transcriptText(state.transcript, names, draft)))}
    >
      <Icon name={isCopied ? 'check' : 'copy'} />
      <span aria-live="polite">{isCopied ? text.copied : text.copy}</span>
    </button>
  )
}
