import {
  awaitDocument,
  documentState,
  findOwnBase,
  type KnowledgeBase,
  type KnowledgeDocument,
  reindexDocument,
  removeDocument,
  wasFetched,
} from '@parlor/conversation/knowledge'
import { ParlorError } from '@parlor/core/errors'
import { isoSeconds } from '@parlor/core/time'
import type { FastifyRequest } from 'fastify'
import Type from 'typebox'
import type { App } from '../../http/app-types.ts'
import { type Keeping, once } from '../../http/idempotency.ts'
import { DocumentAnswer, UploadAnswer } from './answer-schemas.ts'
import { prose } from './body-fields.ts'
import { callerOf, named, type WirePlace, writeRoute } from './place.ts'
import { noSuch } from './resource.ts'
import { signUpload, type UploadTicket, uploadSeconds } from './upload-token.ts'
import type { AvatarWire } from './wire.ts'

const AddDocumentBody = Type.Object({
  name: Type.String({ minLength: 1, maxLength: 300 }),
  description: prose,
  mimeType: Type.String({ maxLength: 200, pattern: '^[\\w.+-]+/[\\w.+-]+( *;[ -~]*)?$' }),
})
const IdParams = Type.Object({ id: Type.String() })
const DocumentParams = Type.Object({ id: Type.String(), doc: Type.String() })

/**
 * Documents of a base (contracts 2.4). Adding one announces it: it is listed as `pending`, and its bytes are to be PUT to the
 * address in the answer, which reads and indexes them at once. `…/index` therefore only says how far the document has come, and
 * reads again what Parlor got from an address by itself: what was sent in was read when it came.
 */
export function registerDocuments(app: App, wire: AvatarWire, place: WirePlace): void {
  const path = `${place.prefix}/knowledge-bases/:id/documents`
  const response = { 200: DocumentAnswer } as object
  app.post(
    path,
    {
      config: writeRoute,
      schema: {
        ...named(place, 'addDocument'),
        params: IdParams,
        body: AddDocumentBody,
        response: { 201: UploadAnswer } as object,
      },
    },
    async (request, reply) => {
      const base = await ownBase(wire, request, request.params.id)
      const { mimeType: mediaType, ...announced } = request.body
      const run = async (): Promise<Announced> => {
        const document = await awaitDocument(wire, base, { ...announced, mediaType })
        const issuedAt = Math.floor(wire.clock.now() / 1000)
        return { document, ticket: { baseId: base.id, documentId: document.id, mediaType, issuedAt } }
      }
      const announcement = await once(wire, request, reply, run, keepTicket(wire))
      return reply.code(201).send(await renderUpload(wire, base, announcement))
    },
  )
  app.patch(
    `${path}/:doc/index`,
    { config: writeRoute, schema: { ...named(place, 'indexDocument'), params: DocumentParams, response } },
    async (request) => {
      const base = await ownBase(wire, request, request.params.id)
      const document = await findDocument(wire, base, request.params.doc)
      if (!wasFetched(document)) return renderDocument(document)
      return renderDocument((await reindexDocument(wire, base, document.id)).document)
    },
  )
  app.delete(
    `${path}/:doc`,
    { config: writeRoute, schema: { ...named(place, 'deleteDocument'), params: DocumentParams, response } },
    async (request) => {
      const base = await ownBase(wire, request, request.params.id)
      const document = await findDocument(wire, base, request.params.doc)
      await removeDocument(wire, base, document.id)
      return renderDocument(document)
    },
  )
}

const statuses = { awaited: 'pending', ready: 'ready', refused: 'error' } as const

export function renderDocument(document: KnowledgeDocument) {
  const known = documentState(document)
  return {
    id: document.id,
    knowledgeBaseId: document.knowledgeBaseId,
    name: document.name,
    description: document.description ?? '',
    size: document.bytes,
    status: statuses[known.state],
    ...(known.state === 'refused' && { reason: known.reason }),
    createdAt: isoSeconds(document.createdAt),
    updatedAt: isoSeconds(document.updatedAt),
  }
}

interface Announced {
  document: KnowledgeDocument
  ticket: UploadTicket
}

/** The token is not kept for a repeated request: it is signed again. */
function keepTicket({ knowledge }: AvatarWire): Keeping<Announced> {
  return {
    refer: ({ ticket }) => JSON.stringify(ticket),
    recall: async (reference) => {
      const ticket = JSON.parse(reference) as UploadTicket
      const document = await knowledge.findDocument(ticket.documentId)
      if (document !== null) return { document, ticket }
      throw new ParlorError('conflict', { message: 'The document this request added was deleted. Use a new key.' })
    },
  }
}

async function renderUpload(wire: AvatarWire, base: KnowledgeBase, { document, ticket }: Announced) {
  const token = await signUpload(wire, base.projectId, ticket)
  return {
    document: renderDocument(document),
    uploadUrl: `${wire.publicUrl.origin}/uploads/${token}`,
    expireAt: isoSeconds((ticket.issuedAt + uploadSeconds) * 1000),
  }
}

function ownBase(wire: AvatarWire, request: FastifyRequest, id: string): Promise<KnowledgeBase> {
  return findOwnBase(wire, callerOf(request).account.id, id)
}

async function findDocument({ knowledge }: AvatarWire, base: KnowledgeBase, id: string): Promise<KnowledgeDocument> {
  const document = await knowledge.findDocument(id)
  if (document?.knowledgeBaseId === base.id) return document
  throw noSuch('document')
}
