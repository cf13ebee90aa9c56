import { refuseField } from '@parlor/core/errors'
import type { GivenHost } from '@parlor/core/room'
import type { RoomGuest } from '@parlor/core/session'
import type { AgentBody } from './agents.ts'
import type { AvatarBody } from './avatars.ts'
import {
  agentSigns,
  avatarSigns,
  type CreateSessionBody,
  mostContextBytes,
  mostVarsBytes,
  type StartPassBody,
} from './session-schemas.ts'

/** A part a session names, or what it is to be made from. */
export type Part<B> = { id: string } | { make: B }

/** What a caller of this wire asks for; nothing in it was looked up yet. */
export interface SessionWish {
  name: string
  avatar: Part<AvatarBody>
  /** Null for the avatar's own, or for an agent of the caller's that speaks through it. */
  agent: Part<AgentBody> | null
  host: GivenHost | null
  consumer: RoomGuest | null
  remoteAgent: RoomGuest | null
  knowledgeBaseId: string | null
  endUserId: string | null
  durationSeconds: number | null
  additionalContext: string | null
  templateVars: Record<string, string>
  isPass: boolean
}

/** @throws ParlorError `validation_failed` for what the schema cannot say. */
export function wishOfSession(body: CreateSessionBody): SessionWish {
  return {
    ...commonOf(body),
    avatar: avatarOf(body.avatar),
    agent: body.agent == null ? null : agentOf(body.agent),
    host: body.host ?? null,
    consumer: body.consumerIdentity ?? null,
    remoteAgent: body.remoteAgentConnectingIdentity ?? null,
    knowledgeBaseId: body.knowledgeBase?.id ?? null,
    isPass: false,
  }
}

/** @throws ParlorError `validation_failed` for what a pass does not offer, too (contracts 2.3, Q17). */
export function wishOfPass(body: StartPassBody): SessionWish {
  refuseAny(body.avatar, ['avatar'], avatarSigns)
  refuseAny(body.agent, ['agent'], agentSigns)
  refuseAny(body, [], ['host', 'remoteAgentConnectingIdentity'])
  return {
    ...commonOf(body),
    avatar: { id: body.avatar.id },
    agent: { id: body.agent.id },
    host: null,
    consumer: body.consumerIdentity,
    remoteAgent: null,
    knowledgeBaseId: null,
    isPass: true,
  }
}

function commonOf(body: CreateSessionBody | StartPassBody) {
  const additionalContext = body.additionalCtx ?? null
  if (additionalContext !== null && Buffer.byteLength(additionalContext) > mostContextBytes) {
    throw refuseField(['body', 'additionalCtx'], 'too_large', 'keep it within 8 KiB of UTF-8')
  }
  // Numbers and truth values are taken as the words they are written in (contracts 2.2).
  const templateVars = Object.fromEntries(
    Object.entries(body.templateVars ?? {}).map(([key, value]) => [key, `${value}`]),
  )
  if (Buffer.byteLength(JSON.stringify(templateVars)) > mostVarsBytes) {
    throw refuseField(['body', 'templateVars'], 'too_large', 'keep them within 16 KiB of JSON')
  }
  const endUserId = body.client ?? null
  return { name: body.name, endUserId, durationSeconds: body.maxDuration ?? null, additionalContext, templateVars }
}

const noAvatar =
  'name one as { id }, or send what it is to be made from: identity, name, refImage and agentId. Node client 3.0.0 sends {} for the latter unless the key agentId is there; null is allowed'

function avatarOf(given: CreateSessionBody['avatar']): Part<AvatarBody> {
  if (hasAny(given, avatarSigns)) return { make: given as AvatarBody }
  return { id: idOf(given, 'avatar', noAvatar) }
}

/** With both an id and what it is to be made from, it is made (contracts 2.2). */
function agentOf(given: NonNullable<CreateSessionBody['agent']>): Part<AgentBody> {
  if (hasAny(given, agentSigns)) return { make: given as AgentBody }
  return { id: idOf(given, 'agent', 'name one as { id }, or send what it is to be made from, with its provider') }
}

function idOf({ id }: { id?: unknown }, field: string, message: string): string {
  if (typeof id === 'string' && id !== '') return id
  throw refuseField(['body', field], 'missing', message)
}

function refuseAny(given: object, path: string[], names: readonly string[]): void {
  const name = names.find((each) => hasAny(given, [each]))
  if (name === undefined) return
  throw refuseField(
    ['body', ...path, name],
    'not_allowed',
    'a session pass does not offer this; ask your backend for a session',
  )
}

function hasAny(given: object, names: readonly string[]): boolean {
  return names.some((name) => (given as Record<string, unknown>)[name] != null)
}
