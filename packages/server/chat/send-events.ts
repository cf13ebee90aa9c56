import type { ServerResponse } from 'node:http'
import type { Turns } from './turns.ts'

/** Where the frames of a stream come from. */
export interface FrameSource {
  /** The next frames, as text; an empty one while there are none, null after the last. */
  next(): string | null
  /** Calls `look` whenever there may be more, until the returned function is called. */
  watch(look: () => void): () => void
}

/**
 * Sends frames as they come, and no faster than they are read: what a slow reader has not taken waits where it came from. A
 * reader that takes nothing for `stalledMs` is let go. The headers must be written; the response is ended or destroyed.
 */
export function sendEvents(
  response: ServerResponse,
  source: FrameSource,
  { timing: { stalledMs, keepAliveMs }, mayServe }: Pick<Turns, 'timing' | 'mayServe'>,
): void {
  let stall: NodeJS.Timeout | undefined
  const waitForReader = () => {
    stall = setTimeout(() => response.destroy(), stalledMs)
    stall.unref()
  }

  const pump = () => {
    while (stall === undefined && !response.writableEnded && !response.destroyed) {
      const frames = source.next()
      if (frames === '') return
      if (!mayServe()) return void response.destroy()
      if (frames === null) {
        response.end()
        return waitForReader()
      }
      if (!response.write(frames)) waitForReader()
    }
  }
  const goOn = () => {
    clearTimeout(stall)
    stall = undefined
    pump()
  }
  const showLife = () => {
    if (stall === undefined && !response.writableEnded && !response.write(': still here\n\n')) waitForReader()
  }
  const alive = setInterval(showLife, keepAliveMs)
  alive.unref()
  const unwatch = source.watch(pump)
  response.on('drain', goOn)
  response.once('close', () => {
    clearTimeout(stall)
    clearInterval(alive)
    unwatch()
  })
  pump()
  // Who has nothing to hear yet learns at least that the stream is open.
  if (!response.writableEnded) response.flushHeaders()
}

/** The headers of every event stream: nothing in between may keep, change or collect it. */
export const eventStreamHeaders = {
  'content-type': 'text/event-stream; charset=utf-8',
  'cache-control': 'no-cache, no-transform',
  'x-accel-buffering': 'no',
} as const
