import { ParlorError, refuseField } from '@parlor/core/errors'
import { type Clock, newId } from '@parlor/core/time'
import { checkBaseName } from './check-names.ts'
import type { KnowledgeBase, KnowledgeStore } from './knowledge-store.ts'

export interface KnowledgePorts {
  knowledge: KnowledgeStore
  clock: Clock
}

export interface NewBase {
  accountId: string
  projectId: string
  /** 1 to 200 characters, unique within the account. */
  name: string
  /** At most 2000 characters. */
  description?: string | null
  /** The customer's own name for whom it is made. */
  client?: string | null
}

const longestDescription = 2000

/**
 * Makes an empty knowledge base.
 * @throws ParlorError `validation_failed`, or `conflict` when the account has one of this name.
 */
export async function createBase(ports: KnowledgePorts, wanted: NewBase): Promise<KnowledgeBase> {
  const name = checkBaseName(wanted.name)
  const description = wanted.description ?? null
  if (description !== null && description.length > longestDescription) {
    throw refuseField(['description'], 'too_long', `it may have ${longestDescription} characters.`)
  }
  const now = ports.clock.now()
  const { accountId, projectId, client } = wanted
  const times = { createdAt: now, updatedAt: now }
  const base: KnowledgeBase = { id: newId(ports.clock), accountId, projectId, name, description, ...times }
  if (client !== undefined) base.client = client
  await ports.knowledge.insertBase(base).catch((error) => {
    if (!(error instanceof ParlorError) || error.code !== 'conflict') throw error
    const message = 'The account has a knowledge base of this name already. Choose another name.'
    throw new ParlorError('conflict', { message, cause: error })
  })
  return base
}

/**
 * The account's own base of this id.
 * @throws ParlorError `not_found` for an unknown one and for another account's alike.
 */
export async function findOwnBase(
  ports: Pick<KnowledgePorts, 'knowledge'>,
  accountId: string,
  baseId: string,
): Promise<KnowledgeBase> {
  const base = await ports.knowledge.findBase(baseId)
  if (base?.accountId === accountId) return base
  throw new ParlorError('not_found', { message: 'There is no such knowledge base in this account.' })
}
