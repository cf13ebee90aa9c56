import type { KeyOwner, Project } from '../account/index.ts'
import type { AgentStore } from '../agent/index.ts'
import { ParlorError, refuseField } from '../errors/index.ts'
import { chooseDuration } from '../limits/index.ts'
import { type Clock, newId } from '../time/index.ts'
import { longestToken, newTokenId, type SigningKeys, signJwt, type TokenClaims } from '../token/index.ts'
import type { RoomTerms, Session, SessionFeatures, SessionKind } from './session.ts'
import { checkAudience, checkSites, parseSites } from './session-sites.ts'
import type { SessionStore } from './session-store.ts'

/** What a caller asks for, in core's own words. */
export interface SessionWish {
  /** Chosen before, where a request that is repeated must find what it made; else a new one. */
  id?: string
  kind: SessionKind
  agentId: string
  durationSeconds?: number
  domains: readonly string[]
  origins: readonly string[]
  features: SessionFeatures
  audioOnly: boolean
  singleUse: boolean
  metadata: Readonly<Record<string, unknown>> | null
  /** Binds the token to this one origin, taken as it is. */
  audience?: string
  endUserId?: string
  /** Who makes it, where that is not the key. */
  operatorSessionId?: string
  /** An avatar session's terms. */
  room?: RoomTerms
}

export interface CreateSessionPorts {
  sessions: SessionStore
  agents: Pick<AgentStore, 'agents'>
  signingKeys: SigningKeys
  clock: Clock
  /** Whether Parlor is served over http: then its customers' pages may be. */
  httpAllowed: boolean
  /** Claims a wire wants in its token beside ours. */
  claims(session: Session): Record<string, unknown>
}

export interface IssuedSession {
  session: Session
  token: string
  durationSeconds: number
}

/**
 * Writes a session with its first ledger entry and signs its token. Whether the agent is the caller's was asked before.
 * @throws ParlorError `not_found` (deleted project), `validation_failed`, `origin_refused`, `concurrency_reached`.
 */
export async function issueSession(
  ports: CreateSessionPorts,
  owner: KeyOwner,
  wish: SessionWish,
  project: Project,
): Promise<IssuedSession> {
  if (project.deletedAt !== null) {
    throw new ParlorError('not_found', { message: `The project "${project.slug}" was deleted. Use another one.` })
  }
  const ceilings = [owner.account.maxDurationSeconds, owner.key.maxDurationSeconds]
  const durationSeconds = chooseDuration(wish.durationSeconds, ceilings, ['durationSeconds'])
  const sites = parseSites(wish)
  checkSites(sites, project, ports.httpAllowed)
  checkAudience(wish.audience, project)
  const { kid, key } = await ports.signingKeys.current(project.id)
  const now = ports.clock.now()
  const iat = Math.floor(now / 1000)
  const session: Session = {
    id: wish.id ?? newId(ports.clock),
    kind: wish.kind,
    accountId: owner.account.id,
    projectId: project.id,
    agentId: wish.agentId,
    keyId: wish.operatorSessionId === undefined ? owner.key.id : null,
    jti: newTokenId(),
    kid,
    state: 'issued',
    reason: null,
    createdAt: now,
    expiresAt: (iat + durationSeconds) * 1000,
    liveAt: null,
    endedAt: null,
    settings: {
      features: wish.features,
      sites,
      audioOnly: wish.audioOnly,
      singleUse: wish.singleUse,
      metadata: wish.metadata,
      ...(wish.audience !== undefined && { audience: wish.audience }),
      ...(wish.endUserId !== undefined && { endUserId: wish.endUserId }),
      ...(wish.operatorSessionId !== undefined && { operatorSessionId: wish.operatorSessionId }),
      ...(wish.room !== undefined && { room: wish.room }),
    },
    boundVisitorId: null,
    entries: 1,
  }
  const token = signJwt(claimsOf(session, ports), kid, key)
  if (token.length > longestToken) {
    throw refuseField(['endUserId'], 'too_long', 'what the token would have to say is too long for a header; send less')
  }
  const issued = { sessionId: session.id, number: 1, at: now, type: 'issued', facts: {} } as const
  await ports.sessions.insertSession(session, issued, {
    account: owner.account.concurrency,
    key: owner.key.concurrency,
  })
  return { session, durationSeconds, token }
}

/**
 * What issuing a session gave, made again from its row: the same token to the byte, since the store keeps none.
 * @throws ParlorError `conflict` when the token's signing key has retired: nobody would take it any more.
 */
export async function reissue(
  ports: Pick<CreateSessionPorts, 'sessions' | 'signingKeys' | 'claims'>,
  id: string,
): Promise<IssuedSession> {
  const session = await ports.sessions.findSession(id)
  const signer = session === null ? null : await ports.signingKeys.find(session.kid)
  if (session === null || signer === null) throw cannotRecall()
  const durationSeconds = session.expiresAt / 1000 - Math.floor(session.createdAt / 1000)
  return { session, durationSeconds, token: signJwt(claimsOf(session, ports), session.kid, signer.key) }
}

export function cannotRecall(): ParlorError {
  return new ParlorError('conflict', {
    message: 'The session made with this Idempotency-Key can no longer be handed out. Use a new one.',
  })
}

function claimsOf(session: Session, ports: Pick<CreateSessionPorts, 'claims'>): TokenClaims {
  const iat = Math.floor(session.createdAt / 1000)
  return { ...ports.claims(session), jti: session.jti, iat, exp: session.expiresAt / 1000 }
}
