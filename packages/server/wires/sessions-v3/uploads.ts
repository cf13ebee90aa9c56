import { largestDocument, receiveDocument } from '@parlor/conversation/knowledge'
import { ParlorError } from '@parlor/core/errors'
import type { FastifyRequest } from 'fastify'
import Type from 'typebox'
import type { App } from '../../http/app-types.ts'
import { renderDocument } from './documents.ts'
import { readUpload } from './upload-token.ts'
import type { AvatarWire } from './wire.ts'

/** A little above what a document may have, so that one just over it hears of its own limit. */
const bodyLimit = largestDocument + 1024 * 1024
const UploadParams = Type.Object({ token: Type.String() })

/**
 * `PUT /uploads/:token`: the bytes of a document that was announced, read and indexed when it answers. The token, which is in the
 * address the announcement answered, is the only credential; it is asked before the bytes are taken in.
 */
export function registerUploads(app: App, wire: AvatarWire): void {
  // In a scope of its own, so that no other operation learns to take any body there is.
  app.register(async (scope) => {
    scope.removeAllContentTypeParsers()
    scope.addContentTypeParser('*', { parseAs: 'buffer' }, (_request, body, done) => done(null, body))
    scope.put(
      '/uploads/:token',
      {
        bodyLimit,
        config: { credential: { kind: 'none' } },
        schema: { params: UploadParams },
        onRequest: async (request) => void (await openedBy(wire, request)),
      },
      async (request) => {
        const { base, ticket } = await openedBy(wire, request)
        const bytes = Buffer.isBuffer(request.body) ? request.body : Buffer.alloc(0)
        const { documentId, mediaType } = ticket
        return renderDocument(await receiveDocument(wire, base, { documentId, mediaType, bytes }))
      },
    )
  })
}

/** What the token in the address opens, as long as its base is there and its account may be served. */
async function openedBy(wire: AvatarWire, request: FastifyRequest) {
  const { token } = request.params as Type.Static<typeof UploadParams>
  const { projectId, ticket } = await readUpload(wire, token)
  const base = await wire.knowledge.findBase(ticket.baseId)
  if (base?.projectId !== projectId) {
    throw new ParlorError('not_found', { message: 'The knowledge base of this upload is gone.' })
  }
  const account = await wire.accounts.findAccount(base.accountId)
  if (account === null || account.suspendedAt !== null) throw new ParlorError('account_suspended')
  return { base, ticket }
}
