import type { AgentEntry } from '@parlor/live-client'
import type { Citation, Finish } from '@parlor/protocol'
import type { Messages } from '../i18n/en.ts'
import { Icon } from '../icon.tsx'
import { useText } from '../text-context.ts'
import { CitationChip } from './citation-mark.tsx'
import { RichText } from './rich-text-view.tsx'

interface MessageAgentProps {
  entry: AgentEntry
  name: string
  onCite: (citation: Citation) => void
}

/** What the agent says, with how it was made and where it comes from. */
export function MessageAgent({ entry, name, onCite }: MessageAgentProps) {
  const text = useText()
  const { answerMode, citations } = entry
  const ending = entry.finish && endings(text)[entry.finish]
  const isWaiting = entry.streaming && entry.text === ''
  return (
    <div
      class={entry.streaming ? 'message agent streaming' : 'message agent'}
      data-parlor="message-agent"
      data-answer-mode={answerMode}
      data-finish={entry.finish}
    >
      <span class="hidden">{name}: </span>
      {answerMode === 'quotation' && (
        <p class="label">
          <Icon name="quote" /> {text.quotation}
        </p>
      )}
      {answerMode === 'not_found' && (
        <p class="label">
          <Icon name="search" /> {text.notFound}
        </p>
      )}
      <div class="bubble" dir="auto">
        {isWaiting ? <Dots /> : <RichText text={entry.text} citations={citations} onCite={onCite} />}
      </div>
      {citations.length > 0 && (
        <ul class="chips" aria-label={text.sources}>
          {citations.map((citation) => (
            <li key={citation.n} class="chip-item">
              <CitationChip citation={citation} onOpen={() => onCite(citation)} />
            </li>
          ))}
        </ul>
      )}
      {ending && <p class="note">{ending}</p>}
    </div>
  )
}

/** Something is coming. */
export function Dots() {
  return (
    <span class="dots" aria-hidden="true">
      <i />
      <i />
      <i />
    </span>
  )
}

function endings(text: Messages): Record<Finish, string | null> {
  return { complete: null, interrupted: text.stopped, failed: text.broken, limit: text.cut }
}
