import type { KeyOwner, Project } from '../account/index.ts'
import type { Agent } from '../agent/index.ts'
import { ParlorError, refuseField } from '../errors/index.ts'
import {
  type CreateSessionPorts,
  cannotRecall,
  type IssuedSession,
  issueSession,
  reissue,
  type SessionWish,
} from './issue-session.ts'

export interface CreatedSession extends IssuedSession {
  agent: Agent
}

/** What a caller asks for who keeps the conversation itself. */
export type ChatSessionWish = Pick<SessionWish, 'id' | 'durationSeconds' | 'endUserId' | 'operatorSessionId'> & {
  audience: string
}

/**
 * Makes a session for an agent of the caller's account and signs its token. Durable when it resolves.
 * @throws ParlorError `not_found` (agent), `validation_failed` (duration, sites), `concurrency_reached`.
 */
export async function createSession(
  ports: CreateSessionPorts,
  owner: KeyOwner,
  wish: SessionWish,
  project: Project,
): Promise<CreatedSession> {
  const agent = await ports.agents.agents.find(wish.agentId)
  if (agent === null || agent.archivedAt !== null || agent.accountId !== owner.account.id) {
    throw new ParlorError('not_found', {
      message: 'There is no such agent in this account. List yours to find its id.',
    })
  }
  return { agent, ...(await issueSession(ports, owner, wish, project)) }
}

/**
 * Makes a session in which the project's own agent answers: its newest, or its plain manner where it has none yet. Its
 * token names `audience` and is bound to it. Durable when it resolves.
 * @throws ParlorError `validation_failed` (duration, length, half a character in a name), `origin_refused` (strict project),
 * `concurrency_reached`.
 */
export async function createChatSession(
  ports: CreateSessionPorts,
  owner: KeyOwner,
  wish: ChatSessionWish,
  project: Project,
): Promise<IssuedSession> {
  if (wish.endUserId !== undefined) requireWhole(wish.endUserId)
  const agent = await ports.agents.agents.findNewest(project.id)
  const rest = { domains: [], origins: [], audioOnly: false, singleUse: false, metadata: null }
  const features = { voiceInput: false, textInput: true, knowledgeBase: true }
  return issueSession(
    ports,
    owner,
    { ...rest, ...wish, kind: 'chat', agentId: agent?.id ?? project.id, features },
    project,
  )
}

/** Stores keep half a character, and some a NUL, as something else: two people would become one, and see each other's chats. */
function requireWhole(endUserId: string): void {
  if (endUserId.isWellFormed() && !endUserId.includes('\0')) return
  throw refuseField(
    ['endUserId'],
    'invalid_text',
    'it has a NUL, or half a character where a name was cut; send it whole',
  )
}

/**
 * What creating a session answered, made again from its row: the same token to the byte, since the store keeps none.
 * @throws ParlorError `conflict` when the token's signing key has retired: nobody would take it any more.
 */
export async function recallSession(ports: CreateSessionPorts, id: string): Promise<CreatedSession> {
  const issued = await reissue(ports, id)
  const agent = await ports.agents.agents.find(issued.session.agentId)
  if (agent === null) throw cannotRecall()
  return { ...issued, agent }
}
