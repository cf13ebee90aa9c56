import type { ChatUser } from '@parlor/conversation/chat'
import type { Project } from '@parlor/core/account'
import { ParlorError } from '@parlor/core/errors'
import type { FastifyRequest } from 'fastify'
import type { Credential } from '../http/app-types.ts'

/** Whose call this is: a key's or an operator's, or else the session's whose token came. */
export function whoCalls(request: FastifyRequest): { user: ChatUser; project: Project } {
  const { project, caller, chatSession } = request
  if (project === null) throw new ParlorError('internal', { cause: new Error('the route found no project') })
  const session = caller === null ? chatSession : null
  return { project, user: { accountId: project.accountId, projectId: project.id, session } }
}

/** The first credential that came decides (contracts 3.7). */
export const talks: Credential = {
  kind: 'one_of',
  firstPresent: true,
  ways: [{ by: 'operator', project: true }, { by: 'key', scope: 'chat', project: true }, { by: 'chat_token' }],
}

export const reads: Credential = { kind: 'one_of', ways: [{ by: 'operator', project: true }, { by: 'chat_token' }] }

export const loads: Credential = {
  kind: 'one_of',
  ways: [{ by: 'operator', project: true }, { by: 'chat_token' }, { by: 'key', scope: 'producer', project: true }],
}
