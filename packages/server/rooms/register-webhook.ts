import { ParlorError } from '@parlor/core/errors'
import type { RoomHint, RoomServer } from '@parlor/core/room'
import type { App } from '../http/app-types.ts'

export interface WebhookPorts {
  server: Pick<RoomServer, 'readHint'> | null
  hear(hint: RoomHint): void
}

/** What media servers call their messages; their bodies are read as they came, since they are signed. */
const contentType = 'application/webhook+json'
const bodyLimitBytes = 64 * 1024

/**
 * `POST /livekit/webhook`: what the media server says of its rooms, signed with its key. It only makes Parlor look sooner: a
 * message that is late, twice or missing changes nothing.
 */
export async function registerWebhook(app: App, { server, hear }: WebhookPorts): Promise<void> {
  await app.register(async (scope) => {
    scope.removeAllContentTypeParsers()
    scope.addContentTypeParser([contentType, 'application/json'], { parseAs: 'string' }, (_request, body, done) => {
      done(null, body)
    })
    scope.post(
      '/livekit/webhook',
      { config: { credential: { kind: 'room_server' } }, bodyLimit: bodyLimitBytes },
      async (request, reply) => {
        if (server === null) {
          throw new ParlorError('unavailable', { message: 'This installation has no media server (LIVEKIT_URL).' })
        }
        const body = typeof request.body === 'string' ? request.body : ''
        const hint = await server.readHint(body, request.headers.authorization)
        if (hint !== null) hear(hint)
        return reply.code(204).send()
      },
    )
  })
}
