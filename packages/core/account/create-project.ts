import { ParlorError, refuseField } from '../errors/index.ts'
import type { Project } from './account.ts'
import { checkName } from './check-wish.ts'
import { type AccountPorts, newProject } from './create-account.ts'

/** What a project is called in headers and addresses (contracts 3.1). */
const slugRule = /^[a-z0-9_-]{1,40}$/

/**
 * Makes a project of an account that exists. Durable when it resolves.
 * @throws ParlorError `validation_failed`, `conflict` when the account has the slug already.
 */
export async function createProject(
  { accounts, clock }: AccountPorts,
  accountId: string,
  wish: { name: string; slug: string },
): Promise<Project> {
  const name = checkName(wish.name)
  if (!slugRule.test(wish.slug)) {
    throw refuseField(['slug'], 'invalid_slug', 'write 1 to 40 characters out of a-z, 0-9, "-" and "_"')
  }
  const known = await accounts.findProjectBySlug(accountId, wish.slug)
  if (known !== null) {
    const why = known.deletedAt === null ? '' : ' It was deleted, and its slug stays its own.'
    throw new ParlorError('conflict', {
      message: `The account has a project "${wish.slug}" already.${why} Choose another slug.`,
    })
  }
  const project = newProject(clock, accountId, wish.slug, name)
  await accounts.insertProject(project)
  return project
}
