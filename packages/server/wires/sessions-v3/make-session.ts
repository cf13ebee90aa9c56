import type { KeyOwner } from '@parlor/core/account'
import { ParlorError } from '@parlor/core/errors'
import {
  ceilingReached,
  checkAvatarSession,
  createAvatarSession,
  type RoomTerms,
  type Session,
} from '@parlor/core/session'
import { newId } from '@parlor/core/time'
import { allowsHttp } from '../../http/allows-http.ts'
import { storeAvatar } from './avatars.ts'
import { findParts, type Parts } from './find-parts.ts'
import type { SessionWish } from './read-wish.ts'
import type { AvatarWire } from './wire.ts'

/** A session and the tokens of those who may join its room. */
export interface MadeSession {
  session: Session
  consumer: string | null
  remoteAgent: string | null
}

export interface SessionOrder {
  owner: KeyOwner
  wish: SessionWish
  /** The session's id, where a repeated request must find it again. */
  intendedId?: string | undefined
}

export type MakeSession = (order: SessionOrder) => Promise<MadeSession>

/**
 * Makes sessions: everything that can refuse one is asked first, then the media server, and only then is anything written. Parts that
 * were made for a session which fails all the same are put away again.
 */
export function sessionMaker(wire: AvatarWire): MakeSession {
  return async (order) => {
    const { account } = order.owner
    const parts = await findParts(wire, account.id, order.wish)
    try {
      const session = await writeSession(wire, order, parts)
      await wire.rooms.open(session)
      return { session, ...(await wire.rooms.grant(session)) }
    } catch (error) {
      // What went wrong first is what is told.
      await putAway(wire, account.id, parts).catch(() => {})
      throw error
    }
  }
}

async function writeSession(
  wire: AvatarWire,
  { owner, wish, intendedId }: SessionOrder,
  parts: Parts,
): Promise<Session> {
  const project = await wire.accounts.findProject(owner.key.projectId)
  if (project === null) throw new ParlorError('invalid_key')
  const plan = { consumer: wish.consumer, remoteAgent: wish.remoteAgent, hasHost: wish.host !== null }
  const durationSeconds = checkAvatarSession(owner, {
    ...plan,
    hasAgent: parts.brainId !== null,
    ...(wish.durationSeconds !== null && { durationSeconds: wish.durationSeconds }),
  })
  await refuseFull(wire, owner)
  const host = await wire.rooms.prepare(wish.host)
  if (parts.newBrain !== null) await wire.agents.brains.insert(parts.newBrain)
  if (parts.newAvatar !== null) await storeAvatar(wire, parts.newAvatar)
  const { session } = await createAvatarSession(
    { ...wire, httpAllowed: allowsHttp(wire.publicUrl), claims: () => ({}) },
    owner,
    {
      id: await freeId(wire, intendedId),
      durationSeconds,
      ...(wish.endUserId !== null && { endUserId: wish.endUserId }),
      room: termsOf(wish, parts, host),
    },
    project,
  )
  return session
}

/** Asked before parts are made; both ceilings are judged once more, exactly, where the session is written. */
async function refuseFull({ sessions, clock }: AvatarWire, { account, key }: KeyOwner): Promise<void> {
  const isFull = async (ceiling: number | null, keyId?: string) => {
    if (ceiling === null) return false
    const filter = { accountId: account.id, openAt: clock.now(), ...(keyId !== undefined && { keyId }) }
    return (await sessions.listSessions(filter, { offset: 0, limit: 1 })).total >= ceiling
  }
  if (await isFull(account.concurrency)) throw ceilingReached('account', account.concurrency ?? 0)
  if (await isFull(key.concurrency, key.id)) throw ceilingReached('key', key.concurrency ?? 0)
}

/** A session that failed keeps its id: who asks again is given another. */
async function freeId({ sessions, clock }: AvatarWire, intended: string | undefined): Promise<string> {
  const isTaken = intended !== undefined && (await sessions.findSession(intended)) !== null
  return intended === undefined || isTaken ? newId(clock) : intended
}

function termsOf(wish: SessionWish, parts: Parts, host: RoomTerms['host']): RoomTerms {
  return {
    name: wish.name,
    avatarId: parts.avatarId,
    avatarIdentity: parts.identity,
    brainId: parts.brainId,
    knowledgeBaseId: wish.knowledgeBaseId,
    consumer: wish.consumer,
    remoteAgent: wish.remoteAgent,
    host,
    isPass: wish.isPass,
    additionalContext: wish.additionalContext,
    templateVars: wish.templateVars,
  }
}

/** What a session that never came to be would leave behind. Archiving what was not stored yet does nothing. */
async function putAway(
  { agents, clock }: AvatarWire,
  accountId: string,
  { newAvatar, newBrain }: Parts,
): Promise<void> {
  if (newAvatar !== null) await agents.avatars.archive(accountId, newAvatar.avatar.id, clock.now())
  if (newBrain !== null) await agents.brains.archive(accountId, newBrain.id, clock.now())
}
