import type { VisitorEntry } from '@parlor/live-client'
import { useText } from '../text-context.ts'

/** What the visitor said, as plain text. Where the talk is over, a message that was never stored was not sent. */
export function MessageVisitor({ entry, isOver }: { entry: VisitorEntry; isOver: boolean }) {
  const text = useText()
  const isLost = entry.delivery === 'failed' || (isOver && entry.delivery === 'pending')
  const note = isLost ? text.notSent : entry.delivery === 'pending' ? text.sending : null
  return (
    <div class="message visitor" data-parlor="message-visitor" data-delivery={isLost ? 'failed' : entry.delivery}>
      <span class="hidden">{text.you}: </span>
      <div class="bubble" dir="auto">
        {entry.text}
      </div>
      {note && <p class={isLost ? 'note note-bad' : 'note'}>{note}</p>}
    </div>
  )
}
