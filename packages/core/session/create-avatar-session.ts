import type { KeyOwner, Project } from '../account/index.ts'
import { refuseField } from '../errors/index.ts'
import { chooseDuration, defaultDurationSeconds } from '../limits/index.ts'
import { type CreateSessionPorts, type IssuedSession, issueSession } from './issue-session.ts'
import type { RoomTerms } from './session.ts'

/** What a caller asks for who wants an avatar in a media room. */
export interface AvatarSessionWish {
  id?: string
  durationSeconds?: number
  endUserId?: string
  room: RoomTerms
}

/** What is known of a wish before its parts are made. */
export type AvatarSessionPlan = Pick<AvatarSessionWish, 'durationSeconds'> &
  Pick<RoomTerms, 'consumer' | 'remoteAgent'> & { hasHost: boolean; hasAgent: boolean }

/**
 * Whether such a session may be made, and how long it will live, in seconds: without a wish as long as the account's limit allows
 * (contracts Q7). Asked before its parts are made, so that a refusal leaves none behind.
 * @throws ParlorError `validation_failed` (duration, nobody to meet: contracts Q3, nobody to speak).
 */
export function checkAvatarSession({ account, key }: KeyOwner, plan: AvatarSessionPlan): number {
  if (!plan.hasHost && plan.consumer === null) {
    throw refuseField(['consumerIdentity'], 'missing', 'say who meets the avatar, or bring a media server as host')
  }
  if (!plan.hasAgent && plan.remoteAgent === null) {
    throw refuseField(['agent'], 'missing', 'name an agent, or a remote agent that speaks through the avatar')
  }
  const ceilings = [account.maxDurationSeconds, key.maxDurationSeconds].filter((most) => most !== null)
  const wish = plan.durationSeconds ?? (ceilings.length > 0 ? Math.min(...ceilings) : defaultDurationSeconds)
  return chooseDuration(wish, ceilings, ['durationSeconds'])
}

/**
 * Makes a session whose avatar meets somebody in a media room. Whether its parts are the caller's was asked before. Durable
 * when it resolves.
 * @throws ParlorError `validation_failed` as {@link checkAvatarSession} says, `concurrency_reached`, `not_found` (deleted project).
 */
export async function createAvatarSession(
  ports: CreateSessionPorts,
  owner: KeyOwner,
  wish: AvatarSessionWish,
  project: Project,
): Promise<IssuedSession> {
  const { room, id, endUserId } = wish
  const durationSeconds = checkAvatarSession(owner, {
    ...wish,
    ...room,
    hasHost: room.host !== null,
    hasAgent: room.brainId !== null,
  })
  return issueSession(
    ports,
    owner,
    {
      ...(id !== undefined && { id }),
      kind: 'avatar',
      agentId: room.avatarId,
      durationSeconds,
      domains: [],
      origins: [],
      features: { voiceInput: true, textInput: true, knowledgeBase: true },
      audioOnly: false,
      // The consumer is its one visitor: whoever comes back under that identity goes on with the same talk.
      singleUse: true,
      metadata: null,
      ...(endUserId !== undefined && { endUserId }),
      room,
    },
    project,
  )
}
