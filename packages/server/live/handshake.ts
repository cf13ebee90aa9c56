import { ParlorError } from '@parlor/core/errors'
import { admitVisitor, endSession, findTokenSession, isOver as isSessionOver, type Session } from '@parlor/core/session'
import { closeCodes, type Hello, liveLimits } from '@parlor/protocol'
import { admitOrigin } from './admit-origin.ts'
import { attachVisitor } from './attach-visitor.ts'
import { closeBroken, closeConnection, endedEvent, isOver, refuse } from './connection.ts'
import { endingPorts } from './ending-ports.ts'
import { watchExpiry } from './expiry.ts'
import { closeForProtocol, hearEarly } from './hear-event.ts'
import type { Connection, LiveSession } from './live-state.ts'
import { loadAgent } from './load-agent.ts'
import { parseClientEvent } from './parse-client-event.ts'
import { holdChannel, releaseChannel } from './visitor-channel.ts'

/** Takes the first frame of a connection, which must be `hello`. `text` is null for a binary frame. */
export function hearFirstFrame(connection: Connection, text: string | null): void {
  if (text === null || Buffer.byteLength(text) > liveLimits.helloBytes) {
    closeForProtocol(connection, `The first frame is hello, as text, of at most ${liveLimits.helloBytes} bytes.`)
    return
  }
  const parsed = parseClientEvent(text)
  if (parsed.kind === 'event' && parsed.event.type === 'hello') {
    connection.phase = 'admitting'
    connection.context.heartbeat.greeted(connection)
    admit(connection, parsed.event)
      .catch((cause: unknown) => turnAway(connection, cause))
      .catch((cause: unknown) => closeBroken(connection, cause))
    return
  }
  const fault = 'fault' in parsed ? parsed.fault : 'The first frame is hello.'
  closeForProtocol(connection, fault)
}

/**
 * The order matters: the connection is registered before the session's state is read again, so an ending either is seen
 * here or finds the connection; and the origin is judged before anything is changed.
 */
async function admit(connection: Connection, hello: Hello): Promise<void> {
  const { context } = connection
  const { ports } = context
  const found = await findTokenSession(endingPorts(context), hello.token, 'widget')
  if (isOver(connection)) return
  const live = context.registry.join(connection, found.id)
  const session = await ports.sessions.findSession(found.id)
  if (session === null) throw new ParlorError('invalid_token')
  if (isSessionOver(session, ports.clock.now())) return closeEnded(connection, session)
  if (!(await passesOrigin(connection, hello, session))) return
  if ((await isSuspended(connection, session)) || isOver(connection)) return
  const returning = hello.visitor ? { id: hello.visitor.id, resumeKey: hello.visitor.resume_key } : null
  const [admitted, look] = await Promise.all([admitVisitor(ports, session, returning), loadAgent(ports, session)])
  if (isOver(connection)) return
  live.session = admitted.session
  leaveGreeting(connection, 'admitted')
  watchExpiry(context, live)
  await welcome(connection, live, hello, admitted, look)
}

async function welcome(
  connection: Connection,
  live: LiveSession,
  hello: Hello,
  ...[admitted, look]: [Parameters<typeof attachVisitor>[3], Parameters<typeof attachVisitor>[4]]
): Promise<void> {
  const channel = holdChannel(connection.context, live, admitted.visitor.id)
  try {
    await attachVisitor(connection, channel, hello, admitted, look)
    hearEarly(connection)
  } finally {
    releaseChannel(channel)
  }
}

async function passesOrigin(connection: Connection, hello: Hello, session: Session): Promise<boolean> {
  const { ports } = connection.context
  const project = await ports.accounts.findProject(session.projectId)
  if (project === null) throw new Error('the session has no project')
  const answer = admitOrigin({
    headers: connection.request?.origins ?? [],
    frameSession: hello.session,
    session,
    project,
    publicOrigin: ports.publicOrigin,
    httpAllowed: ports.httpAllowed,
  })
  if (answer.allowed) return true
  const { rule, origin } = answer
  const message = `${answer.message} (Rule: ${rule}. Origin seen: ${origin}.)`
  refuseEntry(connection, closeCodes.originRefused, { code: 'origin_refused', message }, { rule, origin })
  return false
}

/** Suspending an account ends its sessions; one that was missed is ended when somebody comes. */
async function isSuspended(connection: Connection, session: Session): Promise<boolean> {
  const { context } = connection
  const account = await context.ports.accounts.findAccount(session.accountId)
  if (account !== null && account.suspendedAt === null) return false
  await endSession(endingPorts(context), session.id, 'revoked')
  return true
}

/** An ending that was not written down yet is, and that closes this connection with the others. */
async function closeEnded(connection: Connection, session: Session): Promise<void> {
  const ended =
    session.state === 'ended' ? session : await endSession(endingPorts(connection.context), session.id, 'expired')
  const event = endedEvent(ended ?? session)
  closeConnection(connection, event.code, event)
}

async function turnAway(connection: Connection, cause: unknown): Promise<void> {
  if (isOver(connection)) return
  const code = cause instanceof ParlorError ? cause.code : null
  const session = code === 'session_ended' ? await findRow(connection) : null
  if (session !== null) await closeEnded(connection, session)
  else if (cause instanceof ParlorError && badTokenCodes.has(cause.code)) {
    refuseEntry(connection, closeCodes.badToken, { code: cause.code, message: cause.message }, {})
  } else closeBroken(connection, cause)
}

/** A used-up single-use token and a wrong resume key are bad credentials like any other: no retry makes them good. */
const badTokenCodes: ReadonlySet<string> = new Set(['invalid_token', 'session_bound', 'invalid_visitor'])

async function findRow({ live, context }: Connection): Promise<Session | null> {
  return live === null ? null : context.ports.sessions.findSession(live.id)
}

function refuseEntry(
  connection: Connection,
  closeCode: number,
  refusal: { code: string; message: string },
  facts: object,
): void {
  const { logger } = connection.context.ports
  const { id: conn, live, request } = connection
  logger.info(
    { conn, session: live?.id, code: refusal.code, pii: { address: request?.address }, ...facts },
    'live hello refused',
  )
  refuse(connection, refusal)
  closeConnection(connection, closeCode)
}

/** What only a greeting needs is let go, and its address has one handshake less on its hands. */
export function leaveGreeting(connection: Connection, outcome: 'admitted' | 'refused'): void {
  const { request, context } = connection
  if (request === null) return
  connection.request = null
  if (request.address !== undefined) context.ports.addresses?.leave(request.address, outcome)
}
