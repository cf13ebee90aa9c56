import { extractiveModel } from '@parlor/conversation/brain'
import type { Brain } from '@parlor/core/agent'
import { type Clock, isoSeconds, newId } from '@parlor/core/time'
import Type from 'typebox'
import type { App } from '../../http/app-types.ts'
import { AgentAnswer, nullable } from './answer-schemas.ts'
import { client, instructions, name, prose, someOf, wordOrNull } from './body-fields.ts'
import type { WirePlace } from './place.ts'
import { registerResource } from './resource.ts'
import type { AvatarWire } from './wire.ts'

const flag = Type.Optional(nullable(Type.Boolean()))
/** Kept and given back; Parlor's own brain answers, whoever was named. */
const kept = {
  model: wordOrNull,
  voice: wordOrNull,
  greetingMsg: Type.Optional(nullable(prose)),
  remoteId: wordOrNull,
  search: flag,
  emotions: flag,
  memory: flag,
}

export const AgentBody = Type.Object({
  provider: Type.Union(['openai', 'gemini', 'elevenlabs'].map((word) => Type.Literal(word))),
  name: Type.Optional(nullable(name)),
  client,
  instructions: Type.Optional(nullable(instructions)),
  ...kept,
})
export type AgentBody = Type.Static<typeof AgentBody>

const ChangeBody = someOf(AgentBody.properties)

/** The word agents' brains are marked with. */
export const agentMark = 'agent'

/** Agents: a brain each, with what the caller said of it in its remarks (contracts 2.4). */
export function registerAgents(app: App, wire: AvatarWire, place: WirePlace): void {
  const { clock } = wire
  const shelf = wire.agents.brains
  registerResource(app, {
    wire,
    place,
    resource: {
      plural: 'agents',
      noun: 'Agent',
      madeAs: agentMark,
      unknown: 'null',
      shelf,
      answer: AgentAnswer,
      body: AgentBody,
      lift: liftConfig,
      make: async ({ account }, body) => {
        const agent = draftAgent(clock, account.id, body)
        await shelf.insert(agent)
        return agent
      },
      render: async (brain) => renderAgent(brain),
      change: {
        body: ChangeBody,
        apply: async (_owner, brain, body) => ({ ...withGiven(brain, body), updatedAt: clock.now() }),
      },
    },
  })
}

/** An agent as it would be stored; nothing is written. */
export function draftAgent(clock: Clock, accountId: string, body: AgentBody): Brain {
  const now = clock.now()
  const fresh: Brain = {
    id: newId(clock),
    accountId,
    name: 'Agent',
    instructions: '',
    model: modelFor(undefined),
    knowledgeBaseId: null,
    isPublic: false,
    isActive: true,
    createdAt: now,
    updatedAt: now,
    archivedAt: null,
    madeAs: agentMark,
    client: null,
  }
  return withGiven(fresh, body)
}

/** Older pages nest most fields in `config` (contracts E9); what stands beside it wins. */
export function liftConfig(body: unknown): unknown {
  if (!isPlain(body) || !isPlain(body.config)) return body
  const { config, ...beside } = body
  return { ...config, ...beside }
}

/** The model of a brain for the one somebody named: a name of another service's is no reason to ask for it here. */
export function modelFor(asked: string | null | undefined): string {
  return asked === extractiveModel ? extractiveModel : 'default'
}

export function renderAgent(brain: Brain) {
  // Written by `withGiven` alone.
  const remarks = (brain.remarks ?? {}) as Partial<Record<keyof typeof kept | 'provider', unknown>>
  const { provider, search, emotions, memory, ...texts } = remarks
  return {
    id: brain.id,
    organizationId: brain.accountId ?? '',
    provider: String(provider ?? ''),
    name: brain.name,
    client: brain.client ?? null,
    ...(brain.instructions !== '' && { instructions: brain.instructions }),
    ...Object.fromEntries(Object.entries(texts).filter(([, text]) => text !== null)),
    search: search === true,
    emotions: emotions === true,
    memory: memory === true,
    createdAt: isoSeconds(brain.createdAt),
    updatedAt: isoSeconds(brain.updatedAt),
  }
}

/** Only what was given replaces what was there. */
function withGiven(brain: Brain, body: Type.Static<typeof ChangeBody>): Brain {
  const given = Object.keys({ provider: true, ...kept }).flatMap((field) => {
    const value = body[field as keyof typeof body]
    return value === undefined ? [] : [[field, value]]
  })
  return {
    ...brain,
    name: body.name ?? brain.name,
    instructions: body.instructions === undefined ? brain.instructions : (body.instructions ?? ''),
    ...(body.model !== undefined && { model: modelFor(body.model) }),
    ...(body.client !== undefined && { client: body.client }),
    remarks: { ...brain.remarks, ...Object.fromEntries(given) },
  }
}

function isPlain(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}
