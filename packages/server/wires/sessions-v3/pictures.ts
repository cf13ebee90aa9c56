import { ParlorError } from '@parlor/core/errors'
import Type from 'typebox'
import type { App } from '../../http/app-types.ts'
import { pictureDigestOf } from './avatars.ts'
import type { AvatarWire } from './wire.ts'

/**
 * `GET /pictures/:id`: the picture of an avatar, for `<img>` on anybody's page, hence without a credential: the id is not to be
 * guessed. That of an archived avatar, too, since old sessions still show it.
 */
export function registerPictures(app: App, { agents }: Pick<AvatarWire, 'agents'>): void {
  app.get(
    '/pictures/:id',
    { config: { credential: { kind: 'none' } }, schema: { params: Type.Object({ id: Type.String() }) } },
    async (request, reply) => {
      const avatar = await agents.avatars.find(request.params.id)
      const digest = avatar === null ? null : pictureDigestOf(avatar)
      if (avatar === null || digest === null) throw noPicture()
      const tag = `"${digest}"`
      // Another picture may take its place under the same address.
      reply.headers({
        etag: tag,
        'cache-control': 'public, max-age=60',
        'cross-origin-resource-policy': 'cross-origin',
      })
      if (request.headers['if-none-match']?.includes(tag)) return reply.code(304).send()
      const picture = await agents.pictures.findPicture(avatar.id)
      if (picture === null) throw noPicture()
      // A customer's bytes on Parlor's origin: an image they were when they came, and nothing but one they may become.
      reply.headers({
        'content-type': picture.type,
        'x-content-type-options': 'nosniff',
        'content-security-policy': "default-src 'none'; sandbox",
      })
      return reply.send(Buffer.from(picture.bytes))
    },
  )
}

function noPicture(): ParlorError {
  return new ParlorError('not_found', { message: 'There is no picture at this address.' })
}
