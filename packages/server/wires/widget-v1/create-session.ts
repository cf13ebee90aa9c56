import type { KeyOwner } from '@parlor/core/account'
import { ParlorError, refuseField } from '@parlor/core/errors'
import {
  type CreatedSession,
  type CreateSessionPorts,
  createSession,
  recallSession,
  type Session,
  type SessionWish,
} from '@parlor/core/session'
import { newId } from '@parlor/core/time'
import { allowsHttp } from '../../http/allows-http.ts'
import type { App } from '../../http/app-types.ts'
import { once } from '../../http/idempotency.ts'
import { createdSession, superset } from './answer-schemas.ts'
import { renameFaults } from './rename-faults.ts'
import { renderCreatedSession } from './render-session.ts'
import { CreateSessionBody } from './schemas.ts'
import { callerOf, type WidgetWire } from './wire.ts'

const mostMetadataBytes = 16 * 1024

/** `POST /v1/widget/sessions` (contracts 1.3.1): answers 200, durable, with all ten fields of both generations. */
export function registerCreateSession(app: App, wire: WidgetWire): void {
  app.post(
    '/v1/widget/sessions',
    {
      config: { credential: { kind: 'secret_key', scope: 'write' } },
      schema: {
        operationId: 'createWidgetSession',
        body: CreateSessionBody,
        response: { 200: superset(createdSession) },
      },
    },
    async (request, reply) => {
      const owner = callerOf(request)
      const ports = { ...wire, httpAllowed: allowsHttp(wire.publicUrl), claims: (s: Session) => extraClaims(wire, s) }
      const make = (id?: string) =>
        makeSession(ports, owner, { ...wishFrom(request.body), ...(id !== undefined && { id }) }).catch((error) => {
          throw renameFaults(error, (field) => placeOf(field, request.body))
        })
      // The token is not kept: it is signed again, to the byte, from the session's row.
      const keeping = {
        intends: newId(wire.clock),
        refer: ({ session }: CreatedSession) => session.id,
        recall: (id: string) => recallSession(ports, id),
      }
      return renderCreatedSession(await once(wire, request, reply, make, keeping), wire.publicUrl)
    },
  )
}

async function makeSession(ports: CreateSessionPorts & WidgetWire, owner: KeyOwner, wish: SessionWish) {
  const project = await ports.accounts.findProject(owner.key.projectId)
  if (project === null) throw new ParlorError('invalid_key')
  return createSession(ports, owner, wish, project)
}

/** Claims beside core's own; readers of the token may show them, but the server believes none of them. */
function extraClaims(wire: WidgetWire, session: Session): Record<string, unknown> {
  const { features, audioOnly } = session.settings
  return {
    iss: wire.publicUrl.origin,
    sub: session.id,
    kind: session.kind,
    agentic_avatar_id: session.agentId,
    user_id: session.accountId,
    features: {
      voice_input: features.voiceInput,
      text_input: features.textInput,
      knowledge_base: features.knowledgeBase,
    },
    audio_only: audioOnly,
  }
}

/** Both documented forms at once; where both say something, `settings` wins (contracts K1). */
function wishFrom(body: CreateSessionBody): SessionWish {
  const { settings } = body
  const metadata = body.user_metadata ?? null
  if (metadata !== null && Buffer.byteLength(JSON.stringify(metadata)) > mostMetadataBytes) {
    throw refuseField(['body', 'user_metadata'], 'too_large', 'keep it within 16 KiB of JSON')
  }
  const duration = settings?.max_duration ?? body.max_duration
  const flag = (name: 'voice_input' | 'text_input' | 'knowledge_base') =>
    settings?.features?.[name] ?? body.features?.[name] ?? true
  return {
    kind: 'widget',
    agentId: body.agentic_avatar_id,
    ...(duration !== undefined && { durationSeconds: duration }),
    domains: settings?.allowed_domains ?? body.allowed_domains ?? [],
    origins: settings?.allowed_origins ?? body.allowed_origins ?? [],
    features: { voiceInput: flag('voice_input'), textInput: flag('text_input'), knowledgeBase: flag('knowledge_base') },
    audioOnly: body.audio_only ?? false,
    singleUse: settings?.single_use ?? body.single_use ?? false,
    metadata,
  }
}

const wireNames: Record<string, 'max_duration' | 'allowed_domains' | 'allowed_origins'> = {
  durationSeconds: 'max_duration',
  domains: 'allowed_domains',
  origins: 'allowed_origins',
}

/** A field is named where the caller wrote it: in `settings` or beside it. */
function placeOf(field: string, body: CreateSessionBody): string[] {
  const name = wireNames[field]
  if (name === undefined) return [field]
  return body.settings?.[name] === undefined ? [name] : ['settings', name]
}
