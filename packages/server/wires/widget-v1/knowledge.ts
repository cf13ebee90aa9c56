import multipart from '@fastify/multipart'
import {
  addDocument,
  createBase,
  findOwnBase,
  type KnowledgeBase,
  removeDocument,
} from '@parlor/conversation/knowledge'
import { ParlorError } from '@parlor/core/errors'
import { isoSeconds } from '@parlor/core/time'
import type { FastifyRequest } from 'fastify'
import type { App } from '../../http/app-types.ts'
import { once } from '../../http/idempotency.ts'
import { renameFaults } from './rename-faults.ts'
import { renderBase, renderDocument } from './render-knowledge.ts'
import { renderList, windowFrom } from './render-list.ts'
import { superset } from './render-session.ts'
import { AddDocumentBody, CreateKnowledgeBaseBody, DocumentParams, IdParams, ListQuery } from './schemas.ts'
import { callerOf, type WidgetWire } from './wire.ts'

const path = '/v1/knowledge-bases'
const read = { credential: { kind: 'secret_key', scope: 'read' } } as const
const write = { credential: { kind: 'secret_key', scope: 'write' } } as const
/** A document's own limit is below this; JSON escapes may make its body longer than the document. */
const uploadLimitBytes = 12 * 1024 * 1024

/** Knowledge bases and their documents (contracts 1.4, K11; design 8). */
export function registerKnowledge(app: App, wire: WidgetWire): void {
  const ownBase = (request: FastifyRequest, id: string) => findOwnBase(wire, callerOf(request).account.id, id)
  const render = async (base: KnowledgeBase) => renderBase(base, await wire.knowledge.countDocuments(base.id))

  app.post(
    path,
    { config: write, schema: { operationId: 'createKnowledgeBase', body: CreateKnowledgeBaseBody } },
    async (request, reply) =>
      once(wire, request, reply, async () => {
        const { account, key } = callerOf(request)
        const { name, description = null } = request.body
        const base = await createBase(wire, {
          accountId: account.id,
          projectId: key.projectId,
          name,
          description,
        }).catch((error) => {
          throw renameFaults(error, (field) => [field])
        })
        return { ...superset(await render(base)), knowledge_base_id: base.id }
      }),
  )
  app.get(
    path,
    { config: read, schema: { operationId: 'listKnowledgeBases', querystring: ListQuery } },
    async (request) => {
      const window = windowFrom(request.query as ListQuery)
      const found = await wire.knowledge.listBases(callerOf(request).account.id, window.page)
      return renderList('knowledge_bases', { ...found, items: await Promise.all(found.items.map(render)) }, window)
    },
  )
  app.get(
    `${path}/:id`,
    { config: read, schema: { operationId: 'getKnowledgeBase', params: IdParams } },
    async (request) => superset(await render(await ownBase(request, request.params.id))),
  )
  app.get(
    `${path}/:id/documents`,
    { config: read, schema: { operationId: 'listDocuments', params: IdParams, querystring: ListQuery } },
    async (request) => {
      const window = windowFrom(request.query as ListQuery)
      const base = await ownBase(request, request.params.id)
      const found = await wire.knowledge.listDocuments(base.id, window.page)
      return renderList('documents', { ...found, items: found.items.map(renderDocument) }, window)
    },
  )
  app.delete(
    `${path}/:id/documents/:document_id`,
    { config: write, schema: { operationId: 'deleteDocument', params: DocumentParams } },
    async (request) => {
      const base = await ownBase(request, request.params.id)
      await removeDocument(wire, base, request.params.document_id)
      const answer = { success: true, message: 'Document removed', deleted_id: request.params.document_id }
      return { ...superset(answer), removed_at: isoSeconds(wire.clock.now()) }
    },
  )
  registerUpload(app, wire)
}

/** `POST …/documents`: JSON `{ name, text }` or one multipart `file`. When it answers 2xx the document is searchable. */
function registerUpload(app: App, wire: WidgetWire): void {
  // In a scope of its own, so that no other operation learns to take multipart bodies.
  app.register(async (scope) => {
    // A document's name may hold folders, so the file name is taken whole; the verb refuses what climbs out.
    await scope.register(multipart, { preservePath: true, limits: { files: 1, fields: 5, fileSize: uploadLimitBytes } })
    scope.post(
      `${path}/:id/documents`,
      {
        config: write,
        bodyLimit: uploadLimitBytes,
        schema: {
          operationId: 'addDocument',
          params: IdParams,
          body: { content: { 'application/json': { schema: AddDocumentBody } } },
        },
      },
      async (request) => {
        const { id } = request.params as { id: string }
        const base = await findOwnBase(wire, callerOf(request).account.id, id)
        const input = request.isMultipart()
          ? await readFile(request)
          : readJson(request.body as AddDocumentBody | undefined)
        const added = await addDocument(wire, base, input).catch((error) => {
          throw renameFaults(error, (field) => [field])
        })
        const { outcome, document, chunks } = added
        return superset({ ...renderDocument(document), outcome, chunk_count: chunks })
      },
    )
  })
}

async function readFile(request: FastifyRequest) {
  const file = await request.file()
  if (file === undefined || file.fieldname !== 'file') {
    throw new ParlorError('validation_failed', {
      message: 'file: send the document as a form field named "file".',
      faults: [{ path: ['body', 'file'], type: 'missing', message: 'send the document as a form field named "file"' }],
    })
  }
  return { name: file.filename, bytes: await file.toBuffer(), mediaType: file.mimetype }
}

function readJson(body: AddDocumentBody | undefined) {
  if (body === undefined) {
    throw new ParlorError('validation_failed', {
      message: 'Send JSON { name, text }, or a multipart form with the field "file".',
      faults: [{ path: ['body'], type: 'missing', message: 'send JSON { name, text } or a multipart file' }],
    })
  }
  const { name, text, media_type, url = null } = body
  return { name, text, url, ...(media_type !== undefined && { mediaType: media_type }) }
}
