import type { KeyOwner, Project } from '../account/index.ts'
import { refuseField } from '../errors/index.ts'
import { defaultDurationSeconds } from '../limits/index.ts'
import { type CreateSessionPorts, type IssuedSession, issueSession } from './issue-session.ts'
import type { RoomTerms } from './session.ts'

/** What a caller asks for who wants an avatar in a media room. */
export interface AvatarSessionWish {
  id?: string
  durationSeconds?: number
  endUserId?: string
  room: RoomTerms
}

/**
 * Makes a session whose avatar meets somebody in a media room. Whether its parts are the caller's was asked before. Without a wish
 * it lives as long as the account's limit allows (contracts Q7). Durable when it resolves.
 * @throws ParlorError `validation_failed` (duration, or nobody to meet: contracts Q3), `concurrency_reached`, `not_found`.
 */
export async function createAvatarSession(
  ports: CreateSessionPorts,
  owner: KeyOwner,
  wish: AvatarSessionWish,
  project: Project,
): Promise<IssuedSession> {
  const { room, id, endUserId } = wish
  if (room.host === null && room.consumer === null) {
    throw refuseField(['consumerIdentity'], 'missing', 'say who meets the avatar, or bring a media server as host')
  }
  if (room.brainId === null && room.remoteAgent === null) {
    throw refuseField(['agent'], 'missing', 'name an agent, or a remote agent that speaks through the avatar')
  }
  const ceilings = [owner.account.maxDurationSeconds, owner.key.maxDurationSeconds].filter((most) => most !== null)
  const durationSeconds = wish.durationSeconds ?? (ceilings.length > 0 ? Math.min(...ceilings) : defaultDurationSeconds)
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
