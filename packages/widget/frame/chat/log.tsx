import { type LiveState, streamingAnswer, type TranscriptEntry, type VisitorEntry } from '@parlor/live-client'
import type { Citation } from '@parlor/protocol'
import { Icon } from '../icon.tsx'
import { useText } from '../text-context.ts'
import { Dots, MessageAgent } from './message-agent.tsx'
import { MessageVisitor } from './message-visitor.tsx'
import { RichText } from './rich-text-view.tsx'
import { useStickToEnd } from './use-stick-to-end.ts'

interface LogProps {
  state: LiveState
  isThinking: boolean
  isOver: boolean
  /** The page around us can keep nothing. */
  showNoKeep: boolean
  /** What was being written when the talk ended. */
  lostDraft: string
  onCite: (citation: Citation) => void
}

/** The conversation, oldest first. */
export function Log({ state, isThinking, isOver, showNoKeep, lostDraft, onCite }: LogProps) {
  const text = useText()
  const { entries } = state.transcript
  const name = state.session?.agent.name ?? ''
  const greeting = state.session?.agent.greeting
  const answer = streamingAnswer(state.transcript)
  const questions = entries.filter((entry) => entry.kind === 'visitor').length
  const { scroller, isAway, toEnd } = useStickToEnd(entries, questions)
  return (
    <div class="log-frame">
      <section
        ref={scroller}
        class="log"
        data-parlor="log"
        role="log"
        aria-live="polite"
        aria-label={text.log}
        aria-busy={answer !== undefined}
        // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable by keyboard
        tabIndex={0}
      >
        {showNoKeep && (
          <p class="notice" data-parlor="notice" data-code="no_keep">
            {text.noKeep}
          </p>
        )}
        {greeting && (
          <div class="message agent greeting" data-parlor="greeting">
            <span class="hidden">{name}: </span>
            <div class="bubble" dir="auto">
              <RichText text={greeting} />
            </div>
          </div>
        )}
        {entries.map((entry) => (
          <Entry key={keyOf(entry)} entry={entry} name={name} isOver={isOver} onCite={onCite} />
        ))}
        {lostDraft && <MessageVisitor entry={unsent(lostDraft)} isOver />}
        {isThinking && !answer && (
          <div class="message agent">
            <div class="bubble">
              <Dots />
            </div>
          </div>
        )}
      </section>
      {isAway && (
        <button type="button" class="icon-button to-end" aria-label={text.newest} onClick={toEnd}>
          <Icon name="down" />
        </button>
      )}
    </div>
  )
}

interface EntryProps {
  entry: TranscriptEntry
  name: string
  isOver: boolean
  onCite: (citation: Citation) => void
}

function Entry({ entry, name, isOver, onCite }: EntryProps) {
  const text = useText()
  if (entry.kind === 'visitor') return <MessageVisitor entry={entry} isOver={isOver} />
  if (entry.kind === 'agent') return <MessageAgent entry={entry} name={name} onCite={onCite} />
  return (
    <p class="notice notice-line" data-parlor="notice" data-code="conversation_reset">
      {text.reset}
    </p>
  )
}

function unsent(text: string): VisitorEntry {
  return { kind: 'visitor', id: 'draft', text, at: '', delivery: 'failed' }
}

function keyOf(entry: TranscriptEntry): string {
  if (entry.kind === 'visitor') return `v${entry.id}`
  return entry.kind === 'agent' ? entry.key : `reset${entry.seq}`
}
