import Type from 'typebox'
import { manyLines, oneLine } from '../../http/text-patterns.ts'
import { AgentBody } from './agents.ts'
import { AgentAnswer, AvatarAnswer, KnowledgeBaseAnswer, nullable } from './answer-schemas.ts'
import { AvatarBody } from './avatars.ts'
import { client, name } from './body-fields.ts'

/** Types of sessions on this wire (contracts 2.2, 2.3). Keys it does not know are accepted everywhere: older clients send more. */

const text = Type.String()
const when = Type.String({ description: 'ISO 8601, UTC' })
const optional = <T extends Type.TSchema>(schema: T) => Type.Optional(nullable(schema))

/** Bytes of UTF-8 that `additionalCtx` may have, and how much `templateVars` may say. */
export const mostContextBytes = 8 * 1024
export const mostVarsBytes = 16 * 1024

const id = Type.String({ minLength: 1, maxLength: 200 })
const guest = Type.Object({
  identity: Type.String({ minLength: 1, maxLength: 256 }),
  name: Type.String({ maxLength: 256, pattern: oneLine }),
})

/** Either an id, or what the thing is to be made from: that is told from the fields only the latter has. */
function idOr<T extends Type.TObject>(signs: readonly string[], made: T) {
  return Type.Unsafe<{ id?: unknown } & Partial<Type.Static<T>>>({
    type: 'object',
    description: '`{ id }`, or what it is to be made from',
    if: { anyOf: signs.map((sign) => ({ required: [sign] })) },
    // biome-ignore lint/suspicious/noThenProperty: a word of JSON Schema.
    then: made,
  })
}
export const avatarSigns = ['identity', 'refImage'] as const
export const agentSigns = ['provider'] as const

const common = {
  name,
  client,
  maxDuration: optional(Type.Integer({ minimum: 1, description: 'seconds; the account’s limit unless said' })),
  additionalCtx: optional(Type.String({ maxLength: mostContextBytes, pattern: manyLines })),
  templateVars: optional(
    Type.Record(Type.String(), Type.Union([Type.String(), Type.Number(), Type.Boolean()]), { maxProperties: 200 }),
  ),
}

export const CreateSessionBody = Type.Object({
  ...common,
  avatar: idOr(avatarSigns, AvatarBody),
  agent: optional(idOr(agentSigns, AgentBody)),
  host: optional(
    Type.Object({
      serverUrl: Type.String({ minLength: 1, maxLength: 2000 }),
      accessToken: Type.String({ minLength: 1, maxLength: 16_000 }),
    }),
  ),
  remoteAgentConnectingIdentity: optional(guest),
  consumerIdentity: optional(guest),
  knowledgeBase: optional(Type.Object({ id })),
})
export type CreateSessionBody = Type.Static<typeof CreateSessionBody>

const reference = Type.Object({ id })

export const StartPassBody = Type.Object({ ...common, avatar: reference, agent: reference, consumerIdentity: guest })
export type StartPassBody = Type.Static<typeof StartPassBody>

export const SessionParams = Type.Object({ id: text })

export const SessionAnswer = Type.Object({
  id: text,
  organizationId: text,
  name: text,
  provider: text,
  status: Type.String({ description: 'starting, running, ended, error or blocked' }),
  freemium: Type.Boolean(),
  host: Type.Object({ serverUrl: text }),
  client: Type.Optional(text),
  maxDuration: Type.Integer({ description: 'seconds' }),
  additionalCtx: Type.Optional(text),
  templateVars: Type.Record(text, text),
  avatarId: text,
  avatar: nullable(AvatarAnswer),
  agentId: Type.Optional(text),
  agent: nullable(AgentAnswer),
  knowledgeBaseId: Type.Optional(text),
  /** Of one that was deleted, only the id. */
  knowledgeBase: Type.Optional(Type.Union([KnowledgeBaseAnswer, Type.Object({ id: text })])),
  remoteAgentIdentity: Type.Optional(text),
  transcript: nullable(
    Type.Object({
      transcription: Type.Array(Type.Object({ text, received_at: when, identity: text })),
    }),
  ),
  startedAt: when,
  endedAt: nullable(when),
  endReason: nullable(Type.String({ description: 'ours: stopped, revoked, expired, limit or failed' })),
  endMessage: nullable(Type.String({ description: 'ours: what happened, in words' })),
  createdAt: when,
  updatedAt: when,
})

export type ShownSession = Type.Static<typeof SessionAnswer>

const whole = Type.Integer()
export const SessionListAnswer = Type.Object({
  skip: whole,
  take: whole,
  total: whole,
  sessions: Type.Array(SessionAnswer),
})

export const CreatedSessionAnswer = Type.Object({
  session: SessionAnswer,
  consumerAccessToken: Type.Optional(Type.String({ description: 'a LiveKit token' })),
  remoteAgentAccessToken: Type.Optional(Type.String({ description: 'a LiveKit token' })),
})

export const LimitsAnswer = Type.Object({
  organizationId: text,
  concurrent: nullable(Type.Integer({ description: 'sessions at once; null for no ceiling' })),
  duration: Type.Integer({ description: 'seconds' }),
  suspended: Type.Boolean(),
  reason: nullable(text),
  createdAt: when,
  updatedAt: when,
})
