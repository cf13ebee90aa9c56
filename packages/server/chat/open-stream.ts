import type { FastifyReply, FastifyRequest } from 'fastify'
import { sessionEnded } from './held-sessions.ts'
import { renderStreamError } from './render-error.ts'
import { eventStreamHeaders, type FrameSource, sendEvents } from './send-events.ts'
import type { Turns } from './turns.ts'

/**
 * Answers with a stream of events. From here on nobody else answers the call, so everything that may fail is to be done before.
 * @throws ParlorError `session_ended` where its session has ended in the meantime.
 */
export function openStream(
  { request, reply, turns }: { request: FastifyRequest; reply: FastifyReply; turns: Turns },
  frames: FrameSource,
): FastifyReply {
  const { hold } = request
  if (hold !== null) {
    if (hold.endedAs !== null) throw sessionEnded(hold.endedAs)
    hold.lastWord = (session) => renderStreamError(sessionEnded(session))
  }
  reply.hijack()
  reply.raw.writeHead(200, { ...headersOf(reply), ...eventStreamHeaders })
  sendEvents(reply.raw, frames, turns)
  return reply
}

/** What the hooks have set, as Node takes it. */
function headersOf(reply: FastifyReply): Record<string, string | number | string[]> {
  const set = Object.entries(reply.getHeaders())
  return Object.fromEntries(set.flatMap(([name, value]) => (value === undefined ? [] : [[name, value]])))
}
