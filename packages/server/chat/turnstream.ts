import { type Chat, findOwnChat, type StoredChatMessage } from '@parlor/conversation/chat'
import type { EndedSession } from '@parlor/core/session'
import type { App } from '../http/app-types.ts'
import { headersOf } from './completions.ts'
import { sessionEnded } from './held-sessions.ts'
import { renderMessage } from './render-chat.ts'
import { renderStreamError } from './render-error.ts'
import type { TurnContext } from './run-turn.ts'
import { type RunningTurn, readAnswer } from './running-turn.ts'
import { TurnStreamQuery } from './schemas.ts'
import { eventStreamHeaders, type FrameSource, sendEvents } from './send-events.ts'
import type { Turns } from './turns.ts'
import { talks, whoCalls } from './who-calls.ts'

/** Messages one stream tells from the store, at most: where there are more, it ends without `done`, to be taken up again. */
const mostMessages = 200

/**
 * A place in a chat: everything up to message `seq`, and so many characters of what follows it. On the wire `7`, or `7.120`
 * in the middle of an answer: it holds while the answer is made and after it is stored.
 */
interface Cursor {
  seq: number
  offset: number
}

/** `GET /chat/turnstream`: takes up an answer where a stream of it was cut, or tells it again. */
export function registerTurnStream(app: App, { ports }: TurnContext, turns: Turns): void {
  app.get(
    '/chat/turnstream',
    {
      config: { credential: talks },
      exposeHeadRoute: false,
      schema: { operationId: 'resumeChatTurn', querystring: TurnStreamQuery },
    },
    async (request, reply) => {
      const { user } = whoCalls(request)
      const chatId = request.query.chat_id.toLowerCase()
      const turn = turns.find(user.projectId, chatId)
      // Held from here on: it must not be given up while we look it up.
      const leave = turn?.attach()
      reply.raw.once('close', () => leave?.())
      // Before that its question may not be in the store, nor whose chat it is.
      await turn?.ready
      const chat = await findOwnChat(ports.chats, user, chatId).catch((error: unknown) => {
        leave?.()
        throw error
      })
      const after = parseCursor(request.query.after ?? request.headers['last-event-id'])
      const cursor = after ?? (await lastAnswer(ports.chats, chat, turn))
      const stored = await ports.chats.listMessages(chat.projectId, chat.id, {
        limit: mostMessages,
        afterSeq: cursor.seq,
        ...(turn?.base != null && { beforeSeq: turn.base + 1 }),
      })
      const { hold } = request
      if (hold?.endedAs) throw sessionEnded(hold.endedAs)
      if (hold) hold.lastWord = (session: EndedSession) => renderStreamError(sessionEnded(session))
      reply.header('gram-chat-id', chat.id)
      reply.hijack()
      reply.raw.writeHead(200, { ...headersOf(reply), ...eventStreamHeaders })
      const isPart = (stored.at(-1)?.seq ?? 0) < (turn?.base ?? chat.messages) && stored.length === mostMessages
      sendEvents(reply.raw, framesOf({ stored, isPart }, cursor, turn), turns)
      return reply
    },
  )
}

function parseCursor(text: string | string[] | undefined): Cursor | null {
  const found = /^(\d{1,9})(?:\.(\d{1,9}))?$/.exec(String(text ?? ''))
  return found === null ? null : { seq: Number(found[1]), offset: Number(found[2] ?? 0) }
}

/** Where the answer begins that is being made, or else the last one. */
async function lastAnswer(chats: TurnContext['ports']['chats'], chat: Chat, turn: RunningTurn | null): Promise<Cursor> {
  if (turn?.base != null) return { seq: turn.base, offset: 0 }
  const last = await chats.listMessages(chat.projectId, chat.id, { limit: mostMessages })
  const answer = last.findLast(({ role }) => role === 'assistant')
  return { seq: answer === undefined ? chat.messages : answer.seq - 1, offset: 0 }
}

/** First what the store holds after the cursor, then what is being said, then the end. */
function framesOf(
  { stored, isPart }: { stored: readonly StoredChatMessage[]; isPart: boolean },
  from: Cursor,
  turn: RunningTurn | null,
): FrameSource {
  const waiting = stored.map((message) => tellStored(message, message.seq === from.seq + 1 ? from.offset : 0))
  const last = stored.at(-1)
  let isOver = false
  const end = (seq: number, finish: string | null, error?: object) => {
    isOver = true
    return frame('done', { seq, offset: 0 }, { finish_reason: finish, ...error })
  }
  const isTold = turn?.base != null && from.seq > turn.base
  const base = turn?.base ?? null
  const reader = turn === null || base === null ? null : readAnswer(turn, from.seq === base ? from.offset : 0)
  return {
    watch: (look) => turn?.watch(look) ?? (() => {}),
    next() {
      if (isOver) return null
      const next = waiting.shift()
      if (next !== undefined) return next
      if (isPart) return null
      if (turn === null || base === null || reader === null || isTold) {
        return end(
          last?.seq ?? from.seq,
          last === undefined || last.role === 'assistant' ? (last?.finish ?? null) : 'failed',
        )
      }
      const text = reader.takeText()
      if (text !== '') return frame('text', { seq: base, offset: reader.position() }, { text })
      const { outcome } = turn
      if (outcome === null) return ''
      const answer = outcome.stored === null ? '' : tellMessage('message', outcome.stored)
      const seq = outcome.stored?.seq ?? base
      return outcome.ok
        ? `${answer}${end(seq, outcome.answer.finish)}`
        : `${answer}${end(seq, outcome.stored?.finish ?? 'failed', { error: { message: outcome.error.message } })}`
    },
  }
}

/** A stored message; of an answer that was told in part, first what is missing. */
function tellStored(message: StoredChatMessage, offset: number): string {
  const { role, seq, text } = message
  if (role !== 'assistant' || offset === 0) return tellMessage(role === 'tool' ? 'tool_output' : 'message', message)
  const rest = text.slice(offset)
  const missing = rest === '' ? '' : frame('text', { seq: seq - 1, offset: text.length }, { text: rest })
  return `${missing}${tellMessage('message', message)}`
}

function tellMessage(type: 'message' | 'tool_output', message: StoredChatMessage): string {
  return frame(type, { seq: message.seq, offset: 0 }, { message: renderMessage(message) })
}

function frame(type: 'text' | 'message' | 'tool_output' | 'done', { seq, offset }: Cursor, fields: object): string {
  const cursor = offset === 0 ? `${seq}` : `${seq}.${offset}`
  return `id: ${cursor}\nevent: ${type}\ndata: ${JSON.stringify({ type, cursor, ...fields })}\n\n`
}
