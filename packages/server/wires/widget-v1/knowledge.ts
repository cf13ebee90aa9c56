import { createBase, findOwnBase, type KnowledgeBase, removeDocument } from '@parlor/conversation/knowledge'
import { isoSeconds } from '@parlor/core/time'
import type { FastifyRequest } from 'fastify'
import type { App } from '../../http/app-types.ts'
import { once } from '../../http/idempotency.ts'
import { registerDocuments } from './documents.ts'
import { renameFaults } from './rename-faults.ts'
import { renderBase, renderDocument } from './render-knowledge.ts'
import { renderList, windowFrom } from './render-list.ts'
import { superset } from './render-session.ts'
import { CreateKnowledgeBaseBody, DocumentParams, IdParams, ListQuery } from './schemas.ts'
import { callerOf, type WidgetWire } from './wire.ts'

const path = '/v1/knowledge-bases'
const read = { credential: { kind: 'secret_key', scope: 'read' } } as const
const write = { credential: { kind: 'secret_key', scope: 'write' } } as const

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
  registerDocuments(app, wire)
}
