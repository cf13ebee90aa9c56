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
}

const noLook = {}

/** Who is talking and what they are doing. Large while there is nothing to read yet. */
export function Header({ state, status, isTyping, onClose }: HeaderProps) {
  const text = useText()
  const name = state.session?.agent.name ?? ''
  const doing = statusText(status, text)
  return (
    <header class="head">
      <Face
        look={state.session?.avatar.config ?? noLook}
        name={name}
        expression={expressionOf(status, isTyping)}
        label={name ? fill(text.face, { name, state: doing }) : doing}
      />
      <div class="head-words">
        <h1 dir="auto">{name || '\u00a0'}</h1>
        <p class="state" data-parlor="state" data-state={status} role="status">
          {doing}
        </p>
      </div>
      <Countdown state={state} />
      {onClose && (
        <button
          type="button"
          class="icon-button head-close"
          data-parlor="close"
          aria-label={text.close}
          onClick={onClose}
        >
          <Icon name="close" />
        </button>
      )}
    </header>
  )
}
