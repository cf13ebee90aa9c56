import { liveLimits } from '@parlor/protocol'
import { useLayoutEffect, useRef } from 'preact/hooks'
import { fill } from '../i18n/load-messages.ts'
import { Icon } from '../icon.tsx'
import { useText } from '../text-context.ts'

interface ComposerProps {
  draft: string
  onDraft: (draft: string) => void
  /** Returns false where the text was not taken. */
  onSend: (text: string) => boolean
  /** Present while an answer is being given. */
  onStop: (() => void) | null
}

/** From this share of the limit on, the visitor sees how much is used. */
const shownFrom = 0.75

/** Where the visitor writes. Enter sends, Shift+Enter makes a new line, and an input method's Enter is its own. */
export function Composer({ draft, onDraft, onSend, onStop }: ComposerProps) {
  const text = useText()
  const area = useRef<HTMLTextAreaElement>(null)
  const used = new TextEncoder().encode(draft).length
  const isTooLong = used > liveLimits.textBytes
  const isEmpty = draft.trim() === ''
  useGrowing(area, draft)

  function send(): void {
    if (isEmpty || isTooLong || !onSend(draft)) return
    onDraft('')
    area.current?.focus()
  }
  function onKeyDown(event: KeyboardEvent): void {
    // keyCode 229: Safari ends a composition before it reports the key that ended it.
    if (event.key !== 'Enter' || event.shiftKey || event.isComposing || event.keyCode === 229) return
    event.preventDefault()
    send()
  }

  return (
    <form
      class="composer"
      data-parlor="composer"
      onSubmit={(event) => {
        event.preventDefault()
        send()
      }}
    >
      <div class={isTooLong ? 'composer-box composer-bad' : 'composer-box'}>
        <textarea
          ref={area}
          rows={1}
          // An empty field would be read from left to right, and its hint with it.
          dir={isEmpty ? undefined : 'auto'}
          value={draft}
          aria-label={text.composer}
          placeholder={text.placeholder}
          aria-invalid={isTooLong}
          aria-describedby={used > liveLimits.textBytes * shownFrom ? 'composer-used' : undefined}
          enterkeyhint="send"
          onInput={(event) => onDraft(event.currentTarget.value)}
          onKeyDown={onKeyDown}
        />
        {onStop && (
          <button type="button" class="round round-quiet" data-parlor="stop" aria-label={text.stop} onClick={onStop}>
            <Icon name="stop" />
          </button>
        )}
        <button type="submit" class="round" data-parlor="send" aria-label={text.send} disabled={isEmpty || isTooLong}>
          <Icon name="send" />
        </button>
      </div>
      {used > liveLimits.textBytes * shownFrom && (
        <p id="composer-used" class={isTooLong ? 'note note-bad' : 'note'}>
          {isTooLong ? fill(text.tooLong, { used, limit: liveLimits.textBytes }) : `${used} / ${liveLimits.textBytes}`}
        </p>
      )}
    </form>
  )
}

/** Lets the field grow with its text where the style sheet alone cannot. */
function useGrowing(area: { current: HTMLTextAreaElement | null }, draft: string): void {
  useLayoutEffect(() => {
    const field = area.current
    if (!field || CSS.supports('field-sizing', 'content')) return
    field.style.height = 'auto'
    field.style.height = `${field.scrollHeight}px`
  }, [draft])
}
