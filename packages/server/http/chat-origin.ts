import { type AdmitCallerPorts, admitCaller } from '@parlor/core/session'
import type { FastifyReply, FastifyRequest } from 'fastify'
import type { App } from './app-types.ts'
import { answerPreflight, setCors } from './chat-cors.ts'
import { pathOf } from './request-path.ts'

export interface ChatOriginPorts extends AdmitCallerPorts {
  publicUrl: URL
}

/** Where a chat token is taken. Everything that begins so goes through {@link guardChatOrigins} first (contracts 3.6). */
export const chatPrefixes = [
  '/chat/completions',
  '/chat/turnstream',
  '/mcp',
  '/rpc/chat.',
  '/rpc/chatSessions.',
] as const

/** Paths of the chat wire as a whole: they share the outer layer of CORS and the shape of errors. */
const wirePrefixes = ['/rpc/', '/chat/', '/mcp'] as const

/**
 * The origin layer of the chat wire, row by row of contracts 3.6: before a body is read, a token that came is judged, its
 * session found, and its page's origin compared. What it throws is shown as JSON (contracts G7), with the same statuses.
 */
export function guardChatOrigins(app: App, ports: ChatOriginPorts): void {
  app.decorateRequest('chatSession', null)
  app.addHook('onRequest', async (request, reply) => {
    const path = pathOf(request)
    if (!wirePrefixes.some((prefix) => path.startsWith(prefix))) return
    const isGuarded = chatPrefixes.some((prefix) => path.startsWith(prefix))
    // Row 3, and what is refused below: the answer is for pages of our own alone.
    setCors(request, reply, ports.publicUrl.origin)
    if (request.method === 'OPTIONS') return isGuarded ? answerPreflight(request, reply) : reply.code(200).send()
    if (isGuarded) await judge(ports, request, reply)
  })
}

async function judge(ports: ChatOriginPorts, request: FastifyRequest, reply: FastifyReply): Promise<void> {
  const { origin } = request.headers
  const token = presentedToken(request)
  if (token === undefined) {
    if (presented(request, 'gram-key') !== undefined) setCors(request, reply, origin ?? '')
    return
  }
  request.chatSession = await admitCaller(ports, token, 'chat', { origin, host: request.host })
  if (origin !== undefined) setCors(request, reply, origin)
}

/**
 * The chat token: in its own header, or as a bearer (design 8). Beside a key or an operator session a bearer is no credential:
 * clients of models always send one, and a backend with a key has nothing to write there.
 */
function presentedToken(request: FastifyRequest): string | undefined {
  const own = presented(request, 'gram-chat-session')
  if (own !== undefined) return own
  const bearer = request.headers.authorization
  const isTaken = ['/chat/', '/mcp'].some((prefix) => pathOf(request).startsWith(prefix))
  if (!isTaken || bearer === undefined || !/^bearer /i.test(bearer)) return undefined
  const isOther = (['gram-key', 'gram-session'] as const).some((header) => presented(request, header) !== undefined)
  return isOther ? undefined : stripScheme(bearer) || undefined
}

/** The value of one of the wire's headers, without a word for its scheme (contracts 3.1); absent when empty or missing. */
export function presented(
  request: FastifyRequest,
  header: 'gram-key' | 'gram-session' | 'gram-project' | 'gram-chat-session',
): string | undefined {
  const value = request.headers[header]
  const text = stripScheme(String(Array.isArray(value) ? value[0] : (value ?? '')))
  return text === '' ? undefined : text
}

/** Everything up to the first space is cut off. */
function stripScheme(value: string): string {
  return value.slice(value.indexOf(' ') + 1)
}
