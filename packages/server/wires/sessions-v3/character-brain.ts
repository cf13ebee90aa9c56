import { findOwnBase } from '@parlor/conversation/knowledge'
import type { Brain } from '@parlor/core/agent'
import { ParlorError } from '@parlor/core/errors'
import { newId } from '@parlor/core/time'
import { modelFor } from './agents.ts'
import { noSuch } from './resource.ts'
import type { AvatarWire } from './wire.ts'

/** The word brains are marked with that belong to one character and are in no list of this wire. */
const mark = 'character-brain'

interface WantedBrain {
  accountId: string
  name: string
  /** The brain that was named. */
  asked: Brain | null
  knowledgeBaseId: string | null
  /** The one the character has, if it has one. */
  before: string | null
}

/**
 * The brain of a character: the one that was named, or one of the character's own where none was, or where it is to know a base; brains
 * of this wire know none. An own one it no longer needs is archived. @throws ParlorError `not_found` for a base that is not the account's.
 */
export async function chooseBrain(wire: AvatarWire, wanted: WantedBrain): Promise<Brain> {
  const { asked, knowledgeBaseId, accountId } = wanted
  const { brains } = wire.agents
  const before = wanted.before === null ? null : await brains.find(wanted.before)
  const own = before?.madeAs === mark ? before : null
  if (knowledgeBaseId !== null && knowledgeBaseId !== own?.knowledgeBaseId) {
    await findOwnBase(wire, accountId, knowledgeBaseId).catch(nameBase)
  }
  const now = wire.clock.now()
  if (asked !== null && knowledgeBaseId === null) {
    if (own !== null) await brains.archive(accountId, own.id, now)
    return asked
  }
  const says = {
    name: wanted.name,
    instructions: asked?.instructions ?? '',
    model: asked?.model ?? modelFor(undefined),
    knowledgeBaseId,
    updatedAt: now,
  }
  if (own !== null) {
    const changed = { ...own, ...says }
    if (await brains.update(changed)) return changed
  }
  const made: Brain = {
    ...says,
    id: newId(wire.clock),
    accountId,
    isPublic: false,
    isActive: true,
    createdAt: now,
    archivedAt: null,
    madeAs: mark,
  }
  await brains.insert(made)
  return made
}

function nameBase(error: unknown): never {
  if (error instanceof ParlorError && error.code === 'not_found') throw noSuch('knowledge base', 'knowledgeBaseId')
  throw error
}
