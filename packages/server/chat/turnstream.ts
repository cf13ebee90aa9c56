import { type Chat, findOwnChat, type StoredChatMessage } from '@parlor/conversation/chat'
import type { App } from '../http/app-types.ts'
import { type AwaitedAnswer, awaitStored } from './await-stored.ts'
import { openStream } from './open-stream.ts'
import { renderMessage } from './render-chat.ts'
import type { TurnContext } from './run-turn.ts'
import { type RunningTurn, readAnswer } from './running-turn.ts'
import { TurnStreamQuery } from './schemas.ts'
import type { FrameSource } from './send-events.ts'
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

/** No answer takes longer, from its question on, in milliseconds. */
const longestTurnMs = 180_000

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
      const after = parseCursor(request.query.after || request.headers['last-event-id'])
      const frames = await prepare({ ports, turns, chat, turn }, after)
      reply.header('gram-chat-id', chat.id)
      return openStream({ request, reply, turns }, frames)
    },
  )
}

interface Place {
  ports: TurnContext['ports']
  turns: Turns
  chat: Chat
  turn: RunningTurn | null
}

/** Reads what is to be told from the store. Without a cursor that is the answer that is being made, or else the last one. */
async function prepare({ ports, turns, chat, turn }: Place, after: Cursor | null): Promise<FrameSource> {
  const { chats, clock } = ports
  const read = (window: { limit: number; afterSeq?: number; beforeSeq?: number }) =>
    chats.listMessages(chat.projectId, chat.id, window)
  const [newest] = await read({ limit: 1 })
  const isAnswered = newest?.role === 'assistant'
  const base = turn?.base ?? (isAnswered ? newest.seq - 1 : chat.messages)
  const cursor = after ?? { seq: base, offset: 0 }
  const beforeSeq = turn?.base == null ? {} : { beforeSeq: turn.base + 1 }
  const stored = await read({ limit: mostMessages, afterSeq: cursor.seq, ...beforeSeq })
  const last = stored.at(-1)
  const isElsewhere = turn === null && !turns.isAlone() && !isAnswered
  const elsewhere = awaitStored(() => read({ limit: 1, afterSeq: chat.messages }), {
    until: chat.updatedAt + longestTurnMs,
    now: () => clock.now(),
  })
  const isPart = stored.length === mostMessages && (last?.seq ?? 0) < (turn?.base ?? chat.messages)
  return framesOf({ stored, newest: last ?? newest, isPart, elsewhere: isElsewhere ? elsewhere : null }, cursor, turn)
}

function parseCursor(text: string | string[] | undefined): Cursor | null {
  const found = /^(\d{1,9})(?:\.(\d{1,9}))?$/.exec(String(text ?? ''))
  return found === null ? null : { seq: Number(found[1]), offset: Number(found[2] ?? 0) }
}

interface Told {
  /** What comes after the cursor. */
  stored: readonly StoredChatMessage[]
  /** The last of them, or of the chat where there is none. */
  newest: StoredChatMessage | undefined
  /** There is more of it. */
  isPart: boolean
  /** Where another node may be making the answer. */
  elsewhere: AwaitedAnswer | null
}

/** First what the store holds after the cursor, then what is being said, then the end. */
function framesOf({ stored, newest, isPart, elsewhere }: Told, from: Cursor, turn: RunningTurn | null): FrameSource {
  const waiting = stored.map((message) => tellStored(message, message.seq === from.seq + 1 ? from.offset : 0))
  let last = newest
  let isOver = false
  const end = (seq: number, finish: string | null, error?: object) => {
    isOver = true
    return frame('done', { seq, offset: 0 }, { finish_reason: finish, ...error })
  }
  const isTold = turn?.base != null && from.seq > turn.base
  const base = turn?.base ?? null
  const reader = turn === null || base === null ? null : readAnswer(turn, from.seq === base ? from.offset : 0)
  return {
    watch: (look) => turn?.watch(look) ?? elsewhere?.watch(look) ?? (() => {}),
    next() {
      if (isOver) return null
      const next = waiting.shift()
      if (next !== undefined) return next
      if (isPart) return null
      const found = elsewhere?.take()
      if (found === 'not yet') return ''
      if (found !== undefined && found !== null) {
        last = found
        return tellStored(found, found.seq === from.seq + 1 ? from.offset : 0)
      }
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
