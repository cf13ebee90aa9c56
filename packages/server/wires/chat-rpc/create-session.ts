import type { Account, Project } from '@parlor/core/account'
import { createChatSession, type IssuedSession, reissue, type Session } from '@parlor/core/session'
import { newId } from '@parlor/core/time'
import { allowsHttp } from '../../http/allows-http.ts'
import type { App } from '../../http/app-types.ts'
import { once } from '../../http/idempotency.ts'
import { accountSlug } from './render-project.ts'
import { CreatedSessionAnswer, CreateSessionBody } from './schemas.ts'
import { byOperatorOrKey, type ChatWire, callerOf, projectOf } from './wire.ts'
import { withWireNames } from './with-wire-names.ts'

/** `POST /rpc/chatSessions.create` (contracts 3.2): answers 200, durable, with the token and what it was asked for. */
export function registerCreateSession(app: App, wire: ChatWire): void {
  app.post(
    '/rpc/chatSessions.create',
    {
      config: byOperatorOrKey('chat', true),
      schema: { operationId: 'createChatSession', body: CreateSessionBody, response: { 200: CreatedSessionAnswer } },
    },
    async (request, reply) => {
      const [owner, project] = [callerOf(request), projectOf(request)]
      const claims = (session: Session) => claimsOf(session, owner.account, project)
      const ports = { ...wire, httpAllowed: allowsHttp(wire.publicUrl), claims }
      const wish = wishFrom(request.body, request.operatorSessionId)
      const make = (id?: string) =>
        withWireNames(
          createChatSession(ports, owner, { ...wish, ...(id !== undefined && { id }) }, project),
          longerOf(request.body),
        )
      // The token is not kept: it is signed again, to the byte, from the session's row.
      const keeping = {
        intends: newId(wire.clock),
        refer: ({ session }: IssuedSession) => session.id,
        recall: (id: string) => reissue(ports, id),
      }
      reply.header('cache-control', 'no-store')
      return render(await once(wire, request, reply, make, keeping))
    },
  )
}

function wishFrom(body: CreateSessionBody, operatorSessionId: string | null) {
  const { embed_origin: audience, expires_after: durationSeconds, user_identifier: endUserId } = body
  return {
    audience,
    ...(typeof durationSeconds === 'number' && { durationSeconds }),
    ...(typeof endUserId === 'string' && { endUserId }),
    ...(operatorSessionId !== null && { operatorSessionId }),
  }
}

/** A token that would not fit a header is refused for the field that makes it so long. */
function longerOf({ embed_origin, user_identifier }: CreateSessionBody): Record<string, string> {
  return embed_origin.length > (user_identifier?.length ?? 0) ? { endUserId: 'embed_origin' } : {}
}

/** The claims of contracts 3.4 that core does not make itself. The server believes none of them: the session's row decides. */
function claimsOf({ settings, keyId }: Session, account: Account, project: Project): Record<string, unknown> {
  const { audience, endUserId, operatorSessionId } = settings
  return {
    org_id: account.id,
    project_id: project.id,
    organization_slug: accountSlug(account),
    project_slug: project.slug,
    api_key_id: keyId ?? '',
    ...(endUserId !== undefined && { external_user_id: endUserId }),
    ...(operatorSessionId !== undefined && { session_id: operatorSessionId }),
    aud: [audience],
  }
}

function render({ session, token, durationSeconds }: IssuedSession) {
  const { audience = '', endUserId } = session.settings
  return {
    client_token: token,
    embed_origin: audience,
    expires_after: durationSeconds,
    status: 'active',
    ...(endUserId !== undefined && { user_identifier: endUserId }),
  }
}
