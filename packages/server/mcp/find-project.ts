import type { AccountStore, Project } from '@parlor/core/account'
import { ParlorError } from '@parlor/core/errors'
import type { FastifyRequest } from 'fastify'

/**
 * The project the path names, if whoever calls may use it. One that does not exist and one that is somebody else's are the
 * same refusal.
 * @throws ParlorError `forbidden`.
 */
export async function findNamedProject(
  accounts: Pick<AccountStore, 'findProjectBySlug'>,
  { caller, operatorSessionId, project: ofToken }: FastifyRequest,
  slug: string,
): Promise<Project> {
  if (caller === null) {
    if (ofToken !== null && ofToken.slug === slug) return ofToken
    throw new ParlorError('forbidden', {
      message: `This token is for another project: call /mcp/${ofToken?.slug ?? ''} with it.`,
    })
  }
  const project = await accounts.findProjectBySlug(caller.account.id, slug)
  if (project === null || project.deletedAt !== null) {
    throw new ParlorError('forbidden', { message: 'The account has no project of this slug. List its projects.' })
  }
  const isBound = operatorSessionId === null && !caller.key.isAccountWide
  if (isBound && caller.key.projectId !== project.id) {
    throw new ParlorError('forbidden', { message: `This key is for another project than "${project.slug}".` })
  }
  return project
}
