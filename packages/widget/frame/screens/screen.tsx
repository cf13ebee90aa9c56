import type { ComponentChildren } from 'preact'
import { Icon, type IconName } from '../icon.tsx'
import { useText } from '../text-context.ts'
import { type ScreenKind, type ScreenTopic, wordsOf } from './which-screen.ts'

interface ScreenProps {
  kind: ScreenKind
  /** Above a talk it is a banner, alone it fills the page. */
  isBanner?: boolean
  onAction?: () => void
  /** What the server said about it, for the owner of the site. */
  detail?: string | null
  children?: ComponentChildren
}

/** A plain screen: what is the case, in one sentence, and what to do. */
export function Screen({ kind, isBanner = false, onAction, detail, children }: ScreenProps) {
  const text = useText()
  const { title, sentence, todo } = wordsOf(kind.topic, text)
  return (
    <section
      class={isBanner ? 'screen screen-banner' : 'screen'}
      role="alert"
      tabIndex={-1}
      data-parlor="screen"
      data-code={kind.code}
    >
      {!isBanner && (
        <span class="screen-sign">
          <Icon name={signs[kind.topic]} />
        </span>
      )}
      <div class="screen-words">
        {isBanner ? <h2>{title}</h2> : <h1>{title}</h1>}
        <p>{sentence}</p>
        <p class="screen-todo">{todo}</p>
        {detail && (
          <p class="screen-detail" dir="auto">
            {detail}
          </p>
        )}
      </div>
      {(kind.action || children) && (
        <div class="screen-actions">
          {kind.action && (
            <button type="button" class="button" data-parlor={kind.action} onClick={onAction}>
              {kind.action === 'retry' ? text.retry : text.useHere}
            </button>
          )}
          {children}
        </div>
      )}
    </section>
  )
}

const signs: Record<ScreenTopic, IconName> = {
  refused: 'lock',
  badToken: 'lock',
  expired: 'clock',
  ended: 'check',
  limit: 'clock',
  failed: 'alert',
  replaced: 'windows',
  offline: 'cut',
  notFound: 'search',
  tooFast: 'clock',
  internal: 'alert',
  notEmbedded: 'windows',
}
