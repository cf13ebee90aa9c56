import type { Avatar } from '@parlor/core/agent'
import { isoSeconds, newId } from '@parlor/core/time'
import Type from 'typebox'
import type { App } from '../../http/app-types.ts'
import { FaceAnswer } from './answer-schemas.ts'
import { client } from './body-fields.ts'
import type { WirePlace } from './place.ts'
import { registerResource } from './resource.ts'
import type { AvatarWire } from './wire.ts'

/** The faces there are, as Parlor draws them. */
const faces = {
  byron: {
    name: 'Byron',
    gender: 'male',
    look: { skin: 'light', hair: 'brown', hair_shape: 'short', clothes: 'navy', background: 'sky', head: 'oval' },
  },
  emily: {
    name: 'Emily',
    gender: 'female',
    look: { skin: 'tan', hair: 'black', hair_shape: 'long', clothes: 'coral', background: 'mint', head: 'round' },
  },
} as const

const CreateFaceBody = Type.Object({
  identity: Type.Union([Type.Literal('byron'), Type.Literal('emily')]),
  client,
})

/** The word these avatars are marked with. */
export const faceMark = 'face'

/** Faces: looks of Parlor's own, drawn and so ready at once (contracts 2.4). */
export function registerFaces(app: App, wire: AvatarWire, place: WirePlace): void {
  const shelf = wire.agents.avatars
  registerResource(app, {
    wire,
    place,
    resource: {
      plural: 'faces',
      noun: 'Face',
      madeAs: faceMark,
      unknown: 'not_found',
      shelf,
      answer: FaceAnswer,
      body: CreateFaceBody,
      make: async ({ account }, { identity, client }) => {
        const face: Avatar = {
          id: newId(wire.clock),
          accountId: account.id,
          description: null,
          occupation: '',
          ...faces[identity],
          createdAt: wire.clock.now(),
          archivedAt: null,
          madeAs: faceMark,
          client: client ?? null,
          remarks: { identity },
        }
        await shelf.insert(face)
        return face
      },
      render: async (face) => renderFace(face),
    },
  })
}

export function renderFace(face: Avatar) {
  const createdAt = isoSeconds(face.createdAt)
  return {
    id: face.id,
    organizationId: face.accountId ?? '',
    identity: String(face.remarks?.identity ?? ''),
    status: 'ready',
    description: face.description,
    // There are no files of it: it is drawn while it is seen.
    thumbnailUrl: null,
    thumbnailNoBgUrl: null,
    referenceImgUrl: null,
    referenceImgNoBgUrl: null,
    videoUrl: null,
    client: face.client ?? null,
    createdAt,
    updatedAt: createdAt,
  }
}
