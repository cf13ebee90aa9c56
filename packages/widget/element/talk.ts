import type { FrameToLoader, LoaderToFrame } from '@parlor/protocol'
import { createKeeper } from './keep.ts'
import { makeElement } from './make-element.ts'
import { readLook } from './theme.ts'
import { tell } from './widget-events.ts'

/** One frame with one session in it. */
export interface Talk {
  frame: HTMLIFrameElement
  /** Passes on how the widget looks now. */
  restyle(): void
  /** Takes the frame away, and with it the socket. */
  stop(): void
}

export interface TalkOptions {
  widget: Element
  base: string
  session: string
  token: string
  locale: string
  closable: boolean
  onListening: () => void
  onClose: () => void
}

/** Makes the frame and talks to it: to exactly Parlor's origin, and listening to exactly this window. */
export function openTalk(options: TalkOptions): Talk {
  const { widget, base, session, token, locale, closable } = options
  const { origin } = new URL(base)
  const keeper = createKeeper(session, () => sessionStorage)
  const frame = makeElement('iframe', {
    title: 'Chat',
    allow: 'microphone; autoplay',
    referrerpolicy: 'no-referrer',
    src: `${base}embed?session=${encodeURIComponent(session)}`,
  })
  const post = (message: LoaderToFrame) => frame.contentWindow?.postMessage(message, origin)

  function listen({ source, origin: from, data }: MessageEvent<FrameToLoader | null>): void {
    if (!source || source !== frame.contentWindow || from !== origin || !data) return
    if (data.type === 'parlor.listening') {
      // A frame that loaded itself again starts with what is known now.
      const kept = keeper.read()
      const start = { token, locale, closable, can_keep: keeper.canKeep, ...readLook(widget) }
      post({ type: 'parlor.start', ...start, ...(kept && { kept }) })
      options.onListening()
    }
    if (data.type === 'parlor.keep') keeper.write(data.kept)
    if (data.type === 'parlor.ready') tell(widget, 'parlor-ready', { visitor: data.visitor })
    if (data.type === 'parlor.ended') {
      // What ended stays ended; a talk that moved to another window goes on there.
      if (data.reason !== 'replaced') keeper.write(null)
      tell(widget, 'parlor-ended', { reason: data.reason, code: data.code })
    }
    if (data.type === 'parlor.close') options.onClose()
  }
  addEventListener('message', listen)
  return {
    frame,
    restyle: () => post({ type: 'parlor.theme', ...readLook(widget) }),
    stop() {
      removeEventListener('message', listen)
      frame.remove()
    },
  }
}
