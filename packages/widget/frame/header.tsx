import type { LiveState } from '@parlor/live-client'
import { type AgentStatus, expressionOf, statusText } from './agent-status.ts'
import { Countdown } from './countdown.tsx'
import { Face } from './face/face.tsx'
import { fill } from './i18n/load-messages.ts'
import { Icon } from './icon.tsx'
import { useText } from './text-context.ts'

interface HeaderProps {
  state: LiveState
  status: AgentStatus
  isTyping: boolean
  onClose: (() => void) | null
  /** Nobody is known, and nobody will come: only the way out is left. */
  isBare: boolean
}

/** Who is talking and what they are doing. Large while there is nothing to read yet. */
export function Header({ state, status, isTyping, onClose, isBare }: HeaderProps) {
  const text = useText()
  const name = state.session?.agent.name ?? ''
  const doing = statusText(status, text)
  const closeButton = onClose && (
    <button type="button" class="icon-button head-close" data-parlor="close" aria-label={text.close} onClick={onClose}>
      <Icon name="close" />
    </button>
  )
  if (isBare) return <header class="head head-bare">{closeButton}</header>
  return (
    <header class="head">
      {state.session ? (
        <Face
          look={state.session.avatar.config}
          name={name}
          expression={expressionOf(status, isTyping)}
          label={fill(text.face, { name, state: doing })}
        />
      ) : (
        <div class="face face-blank" />
      )}
      <div class="head-words">
        {name && (
          // Of another direction than the talk, it still stands beside the face.
          <h1>
            <bdi>{name}</bdi>
          </h1>
        )}
        <p class="state" data-parlor="state" data-state={status} role="status">
          {doing}
        </p>
      </div>
      <Countdown state={state} />
      {closeButton}
    </header>
  )
}
