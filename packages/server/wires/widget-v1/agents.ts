import { createAgent } from '@parlor/core/agent'
import { ParlorError } from '@parlor/core/errors'
import type { App } from '../../http/app-types.ts'
import { renameFaults } from './rename-faults.ts'
import { renderAgent } from './render-agent.ts'
import { renderList, windowFrom } from './render-list.ts'
import { superset } from './render-session.ts'
import { CreateAgentBody, IdParams, ListQuery } from './schemas.ts'
import { callerOf, type WidgetWire } from './wire.ts'

const path = '/v1/agentic-avatars'

/** Agentic avatars: Parlor's agents (contracts 1.4). */
export function registerAgents(app: App, wire: WidgetWire): void {
  app.post(
    path,
    {
      config: { credential: { kind: 'secret_key', scope: 'write' } },
      schema: { operationId: 'createAgenticAvatar', body: CreateAgentBody },
    },
    async (request) => {
      const { account, key } = callerOf(request)
      const { body } = request
      const agent = await createAgent(wire.agents, wire.clock, {
        accountId: account.id,
        projectId: key.projectId,
        name: body.name,
        description: body.description ?? null,
        avatarId: body.avatar_id,
        voiceId: body.voice_id,
        brainId: body.brain_id,
        settings: settingsFrom(body.settings ?? {}),
      }).catch((error) => {
        throw renameFaults(error, (field) => [wireNames[field] ?? field])
      })
      return superset(renderAgent(agent))
    },
  )
  app.get(
    path,
    {
      config: { credential: { kind: 'secret_key', scope: 'read' } },
      schema: { operationId: 'listAgenticAvatars', querystring: ListQuery },
    },
    async (request) => {
      const window = windowFrom(request.query as ListQuery)
      const found = await wire.agents.agents.list(callerOf(request).account.id, window.visibility, window.page)
      return renderList('agentic_avatars', { ...found, items: found.items.map(renderAgent) }, window)
    },
  )
  app.get(
    `${path}/:id`,
    {
      config: { credential: { kind: 'secret_key', scope: 'read' } },
      schema: { operationId: 'getAgenticAvatar', params: IdParams },
    },
    async (request) => {
      const agent = await wire.agents.agents.find(request.params.id)
      if (agent === null || agent.archivedAt !== null || agent.accountId !== callerOf(request).account.id) {
        throw new ParlorError('not_found', { message: 'There is no agentic avatar with this id in your account.' })
      }
      return superset(renderAgent(agent))
    },
  )
}

function settingsFrom(settings: NonNullable<CreateAgentBody['settings']>) {
  return {
    greeting: settings.greeting ?? null,
    personality: settings.personality ?? null,
    languages: settings.languages ?? [],
    maxConversationLength: settings.max_conversation_length ?? null,
  }
}

const wireNames: Record<string, string> = { avatarId: 'avatar_id', voiceId: 'voice_id', brainId: 'brain_id' }
