import { type Brain, mayUse } from '@parlor/core/agent'
import { refuseField } from '@parlor/core/errors'
import { newId } from '@parlor/core/time'
import type { App } from '../../http/app-types.ts'
import { noSuch } from './parts.ts'
import { renderBrain } from './render-agent.ts'
import { renderList, windowFrom } from './render-list.ts'
import { superset } from './render-session.ts'
import { CreateBrainBody, IdParams, ListQuery } from './schemas.ts'
import { callerOf, type WidgetWire } from './wire.ts'

/** Brains: instructions, model and knowledge base (contracts 1.4, K10). */
export function registerBrains(app: App, wire: WidgetWire): void {
  const render = async (brain: Brain) =>
    renderBrain(brain, brain.knowledgeBaseId === null ? 0 : await wire.knowledge.countDocuments(brain.knowledgeBaseId))

  app.post(
    '/v1/brains',
    {
      config: { credential: { kind: 'secret_key', scope: 'write' } },
      schema: { operationId: 'createBrain', body: CreateBrainBody },
    },
    async (request) => {
      const { account } = callerOf(request)
      const brain = await makeBrain(wire, account.id, request.body)
      return superset(await render(brain))
    },
  )
  app.get(
    '/v1/brains',
    {
      config: { credential: { kind: 'secret_key', scope: 'read' } },
      schema: { operationId: 'listBrains', querystring: ListQuery },
    },
    async (request) => {
      const window = windowFrom(request.query as ListQuery)
      const found = await wire.agents.brains.list(callerOf(request).account.id, window.visibility, window.page)
      return renderList('brains', { ...found, items: await Promise.all(found.items.map(render)) }, window)
    },
  )
  app.get(
    '/v1/brains/:id',
    {
      config: { credential: { kind: 'secret_key', scope: 'read' } },
      schema: { operationId: 'getBrain', params: IdParams },
    },
    async (request) => {
      const brain = await wire.agents.brains.find(request.params.id)
      if (brain === null || !mayUse(brain, callerOf(request).account.id)) throw noSuch('brain')
      return superset(await render(brain))
    },
  )
}

async function makeBrain(wire: WidgetWire, accountId: string, body: CreateBrainBody): Promise<Brain> {
  const knowledgeBaseId = body.knowledge_base_id ?? null
  if (knowledgeBaseId !== null) {
    const base = await wire.knowledge.findBase(knowledgeBaseId)
    if (base === null || base.accountId !== accountId) {
      throw refuseField(['body', 'knowledge_base_id'], 'not_found', 'there is no such knowledge base in this account')
    }
  }
  const now = wire.clock.now()
  const brain: Brain = {
    id: newId(wire.clock),
    accountId,
    name: body.name,
    instructions: body.system_prompt,
    model: body.llm_name,
    knowledgeBaseId,
    isPublic: body.is_public ?? false,
    isActive: body.is_active ?? true,
    createdAt: now,
    updatedAt: now,
    archivedAt: null,
  }
  await wire.agents.brains.insert(brain)
  return brain
}
