import type { FrameToLoader, LoaderToFrame } from '@parlor/protocol'

export type Start = LoaderToFrame & { type: 'parlor.start' }

/** The page around the frame, once it has spoken. */
export interface ParentPage {
  start: Start
  tell(message: FrameToLoader): void
  onTheme(take: (message: LoaderToFrame & { type: 'parlor.theme' }) => void): void
}

/**
 * Says that the frame listens, and takes exactly one start, from the window around it and nobody else. What is told
 * afterwards goes to the origin that sent the start; a page without an origin of its own is told no resume key.
 */
export function meetParent(frame: Window): Promise<ParentPage> {
  const parent = frame.parent
  return new Promise((meet) => {
    frame.addEventListener('message', function hear(event: MessageEvent) {
      if (event.source !== parent || !isStart(event.data)) return
      frame.removeEventListener('message', hear)
      const { origin } = event
      meet({
        start: event.data,
        tell(message) {
          if (origin !== 'null') parent.postMessage(message, origin)
          else if (message.type !== 'parlor.keep') parent.postMessage(message, '*')
        },
        onTheme(take) {
          frame.addEventListener('message', ({ source, data, origin: from }: MessageEvent) => {
            if (source === parent && from === origin && data?.type === 'parlor.theme') take(data)
          })
        },
      })
    })
    const listening: FrameToLoader = { type: 'parlor.listening' }
    parent.postMessage(listening, '*')
  })
}

function isStart(data: unknown): data is Start {
  const message = data as Partial<Start> | null
  return typeof message === 'object' && message?.type === 'parlor.start' && typeof message.token === 'string'
}
