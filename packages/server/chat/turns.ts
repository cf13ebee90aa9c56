import { ParlorError } from '@parlor/core/errors'
import type { EndingFanOut } from '@parlor/core/session'
import { newId } from '@parlor/core/time'
import { type ChatTiming, defaultChatTiming } from './chat-timing.ts'
import { type HeldSessions, holdSessions } from './held-sessions.ts'
import { type AskedTurn, runTurn, type TurnContext } from './run-turn.ts'
import { createTurn, type RunningTurn } from './running-turn.ts'

/** The answers that are being made, and the calls and streams that tell of them. */
export interface Turns {
  /** Resolves when nothing is made or told on the session any more. */
  fanOut: EndingFanOut
  /** Cuts every call and stream of a session at once and stops what is made for them: this node may serve nothing any more. */
  cutAll(): void
  /** Stops what runs; resolves when it is stored. */
  close(): Promise<void>
  readonly timing: ChatTiming
  mayServe(): boolean
  isAlone(): boolean
  readonly sessions: HeldSessions
  /**
   * Begins to answer.
   * @throws ParlorError `conflict` (the chat is being answered), `rate_limited` (the session has too many), `session_ended`,
   * `unavailable` (the server is leaving).
   */
  start(context: TurnContext, asked: AskedTurn): RunningTurn
  /** The answer that is being made in a chat. */
  find(projectId: string, chatId: string): RunningTurn | null
  count(): number
}

export interface TurnsOptions {
  timing?: Partial<ChatTiming>
  /** Whether this node may serve anything now; asked before each write to a stream. Without it, it always may. */
  mayServe?: () => boolean
  /** Whether no other node answers over the same store. Without it, none does. */
  isAlone?: () => boolean
}

export function createTurns({ timing: wanted, mayServe = () => true, isAlone = () => true }: TurnsOptions = {}): Turns {
  const timing = { ...defaultChatTiming, ...wanted }
  const sessions = holdSessions()
  const running = new Set<RunningTurn>()
  const byChat = new Map<string, RunningTurn>()
  const perSession = new Map<string, number>()
  let isLeaving = false

  function start(context: TurnContext, asked: AskedTurn): RunningTurn {
    const { chatId, model, user, isForgotten, isResumable } = asked
    const place = placeOf(user.projectId, chatId)
    const { session } = user
    if (isLeaving) throw leaving()
    if (byChat.has(place)) throw busy()
    const before = perSession.get(session?.id ?? '') ?? 0
    if (session !== null && before >= timing.mostTurns) throw tooMany(timing.mostTurns)
    const turn = createTurn({
      chatId,
      model,
      messageId: newId(context.ports.clock),
      startedAt: context.ports.clock.now(),
      detachedMs: isResumable ? timing.detachedMs : 0,
    })
    const release = session === null ? () => {} : sessions.hold(session, turn)
    running.add(turn)
    if (!isForgotten) byChat.set(place, turn)
    if (session !== null) perSession.set(session.id, before + 1)
    void runTurn(context, asked, turn).then((outcome) => {
      release()
      running.delete(turn)
      if (!isForgotten) byChat.delete(place)
      if (session !== null) countDown(perSession, session.id)
      turn.settle(outcome)
    })
    return turn
  }

  return {
    timing,
    mayServe,
    isAlone,
    sessions,
    fanOut: sessions.fanOut,
    start,
    find: (projectId, chatId) => byChat.get(placeOf(projectId, chatId)) ?? null,
    count: () => running.size,
    cutAll: () => sessions.cutAll(),
    async close() {
      isLeaving = true
      for (const turn of running) turn.stop({ why: 'leaving' })
      await Promise.all([...running].map(({ over }) => over))
      sessions.close()
    },
  }
}

function placeOf(projectId: string, chatId: string): string {
  return `${projectId}/${chatId}`
}

function countDown(counts: Map<string, number>, id: string): void {
  const left = (counts.get(id) ?? 1) - 1
  if (left > 0) counts.set(id, left)
  else counts.delete(id)
}

function busy(): ParlorError {
  return new ParlorError('conflict', {
    message:
      'This chat is being answered. Wait for the answer, resume it with /chat/turnstream, or begin another chat.',
  })
}

function tooMany(most: number): ParlorError {
  return new ParlorError('rate_limited', {
    message: `The session has ${most} answers in the making. Wait until one is finished.`,
    facts: { retry_after: 1 },
  })
}

function leaving(): ParlorError {
  return new ParlorError('unavailable', {
    message: 'This server is leaving. Send it again in a moment.',
    facts: { leaving: true, retry_after: 1 },
  })
}
