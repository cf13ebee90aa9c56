import type { Project } from '@parlor/core/account'
import { ParlorError } from '@parlor/core/errors'
import { isOver, type Session } from '@parlor/core/session'
import type { FastifyReply, FastifyRequest } from 'fastify'
import type { App, Credential } from '../http/app-types.ts'
import { findNamedProject } from './find-project.ts'
import type { McpPorts } from './mcp-ports.ts'
import { readMessage, readProtocolHeaders } from './read-message.ts'

export type { McpPorts } from './mcp-ports.ts'
export { renderMcpError } from './render-error.ts'

/** What a search may take; far more than it does. */
const longestCallMs = 20_000

const credential: Credential = {
  kind: 'one_of',
  firstPresent: true,
  beforeBody: true,
  ways: [
    { by: 'operator', project: false },
    // Whoever may make tokens may search with one: the same key does it by itself.
    { by: 'key', scope: 'consumer', or: 'chat', project: false },
    { by: 'chat_token' },
  ],
}

/**
 * `/mcp/{project}`: a project's knowledge base over the Model Context Protocol (streamable HTTP, answers in JSON, no state
 * between two calls). GET and DELETE are for streams and sessions of that protocol, which there are none of: 405.
 */
export function registerMcp(app: App, ports: McpPorts): void {
  const holdProject = async (request: FastifyRequest) => {
    const { project } = request.params as { project: string }
    request.project = await findNamedProject(ports.accounts, request, project)
  }
  app.post('/mcp/:project', { config: { credential }, onRequest: holdProject }, async (request, reply) => {
    const { project, caller, chatSession } = request
    if (project === null) throw new Error('the route let in a call without a project')
    return answer(ports, request, reply, { project, session: caller === null ? chatSession : null })
  })
}

interface Caller {
  project: Project
  session: Session | null
}

async function answer(ports: McpPorts, request: FastifyRequest, reply: FastifyReply, caller: Caller) {
  const body = readMessage(request.body)
  const headers = readProtocolHeaders(request.headers)
  // Loaded when it is first used: it takes a quarter of a second and 30 MB.
  const { serveCall } = await import('./serve-call.ts')
  const { signal, release } = watchCaller(reply)
  try {
    const served = await serveCall(ports, { ...caller, signal }, { headers, body })
    // After all the work and right before the first byte: what ended meanwhile is told nothing any more.
    if (caller.session !== null) await requireOpen(ports, caller.session)
    reply.code(served.status)
    return served.type === null ? reply.send() : reply.type(served.type).send(served.text)
  } catch (error) {
    if (!signal.aborted) throw error
    if (reply.raw.destroyed) return reply.code(499).send()
    throw new ParlorError('unavailable', { message: 'The search took too long. Try again.', cause: error })
  } finally {
    release()
  }
}

async function requireOpen({ sessions, clock }: McpPorts, { id }: Session): Promise<void> {
  const session = await sessions.findSession(id)
  if (session === null) throw new ParlorError('invalid_token')
  if (isOver(session, clock.now())) {
    throw new ParlorError('session_ended', { facts: { reason: session.reason ?? 'expired' } })
  }
}

/** Aborts when the caller leaves, or after {@link longestCallMs}. */
function watchCaller(reply: FastifyReply): { signal: AbortSignal; release(): void } {
  const controller = new AbortController()
  const leave = () => controller.abort()
  const timer = setTimeout(leave, longestCallMs)
  reply.raw.once('close', leave)
  return {
    signal: controller.signal,
    release: () => {
      clearTimeout(timer)
      reply.raw.off('close', leave)
    },
  }
}
