import { createBrain, type NewBrain } from '@parlor/conversation/brain'
import { archiveThing, type Brain, mayUse } from '@parlor/core/agent'
import type { App } from '../../http/app-types.ts'
import { once } from '../../http/idempotency.ts'
import * as answers from './answer-schemas.ts'
import { nameMissing, noSuch } from './no-such.ts'
import { renameFaults } from './rename-faults.ts'
import { brainType, renderBrain } from './render-agent.ts'
import { renderList, windowFrom } from './render-list.ts'
import { superset } from './render-session.ts'
import { BrainQuery, CreateBrainBody, IdParams, type ListQuery } from './schemas.ts'
import { callerOf, readRoute, type WidgetWire, writeRoute } from './wire.ts'

const one = { 200: answers.superset(answers.brain) }

/** Brains: instructions, model and knowledge base (contracts 1.4, K10). */
export function registerBrains(app: App, wire: WidgetWire): void {
  const render = async (brain: Brain) =>
    renderBrain(brain, brain.knowledgeBaseId === null ? 0 : await wire.knowledge.countDocuments(brain.knowledgeBaseId))

  app.post(
    '/v1/brains',
    {
      config: writeRoute,
      schema: { operationId: 'createBrain', body: CreateBrainBody, response: one },
    },
    async (request, reply) => {
      const { account } = callerOf(request)
      return once(wire, request, reply, async () => {
        const brain = await createBrain(wire, wantedFrom(account.id, request.body)).catch((error) => {
          throw renameFaults(error, (field) => [wireNames[field] ?? field])
        })
        return superset(await render(brain))
      })
    },
  )
  app.get(
    '/v1/brains',
    {
      config: readRoute,
      schema: {
        operationId: 'listBrains',
        querystring: BrainQuery,
        response: { 200: answers.listOf('brains', answers.brain) },
      },
    },
    async (request) => {
      const window = windowFrom(request.query as ListQuery)
      const { type = brainType } = request.query
      if (type !== brainType) return renderList('brains', { items: [], total: 0 }, window)
      const found = await wire.agents.brains.list(callerOf(request).account.id, window.visibility, window.page)
      return renderList('brains', { ...found, items: await Promise.all(found.items.map(render)) }, window)
    },
  )
  app.get(
    '/v1/brains/:id',
    {
      config: readRoute,
      schema: { operationId: 'getBrain', params: IdParams, response: one },
    },
    async (request) => {
      const brain = await wire.agents.brains.find(request.params.id)
      if (brain === null || !mayUse(brain, callerOf(request).account.id)) throw noSuch('brain')
      return superset(await render(brain))
    },
  )
  app.delete(
    '/v1/brains/:id',
    {
      config: writeRoute,
      schema: { operationId: 'deleteBrain', params: IdParams, response: { 200: answers.superset(answers.removed) } },
    },
    async (request) => {
      const { account } = callerOf(request)
      const { id } = request.params
      await archiveThing(wire.agents.brains, wire.clock, account.id, id).catch((error) => {
        throw nameMissing(error, 'brain')
      })
      const message = 'Brain deleted. Agentic avatars that have it keep it; new ones cannot take it.'
      return superset({ success: true, message, id, deleted_id: id })
    },
  )
}

function wantedFrom(accountId: string, body: CreateBrainBody): NewBrain {
  return {
    accountId,
    name: body.name,
    instructions: body.system_prompt,
    model: body.llm_name,
    knowledgeBaseId: body.knowledge_base_id ?? null,
    isPublic: body.is_public ?? false,
    isActive: body.is_active ?? true,
  }
}

const wireNames: Record<string, string> = { knowledgeBaseId: 'knowledge_base_id' }
