import type { ServerResponse } from 'node:http'
import { ParlorError } from '@parlor/core/errors'
import type { EndedSession, Session } from '@parlor/core/session'
import type { FastifyReply, FastifyRequest } from 'fastify'
import type { App } from '../http/app-types.ts'
import type { ErrorFamily } from '../http/errors.ts'
import { type HeldSessions, sessionEnded } from './held-sessions.ts'
import type { Turns } from './turns.ts'

/** A call that came with a session's token, as long as it is not wholly answered. */
export interface RequestHold {
  /** The session, once it is over: then nothing of an answer is written any more. */
  endedAs: EndedSession | null
  /** What a stream says last when its session ends; without it the connection is cut. */
  lastWord: ((session: EndedSession) => string) | null
  /** Lets go: what comes now is this call's own to answer. */
  release(): void
}

declare module 'fastify' {
  interface FastifyRequest {
    hold: RequestHold | null
  }
}

/**
 * The kill switch of every call with a chat session's token, whatever it is for: when the call that ends the session returns,
 * a pending one has been refused with the reason, a stream is closed, and nothing more is written of either. To be registered
 * behind the origin layer, which finds the session.
 */
export function holdRequests(
  app: App,
  turns: Pick<Turns, 'sessions' | 'timing' | 'mayServe'>,
  render: ErrorFamily['render'],
): void {
  const refuse = (error: ParlorError, request: FastifyRequest, reply: FastifyReply): string => {
    reply.header('content-type', 'application/json; charset=utf-8')
    reply.removeHeader('content-length')
    return JSON.stringify(render(error, request, reply))
  }
  const { sessions, timing } = turns
  app.decorateRequest('hold', null)
  app.addHook('onRequest', (request, reply, done) => {
    const { chatSession } = request
    if (chatSession === null || !takesToken(request)) return done()
    try {
      request.hold = holdRequest(sessions, chatSession, reply.raw, timing.lastWordMs)
      done()
    } catch (error) {
      done(error as Error)
    }
  })
  app.addHook('onSend', (request, reply, payload, done) => {
    const { hold } = request
    const isOurs = request.routeOptions.config.credential?.kind === 'one_of'
    if (isOurs && typeof payload === 'string' && payload.length > worthWatching) {
      letGoOfStalled(reply.raw, timing.stalledMs)
    }
    if (hold === null) done(null, payload)
    else if (hold.endedAs !== null) done(null, refuse(sessionEnded(hold.endedAs), request, reply))
    else done(null, turns.mayServe() ? payload : refuse(new ParlorError('unavailable'), request, reply))
  })
}

/** Elsewhere a token that comes is judged, but nothing is done by its leave: such a call may be the one that ends its session. */
function takesToken({ routeOptions }: FastifyRequest): boolean {
  const { credential } = routeOptions.config
  return credential?.kind === 'one_of' && credential.ways.some(({ by }) => by === 'chat_token')
}

/** What is shorter, in characters, the system takes off our hands at once. */
const worthWatching = 16_384

/** A reader that takes nothing of a whole answer between two looks is let go. */
function letGoOfStalled(response: ServerResponse, stalledMs: number): void {
  let before = Number.POSITIVE_INFINITY
  const look = setInterval(() => {
    const left = response.writableLength
    if (response.writableEnded && left >= before) response.destroy()
    before = left
  }, stalledMs)
  look.unref()
  response.once('close', () => clearInterval(look))
}

function holdRequest(
  sessions: HeldSessions,
  session: Session,
  response: ServerResponse,
  lastWordMs: number,
): RequestHold {
  const hold: RequestHold = { endedAs: null, lastWord: null, release: () => {} }
  let ending: Promise<void> | null = null
  const release = sessions.hold(session, {
    end(ended) {
      hold.endedAs ??= ended
      ending ??= sayLast(hold, ended, response, lastWordMs)
      return ending
    },
    cut: () => void response.destroy(),
  })
  hold.release = release
  response.once('close', release)
  return hold
}

/** Whatever was not taken by then is never sent: the connection is cut. */
function sayLast(
  hold: RequestHold,
  session: EndedSession,
  response: ServerResponse,
  lastWordMs: number,
): Promise<void> {
  if (response.closed || response.destroyed) return Promise.resolve()
  if (response.headersSent) {
    // What is still unsent would come after the end: then there is no last word.
    if (hold.lastWord === null || response.writableEnded || response.writableLength > 0) {
      response.destroy()
      return Promise.resolve()
    }
    response.end(hold.lastWord(session))
  }
  return new Promise((resolve) => {
    const bound = setTimeout(() => response.destroy(), lastWordMs)
    const over = () => {
      clearTimeout(bound)
      resolve()
    }
    response.once('finish', over)
    response.once('close', over)
  })
}
