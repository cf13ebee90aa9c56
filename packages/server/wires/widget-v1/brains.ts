import { type Brain, mayUse } from '@parlor/core/agent'
import { refuseField } from '@parlor/core/errors'
import { newId } from '@parlor/core/time'
import type { App } from '../../http/app-types.ts'
import { once } from '../../http/idempotency.ts'
import * as answers from './answer-schemas.ts'
import { noSuch } from './no-such.ts'
import { renderBrain } from './render-agent.ts'
import { renderList, windowFrom } from './render-list.ts'
import { superset } from './render-session.ts'
import { CreateBrainBody, IdParams, ListQuery } from './schemas.ts'
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
      return once(wire, request, reply, async () =>
        superset(await render(await makeBrain(wire, account.id, request.body))),
      )
    },
  )
  app.get(
    '/v1/brains',
    {
      config: readRoute,
      schema: {
        operationId: 'listBrains',
        querystring: ListQuery,
        response: { 200: answers.listOf('brains', answers.brain) },
      },
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
      const brain = await wire.agents.brains.find(id)
      if (brain?.archivedAt !== null || brain.accountId !== account.id) throw noSuch('brain')
      await wire.agents.brains.archive(account.id, id, wire.clock.now())
      const message = 'Brain deleted. Agentic avatars that have it keep it; new ones cannot take it.'
      return superset({ success: true, message, id, deleted_id: id })
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
