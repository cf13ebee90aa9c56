import type { Account } from '@parlor/core/account'
import { isOver, type RoomTerms, type Session } from '@parlor/core/session'
import { isoSeconds } from '@parlor/core/time'
import { renderAgent } from './agents.ts'
import { renderAvatar } from './avatars.ts'
import { renderBase } from './knowledge-bases.ts'
import type { MadeSession } from './make-session.ts'
import type { ShownSession } from './session-schemas.ts'
import type { AvatarWire } from './wire.ts'

/** What the agents of sessions without people of their own hear somebody called. */
const nobody = 'guest'

/** Whom a session is shown to. A page is everybody's to read. */
export type Reader = 'owner' | 'page'

/** Shows sessions of one account. What several of them have in common is read once. */
export function sessionRenderer(
  wire: AvatarWire,
  account: Account,
  reader: Reader = 'owner',
): (session: Session) => Promise<ShownSession> {
  const { agents, clock, rooms } = wire
  const findAvatar = onceEach(async (id) => {
    const avatar = await agents.avatars.find(id)
    if (avatar === null) return null
    const { agent, ...shown } = await renderAvatar(wire, avatar)
    return agent === undefined ? shown : { ...shown, agent: agentFor(reader, agent) }
  })
  const findAgent = onceEach(async (id) => {
    const brain = await agents.brains.find(id)
    return brain === null ? null : agentFor(reader, renderAgent(brain))
  })
  const findBase = onceEach(async (id) => {
    const base = await wire.knowledge.findBase(id)
    // One that is gone is still what the session was made with.
    return base === null ? { id } : renderBase(wire, base)
  })
  return async (session) => {
    const { room: terms } = session.settings
    if (terms === undefined) throw new Error(`the avatar session ${session.id} has no terms`)
    const { additionalContext, knowledgeBaseId, remoteAgent } = terms
    const [avatar, agent, knowledgeBase, transcript, endMessage] = await Promise.all([
      findAvatar(terms.avatarId),
      terms.brainId === null ? null : findAgent(terms.brainId),
      knowledgeBaseId === null ? null : findBase(knowledgeBaseId),
      readTranscript(wire, session, terms),
      readEndMessage(wire, session),
    ])
    const { endUserId } = session.settings
    return {
      id: session.id,
      organizationId: session.accountId,
      name: terms.name,
      provider: 'livekit',
      freemium: false,
      ...standing(session, account, clock.now()),
      host: { serverUrl: terms.host?.serverUrl ?? rooms.serverUrl ?? '' },
      ...(endUserId !== undefined && { client: endUserId }),
      ...(additionalContext !== null && { additionalCtx: additionalContext }),
      templateVars: terms.templateVars,
      avatarId: terms.avatarId,
      // The identity it has in this room, whatever the avatar is called by now.
      avatar: avatar === null ? null : { ...avatar, identity: terms.avatarIdentity },
      ...(terms.brainId !== null && { agentId: terms.brainId }),
      agent,
      ...(knowledgeBaseId !== null && { knowledgeBaseId }),
      ...(knowledgeBase !== null && { knowledgeBase }),
      ...(remoteAgent !== null && { remoteAgentIdentity: remoteAgent.identity }),
      transcript,
      endMessage,
    }
  }
}

/** What an agent was told to do is its owner's: no page needs it, and no client reads it there. */
function agentFor(reader: Reader, agent: ReturnType<typeof renderAgent>): ReturnType<typeof renderAgent> {
  if (reader === 'owner') return agent
  const { instructions: _, ...shown } = agent
  return shown
}

/** What creating answers: the session, and a token for each of those it names (contracts 2.2). */
export async function renderMade(
  wire: AvatarWire,
  account: Account,
  { session, consumer, remoteAgent }: MadeSession,
  reader?: Reader,
) {
  return {
    session: await sessionRenderer(wire, account, reader)(session),
    ...(consumer !== null && { consumerAccessToken: consumer }),
    ...(remoteAgent !== null && { remoteAgentAccessToken: remoteAgent }),
  }
}

/** Where a session stands: the table of design 5 in this wire's words, and its times. It is counted down from `startedAt`. */
function standing(session: Session, account: Account, now: number) {
  const { createdAt, expiresAt, liveAt } = session
  const endedAt = session.endedAt ?? (isOver(session, now) ? expiresAt : null)
  return {
    status: statusOf(session, account, now),
    maxDuration: expiresAt / 1000 - Math.floor(createdAt / 1000),
    startedAt: isoSeconds(createdAt),
    endedAt: endedAt === null ? null : isoSeconds(endedAt),
    endReason: session.reason ?? (endedAt === null ? null : 'expired'),
    createdAt: isoSeconds(createdAt),
    updatedAt: isoSeconds(endedAt ?? liveAt ?? createdAt),
  }
}

function statusOf(session: Session, { suspendedAt }: Account, now: number): string {
  if (!isOver(session, now)) {
    if (suspendedAt !== null) return 'blocked'
    return session.state === 'live' ? 'running' : 'starting'
  }
  if (session.reason === 'failed') return 'error'
  const isSuspension = suspendedAt !== null && session.reason === 'revoked' && (session.endedAt ?? 0) >= suspendedAt
  return isSuspension ? 'blocked' : 'ended'
}

/** What was said so far; null while nothing was (contracts E7, Q20). */
async function readTranscript({ transcripts }: AvatarWire, session: Session, terms: RoomTerms) {
  if (session.boundVisitorId === null) return null
  const messages = await transcripts.listMessages(session.boundVisitorId)
  // An answer that was stopped before its first word says nothing.
  const spoken = messages.filter(({ text }) => text !== '')
  if (spoken.length === 0) return null
  const visitor = terms.consumer?.identity ?? nobody
  const transcription = spoken.map(({ text, at, role }) => ({
    text,
    received_at: at,
    identity: role === 'agent' ? terms.avatarIdentity : visitor,
  }))
  return { transcription }
}

async function readEndMessage({ sessions }: AvatarWire, session: Session): Promise<string | null> {
  if (session.state !== 'ended') return null
  const ledger = await sessions.listLedger(session.id)
  return ledger.findLast(({ facts }) => facts.why !== undefined)?.facts.why ?? null
}

function onceEach<T>(find: (id: string) => Promise<T>): (id: string) => Promise<T> {
  const found = new Map<string, Promise<T>>()
  return (id) => {
    const known = found.get(id) ?? find(id)
    found.set(id, known)
    return known
  }
}
