import { createBase, findOwnBase } from '@parlor/conversation/knowledge'
import Type from 'typebox'
import type { App } from '../../http/app-types.ts'
import { once } from '../../http/idempotency.ts'
import * as answers from './answer-schemas.ts'
import { renameFaults } from './rename-faults.ts'
import { renderBase } from './render-knowledge.ts'
import { renderList, windowFrom } from './render-list.ts'
import { superset } from './render-session.ts'
import { CreateKnowledgeBaseBody, IdParams, ListQuery } from './schemas.ts'
import { callerOf, readRoute, type WidgetWire, writeRoute } from './wire.ts'

/** Older spellings of knowledge base operations, over the same store (contracts K11), and their removal. */
export function registerKnowledgeAliases(app: App, wire: WidgetWire): void {
  app.get(
    '/v1/streaming/knowledge_base/list',
    { config: readRoute, schema: { operationId: 'listKnowledgeBasesAtDocumentedPath', querystring: ListQuery } },
    async (request) => {
      const window = windowFrom(request.query as ListQuery)
      const found = await wire.knowledge.listBases(callerOf(request).account.id, window.page)
      const counts = await Promise.all(found.items.map((base) => wire.knowledge.countDocuments(base.id)))
      const items = found.items.map((base, index) => renderBase(base, counts[index] ?? 0))
      return renderList('knowledge_bases', { ...found, items }, window)
    },
  )
  app.post(
    '/v1/streaming/knowledge_base/create',
    {
      config: writeRoute,
      schema: {
        operationId: 'createKnowledgeBaseAtDocumentedPath',
        body: CreateKnowledgeBaseBody,
        response: {
          200: Type.Object({
            knowledge_base_id: Type.String(),
            name: Type.String(),
            status: Type.String(),
            message: Type.String(),
          }),
        },
      },
    },
    async (request, reply) =>
      once(wire, request, reply, async () => {
        const { account, key } = callerOf(request)
        const { name, description = null } = request.body
        const owner = { accountId: account.id, projectId: key.projectId }
        const base = await createBase(wire, { ...owner, name, description }).catch((error) => {
          throw renameFaults(error, (field) => [field])
        })
        return { knowledge_base_id: base.id, name: base.name, status: 'created', message: 'Knowledge base created.' }
      }),
  )
  app.delete(
    '/v1/knowledge-bases/:id',
    {
      config: writeRoute,
      schema: {
        operationId: 'deleteKnowledgeBase',
        params: IdParams,
        response: { 200: answers.superset(answers.removed) },
      },
    },
    async (request) => {
      const { account } = callerOf(request)
      const { id } = await findOwnBase(wire, account.id, request.params.id)
      await wire.knowledge.removeBase(account.id, id)
      return superset({ success: true, message: 'Knowledge base deleted with its documents.', id, deleted_id: id })
    },
  )
}
