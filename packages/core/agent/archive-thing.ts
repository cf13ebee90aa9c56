import { ParlorError } from '../errors/index.ts'
import type { Clock } from '../time/index.ts'
import type { Shelf } from './agent-store.ts'
import { mayUse } from './create-agent.ts'

interface Shelved {
  accountId: string | null
  archivedAt: number | null
}

/**
 * Hides a thing of the account's own for good. What was made with it keeps it.
 * @throws ParlorError `not_found` (unknown, another account's, archived already), `forbidden` (the installation's own).
 */
export async function archiveThing(shelf: Shelf<Shelved>, clock: Clock, accountId: string, id: string): Promise<void> {
  const thing = await shelf.find(id)
  if (thing === null || !mayUse(thing, accountId)) throw new ParlorError('not_found')
  if (thing.accountId === null) {
    throw new ParlorError('forbidden', { message: 'This belongs to the installation and cannot be deleted.' })
  }
  await shelf.archive(accountId, id, clock.now())
}
