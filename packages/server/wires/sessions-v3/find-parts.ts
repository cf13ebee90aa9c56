import { findOwnBase } from '@parlor/conversation/knowledge'
import { type Brain, mayUse, type Shelf } from '@parlor/core/agent'
import { ParlorError, refuseField } from '@parlor/core/errors'
import { draftAgent } from './agents.ts'
import { type AvatarDraft, agentIdOf, draftAvatar, identityOf } from './avatars.ts'
import { checkIdentity } from './check-identity.ts'
import type { SessionWish } from './read-wish.ts'
import { noSuch } from './resource.ts'
import type { AvatarWire } from './wire.ts'

/** What a session is made of. A new part is a draft: nothing of it is stored yet. */
export interface Parts {
  avatarId: string
  identity: string
  newAvatar: AvatarDraft | null
  /** Who answers; null for an agent of the customer's own. */
  brainId: string | null
  newBrain: Brain | null
}

/**
 * Looks up what a session names and drafts what it brings.
 * @throws ParlorError `not_found` for what is unknown, archived or another account's, `validation_failed` and `payload_too_large` for a
 * draft that may not be made, and where two in the room would have one identity: the media server would put the first of them out.
 */
export async function findParts(wire: AvatarWire, accountId: string, wish: SessionWish): Promise<Parts> {
  const newAvatar = 'make' in wish.avatar ? await draftAvatar(wire, accountId, wish.avatar.make) : null
  const avatar =
    newAvatar?.avatar ??
    (await findUsable(wire.agents.avatars, accountId, { id: idOf(wish.avatar), noun: 'avatar', field: 'avatar' }))
  const identity = identityOf(avatar)
  checkIdentities(identity, wish)
  const newBrain =
    wish.agent !== null && 'make' in wish.agent ? draftAgent(wire.clock, accountId, wish.agent.make) : null
  const named = newBrain === null ? agentNamed(wish, agentIdOf(avatar)) : null
  const brain = named === null ? newBrain : await findUsable(wire.agents.brains, accountId, { ...named, noun: 'agent' })
  if (wish.knowledgeBaseId !== null) await findBase(wire, accountId, wish.knowledgeBaseId)
  return { avatarId: avatar.id, identity, newAvatar, brainId: brain?.id ?? null, newBrain }
}

/** The agent that is named, else the avatar's own, unless an agent of the customer's speaks through the avatar (contracts 2.2). */
function agentNamed({ agent, remoteAgent }: SessionWish, own: string | null): { id: string; field: string } | null {
  if (agent !== null) return { id: idOf(agent), field: 'agent' }
  return own === null || remoteAgent !== null ? null : { id: own, field: 'avatar.agentId' }
}

function idOf(part: { id: string } | { make: object }): string {
  return 'id' in part ? part.id : ''
}

async function findUsable<T extends { accountId: string | null; archivedAt: number | null }>(
  shelf: Pick<Shelf<T>, 'find'>,
  accountId: string,
  { id, noun, field }: { id: string; noun: string; field: string },
): Promise<T> {
  const thing = await shelf.find(id)
  if (thing !== null && mayUse(thing, accountId)) return thing
  throw noSuch(noun, field)
}

async function findBase(wire: AvatarWire, accountId: string, id: string): Promise<void> {
  await findOwnBase(wire, accountId, id).catch((error: unknown) => {
    throw error instanceof ParlorError && error.code === 'not_found' ? noSuch('knowledge base', 'knowledgeBase') : error
  })
}

function checkIdentities(identity: string, { consumer, remoteAgent }: SessionWish): void {
  const taken = new Set([identity])
  const guests = { consumerIdentity: consumer, remoteAgentConnectingIdentity: remoteAgent }
  for (const [field, guest] of Object.entries(guests)) {
    if (guest === null) continue
    checkIdentity(guest.identity, ['body', field, 'identity'])
    if (taken.has(guest.identity)) throw refuseField(['body', field, 'identity'], 'taken', oneEach)
    taken.add(guest.identity)
  }
}

const oneEach =
  'somebody else in this room has this identity; the avatar, the consumer and the remote agent each need one of their own'
