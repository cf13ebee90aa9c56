import { type Agent, archiveThing, createAgent } from '@parlor/core/agent'
import { ParlorError } from '@parlor/core/errors'
import type { App } from '../../http/app-types.ts'
import { once } from '../../http/idempotency.ts'
import { partReader } from './agent-parts.ts'
import * as answers from './answer-schemas.ts'
import { nameMissing } from './no-such.ts'
import { renameFaults } from './rename-faults.ts'
import { renderAgent } from './render-agent.ts'
import { renderList, windowFrom } from './render-list.ts'
import { superset } from './render-session.ts'
import { AgentQuery, CreateAgentBody, IdParams, type ListQuery } from './schemas.ts'
import { callerOf, readRoute, type WidgetWire, writeRoute } from './wire.ts'

const path = '/v1/agentic-avatars'
const one = { 200: answers.superset(answers.agent) }

/** Agentic avatars: Parlor's agents (contracts 1.4). */
export function registerAgents(app: App, wire: WidgetWire): void {
  const render = async (agents: Agent[]) => {
    const usage = await wire.agents.readUsage(agents.map((agent) => agent.id))
    const partsOf = partReader(wire)
    return Promise.all(agents.map(async (agent, index) => renderAgent(agent, await partsOf(agent), usage[index])))
  }
  const renderOne = async (agent: Agent) => superset((await render([agent]))[0] as ReturnType<typeof renderAgent>)
  const findOwn = async (accountId: string, id: string): Promise<Agent> => {
    const agent = await wire.agents.agents.find(id)
    if (agent !== null && agent.archivedAt === null && agent.accountId === accountId) return agent
    throw new ParlorError('not_found', { message: 'There is no agentic avatar with this id in your account.' })
  }

  app.post(
    path,
    { config: writeRoute, schema: { operationId: 'createAgenticAvatar', body: CreateAgentBody, response: one } },
    async (request, reply) => {
      const { account, key } = callerOf(request)
      const wanted = wantedFrom(request.body)
      return once(wire, request, reply, async () => {
        const owner = { accountId: account.id, projectId: key.projectId }
        const agent = await createAgent(wire.agents, wire.clock, { ...owner, ...wanted }).catch((error) => {
          throw renameFaults(error, (field) => [wireNames[field] ?? field])
        })
        return renderOne(agent)
      })
    },
  )
  app.get(
    path,
    {
      config: readRoute,
      schema: {
        operationId: 'listAgenticAvatars',
        querystring: AgentQuery,
        response: { 200: answers.listOf('agentic_avatars', answers.agent) },
      },
    },
    async (request) => {
      const window = windowFrom(request.query as ListQuery)
      // A deleted agent is in no list, and there is no other way to be inactive.
      if (request.query.status === 'inactive') return renderList('agentic_avatars', { items: [], total: 0 }, window)
      const found = await wire.agents.agents.list(callerOf(request).account.id, window.visibility, window.page)
      return renderList('agentic_avatars', { ...found, items: await render(found.items) }, window)
    },
  )
  app.get(
    `${path}/:id`,
    { config: readRoute, schema: { operationId: 'getAgenticAvatar', params: IdParams, response: one } },
    async (request) => renderOne(await findOwn(callerOf(request).account.id, request.params.id)),
  )
  app.delete(
    `${path}/:id`,
    {
      config: writeRoute,
      schema: {
        operationId: 'deleteAgenticAvatar',
        params: IdParams,
        response: { 200: answers.superset(answers.removed) },
      },
    },
    async (request) => {
      const { account } = callerOf(request)
      const { id } = request.params
      await archiveThing(wire.agents.agents, wire.clock, account.id, id).catch((error) => {
        throw nameMissing(error, 'agentic avatar')
      })
      const message = 'Agentic avatar deleted. Sessions that run go on until they expire or are ended.'
      return superset({ success: true, message, id, deleted_id: id })
    },
  )
}

function wantedFrom(body: CreateAgentBody) {
  const settings = body.settings ?? {}
  return {
    name: body.name,
    description: body.description ?? null,
    avatarId: body.avatar_id,
    voiceId: body.voice_id,
    brainId: body.brain_id,
    settings: {
      greeting: settings.greeting ?? null,
      personality: settings.personality ?? null,
      languages: settings.languages ?? [],
      maxConversationLength: settings.max_conversation_length ?? null,
    },
  }
}

const wireNames: Record<string, string> = { avatarId: 'avatar_id', voiceId: 'voice_id', brainId: 'brain_id' }
