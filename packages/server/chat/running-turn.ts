import type { ChatAnswer, StoredChatMessage, ToolCall } from '@parlor/conversation/chat'
import type { ParlorError } from '@parlor/core/errors'
import type { EndedSession } from '@parlor/core/session'
import type { Held } from './held-sessions.ts'

/** Why somebody stopped an answer. */
export type StopReason = { why: 'left' } | { why: 'leaving' } | { why: 'ended'; session: EndedSession }

/** How an answer ended. What was said of one that failed may be stored all the same. */
export type TurnOutcome =
  | { ok: true; answer: ChatAnswer; stored: StoredChatMessage | null }
  | { ok: false; error: ParlorError; stored: StoredChatMessage | null }

/** An answer in the making. It belongs to nobody's connection: those who listen come and go. */
export interface RunningTurn extends Held {
  readonly chatId: string
  /** The id the answer will be stored under. */
  readonly messageId: string
  readonly model: string
  /** Milliseconds since 1970. */
  readonly startedAt: number
  readonly controller: AbortController
  /** The number of the chat's last message before the answer; null until the question is stored for good. */
  base: number | null
  /** What was said so far, as it came. */
  readonly pieces: string[]
  readonly calls: ToolCall[]
  outcome: TurnOutcome | null
  /** Resolves when there is something to tell, or nothing to come. */
  readonly ready: Promise<void>
  /** Resolves when it is over and what was said is stored. Never rejects. */
  readonly over: Promise<TurnOutcome>
  /** Somebody waits for it, until the returned function is called; when the last one leaves, it is stopped, at once or later. */
  attach(): () => void
  /** Calls `look` whenever something came. */
  watch(look: () => void): () => void
  stop(reason: StopReason): void
  /** Tells everybody that something came. */
  changed(): void
  settle(outcome: TurnOutcome): void
}

export interface TurnBeginning {
  chatId: string
  messageId: string
  model: string
  startedAt: number
  /** How long it runs on while nobody listens, in milliseconds; 0 for not at all. */
  detachedMs: number
}

export function createTurn({ detachedMs, ...beginning }: TurnBeginning): RunningTurn {
  const ready = Promise.withResolvers<void>()
  const over = Promise.withResolvers<TurnOutcome>()
  const watchers = new Set<() => void>()
  let listeners = 0
  let leaving: NodeJS.Timeout | undefined

  function leave(): void {
    listeners -= 1
    if (listeners > 0 || turn.outcome !== null) return
    if (detachedMs === 0) turn.stop({ why: 'left' })
    else leaving = setTimeout(() => turn.stop({ why: 'left' }), detachedMs).unref()
  }

  const turn: RunningTurn = {
    ...beginning,
    controller: new AbortController(),
    base: null,
    pieces: [],
    calls: [],
    outcome: null,
    ready: ready.promise,
    over: over.promise,
    attach() {
      listeners += 1
      clearTimeout(leaving)
      let isHere = true
      return () => {
        if (isHere) leave()
        isHere = false
      }
    },
    watch(look) {
      watchers.add(look)
      return () => void watchers.delete(look)
    },
    stop(reason) {
      if (!turn.controller.signal.aborted) turn.controller.abort(reason)
    },
    end: (session) => turn.stop({ why: 'ended', session }),
    cut: () => turn.stop({ why: 'leaving' }),
    changed() {
      const hasBegun = turn.base !== null && (turn.pieces.length > 0 || turn.calls.length > 0)
      if (hasBegun || turn.outcome !== null) ready.resolve()
      if (turn.base !== null || turn.outcome !== null) for (const look of watchers) look()
    },
    settle(outcome) {
      clearTimeout(leaving)
      turn.outcome = outcome
      over.resolve(outcome)
      turn.changed()
    },
  }
  return turn
}

/** What is new in an answer since the reader last looked. */
export interface AnswerReader {
  /** At most so many characters at once that a slow reader never holds much. */
  takeText(): string
  takeCalls(): { index: number; call: ToolCall }[]
  /** How many characters were taken or skipped. */
  position(): number
}

/** In characters. */
const mostAtOnce = 16_384

/** Reads an answer from a place on, in characters of its text. */
export function readAnswer({ pieces, calls }: Pick<RunningTurn, 'pieces' | 'calls'>, from = 0): AnswerReader {
  let next = 0
  let skip = from
  let position = from
  let call = 0
  return {
    takeText() {
      let text = ''
      while (next < pieces.length && text.length < mostAtOnce) {
        const piece = pieces[next] ?? ''
        next += 1
        text += piece.slice(skip)
        skip = Math.max(0, skip - piece.length)
      }
      position += text.length
      return text
    },
    takeCalls() {
      const fresh = calls.slice(call).map((one, i) => ({ index: call + i, call: one }))
      call = calls.length
      return fresh
    },
    position: () => position,
  }
}
