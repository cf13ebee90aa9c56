import { randomUUID } from 'node:crypto'
import { endSession } from '@parlor/core/session'
import type { FastifyReply, FastifyRequest, FastifySchema } from 'fastify'
import type { FastifyRouteSchemaDef, FastifyValidationResult } from 'fastify/types/schema.js'
import type { App } from '../http/app-types.ts'
import { openStream } from './open-stream.ts'
import { type CompletionWish, readCompletion } from './read-completion.ts'
import { chunkWriter, renderCompletion } from './render-completion.ts'
import { renderStreamError } from './render-error.ts'
import type { TurnContext } from './run-turn.ts'
import { type RunningTurn, readAnswer } from './running-turn.ts'
import { CompletionAnswer, CompletionBody, CompletionHeaders } from './schemas.ts'
import type { FrameSource } from './send-events.ts'
import type { Turns } from './turns.ts'
import { talks, whoCalls } from './who-calls.ts'

/** The largest body, in bytes: all text a request may hold, and as much again for its JSON. */
const bodyLimit = 2 * 1024 * 1024

/** `POST /chat/completions`: one answer in OpenAI's shape, streamed or whole. */
export function registerCompletions(app: App, context: TurnContext, turns: Turns): void {
  app.post(
    '/chat/completions',
    {
      config: { credential: talks },
      bodyLimit,
      schema: {
        operationId: 'createChatCompletion',
        body: CompletionBody,
        headers: CompletionHeaders,
        response: { 200: CompletionAnswer },
      },
      validatorCompiler: readBodies(app),
    },
    async (request, reply) => {
      // The validator has read it.
      const wish = request.body as unknown as CompletionWish
      const { headers } = request
      const given = headers['gram-chat-id']?.toLowerCase()
      const chatId = given ?? randomUUID()
      reply.header('gram-chat-id', chatId)
      const isForgotten = /^(true|1)$/i.test(headers['gram-skip-capture'] ?? '')
      const isResumable = given !== undefined && !isForgotten
      const turn = turns.start(context, { ...whoCalls(request), ...wish, chatId, isForgotten, isResumable })
      listen(turn, reply)
      await turn.ready
      if (turn.outcome?.ok === false) throw await refuse(context, request, turn.outcome.error)
      if (wish.isStreamed) {
        return openStream({ request, reply, turns }, chunksOf(turn, wish.wantsUsage, isResumable))
      }
      const outcome = await turn.over
      if (!outcome.ok) throw await refuse(context, request, outcome.error)
      return renderCompletion(turn, outcome.answer)
    },
  )
}

/** The schema checks a body, then it is read: a caller without credentials is told of faults in both (contracts 3.1). */
function readBodies(app: App): (part: FastifyRouteSchemaDef<unknown>) => FastifyValidationResult {
  return (part) => {
    const check = app.validatorCompiler?.(part as FastifyRouteSchemaDef<FastifySchema>)
    if (check === undefined) throw new Error('the app checks no schemas')
    if (part.httpPart !== 'body') return check
    const read: FastifyValidationResult = (data: unknown) => {
      if (check(data) !== true) {
        read.errors = check.errors ?? null
        return false
      }
      try {
        return { value: readCompletion(data as CompletionBody) }
      } catch (error) {
        return { error: error as Error }
      }
    }
    return read
  }
}

function listen(turn: RunningTurn, { raw }: FastifyReply): void {
  const leave = turn.attach()
  if (raw.destroyed) leave()
  else raw.once('close', leave)
}

/** A session that has had all it may have is over; this call is answered with that, and not cut by it. */
async function refuse<E extends Error>(
  { ports }: TurnContext,
  { hold, chatSession }: FastifyRequest,
  error: E,
): Promise<E> {
  const isUsedUp = 'code' in error && error.code === 'session_limit'
  if (!isUsedUp || chatSession === null) return error
  hold?.release()
  await endSession(ports, chatSession.id, 'limit')
  return error
}

function chunksOf(turn: RunningTurn, wantsUsage: boolean, isResumable: boolean): FrameSource {
  const chunks = chunkWriter(turn)
  const reader = readAnswer(turn)
  let hasBegun = false
  let isOver = false
  // Where a stream that was cut can be taken up again, with /chat/turnstream.
  const mark = () => (isResumable ? `id: ${turn.base ?? 0}.${reader.position()}\n` : '')
  const next = () => {
    const text = reader.takeText()
    const calls = reader.takeCalls().map(({ index, call }) => chunks.call(index, call))
    const said = text === '' ? '' : `${mark()}${chunks.text(text)}`
    const beginning = hasBegun ? '' : chunks.begin()
    hasBegun = true
    return `${beginning}${said}${calls.join('')}`
  }
  return {
    watch: (look) => turn.watch(look),
    next() {
      if (isOver) return null
      const frames = next()
      if (frames !== '' || turn.outcome === null) return frames
      isOver = true
      return turn.outcome.ok ? chunks.end(turn.outcome.answer, wantsUsage) : renderStreamError(turn.outcome.error)
    },
  }
}
