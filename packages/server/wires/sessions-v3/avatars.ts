import { createHash } from 'node:crypto'
import type { Avatar, Picture } from '@parlor/core/agent'
import { isoSeconds, newId } from '@parlor/core/time'
import Type from 'typebox'
import type { App } from '../../http/app-types.ts'
import { agentMark, renderAgent } from './agents.ts'
import { AvatarAnswer, nullable } from './answer-schemas.ts'
import { client, name, someOf, word, wordOrNull } from './body-fields.ts'
import { checkIdentity } from './check-identity.ts'
import type { WirePlace } from './place.ts'
import { pictureBodyLimit, readRefImage } from './ref-image.ts'
import { findOwn, noSuch, registerResource } from './resource.ts'
import type { AvatarWire } from './wire.ts'

export const AvatarBody = Type.Object({
  identity: word,
  name,
  refImage: Type.String({ description: 'A data URL of a PNG, JPEG, WebP or GIF of at most 5 MB' }),
  agentId: wordOrNull,
  client,
})
export type AvatarBody = Type.Static<typeof AvatarBody>

const { refImage: _, ...unpictured } = AvatarBody.properties
/** Without a picture the avatar keeps the one it has (contracts E15). */
const ChangeBody = someOf({ ...unpictured, refImage: nullable(AvatarBody.properties.refImage) })

/** The word these avatars are marked with. */
const avatarMark = 'avatar'

/** What this wire notes beside an avatar: who it is in a room, whose words it says, which picture it has. */
interface AvatarRemarks {
  identity: string
  agentId: string | null
  /** SHA-256 of the picture, hex; absent without one. */
  pictureDigest?: string
  updatedAt: number
}

/** An avatar that may be stored. */
export interface AvatarDraft {
  avatar: Avatar
  picture: Picture | null
}

/** Avatars: a look each; the picture that is given is its thumbnail (contracts 2.4, E5, E15). */
export function registerAvatars(app: App, wire: AvatarWire, place: WirePlace): void {
  registerResource(app, {
    wire,
    place,
    resource: {
      plural: 'avatars',
      noun: 'Avatar',
      madeAs: avatarMark,
      unknown: 'null',
      shelf: wire.agents.avatars,
      answer: AvatarAnswer,
      body: AvatarBody,
      bodyLimit: pictureBodyLimit,
      make: async ({ account }, body) => storeAvatar(wire, await draftAvatar(wire, account.id, body)),
      render: (avatar) => renderAvatar(wire, avatar),
      change: {
        body: ChangeBody,
        apply: async ({ account }, avatar, body) => {
          const draft = await withGiven(wire, account.id, { avatar, body })
          await storePicture(wire, draft)
          return draft.avatar
        },
      },
    },
  })
}

/**
 * An avatar as it would be stored; nothing is written. @throws ParlorError `validation_failed` or `payload_too_large` for its
 * picture, `not_found` for an agent that is not the account's.
 */
export function draftAvatar(wire: AvatarWire, accountId: string, body: AvatarBody): Promise<AvatarDraft> {
  const avatar: Avatar = {
    id: newId(wire.clock),
    accountId,
    name: body.name,
    description: null,
    gender: 'neutral',
    occupation: '',
    look: {},
    createdAt: wire.clock.now(),
    archivedAt: null,
    madeAs: avatarMark,
    client: null,
  }
  return withGiven(wire, accountId, { avatar, body })
}

/** Stores a draft; the picture first: an avatar that says it has one has it. Durable when it resolves. */
export async function storeAvatar(wire: AvatarWire, draft: AvatarDraft): Promise<Avatar> {
  await storePicture(wire, draft)
  await wire.agents.avatars.insert(draft.avatar)
  return draft.avatar
}

/** The digest of an avatar's picture, hex; null without one. */
export function pictureDigestOf(avatar: Avatar): string | null {
  return remarksOf(avatar).pictureDigest ?? null
}

/** Whom the avatar is in a room. */
export function identityOf(avatar: Avatar): string {
  return remarksOf(avatar).identity
}

/** The agent whose words it says where nobody names another. */
export function agentIdOf(avatar: Avatar): string | null {
  return remarksOf(avatar).agentId
}

export async function renderAvatar(wire: AvatarWire, avatar: Avatar) {
  const { identity, agentId, updatedAt } = remarksOf(avatar)
  const agent = agentId === null ? null : await wire.agents.brains.find(agentId)
  return {
    id: avatar.id,
    organizationId: avatar.accountId ?? '',
    identity,
    name: avatar.name,
    description: avatar.description ?? '',
    thumbnailUrl: pictureDigestOf(avatar) === null ? '' : `${wire.publicUrl.origin}/pictures/${avatar.id}`,
    agentId,
    client: avatar.client ?? null,
    ...(agent !== null && { agent: renderAgent(agent) }),
    createdAt: isoSeconds(avatar.createdAt),
    updatedAt: isoSeconds(updatedAt),
  }
}

/** Only what was given replaces what was there. */
async function withGiven(
  wire: AvatarWire,
  accountId: string,
  { avatar, body }: { avatar: Avatar; body: Type.Static<typeof ChangeBody> },
): Promise<AvatarDraft> {
  if (body.identity !== undefined) checkIdentity(body.identity, ['body', 'identity'])
  const picture = typeof body.refImage === 'string' ? readRefImage(body.refImage) : null
  const before = remarksOf(avatar)
  const agentId = body.agentId === undefined ? before.agentId : body.agentId
  if (agentId !== null && agentId !== before.agentId) {
    const agent = await findOwn(wire.agents.brains, accountId, { id: agentId, madeAs: agentMark })
    if (agent === null) throw noSuch('agent', 'agentId')
  }
  const remarks: AvatarRemarks = {
    ...before,
    identity: body.identity ?? before.identity,
    agentId,
    ...(picture !== null && { pictureDigest: createHash('sha256').update(picture.bytes).digest('hex') }),
    updatedAt: wire.clock.now(),
  }
  const { client = avatar.client ?? null } = body
  return { avatar: { ...avatar, name: body.name ?? avatar.name, client, remarks: { ...remarks } }, picture }
}

async function storePicture(wire: AvatarWire, { avatar, picture }: AvatarDraft): Promise<void> {
  if (picture !== null) await wire.agents.pictures.putPicture(avatar.id, picture)
}

/** An avatar that was made elsewhere has none of these; it goes by its id. */
function remarksOf(avatar: Avatar): AvatarRemarks {
  return { identity: avatar.id, agentId: null, updatedAt: avatar.createdAt, ...avatar.remarks }
}
