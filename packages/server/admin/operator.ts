import { logIn, logOut } from '@parlor/core/account'
import { isoSeconds } from '@parlor/core/time'
import type { App } from '../http/app-types.ts'
import { callerOf, isOperator, readRoute, writeRoute } from './acting-for.ts'
import type { AdminPorts } from './admin-ports.ts'
import { isoOrNull } from './render.ts'
import { AccessAnswer, LoginAnswer, LogoutAnswer, LogoutBody } from './schemas.ts'

/** Logging in and out, and what a key may do here. */
export function registerOperator(app: App, ports: AdminPorts): void {
  app.post(
    '/admin/v1/login',
    { config: writeRoute, schema: { operationId: 'login', response: { 200: LoginAnswer } } },
    async (request, reply) => {
      const { session, plain } = await logIn(ports, callerOf(request))
      reply.header('cache-control', 'no-store')
      const { id, accountId: account_id, expiresAt } = session
      return { id, operator_session: plain, account_id, expires_at: isoSeconds(expiresAt) }
    },
  )
  app.post(
    '/admin/v1/logout',
    { config: writeRoute, schema: { operationId: 'logout', body: LogoutBody, response: { 200: LogoutAnswer } } },
    async (request) => {
      await logOut(ports, callerOf(request).account.id, request.body.operator_session)
      return { success: true }
    },
  )
  app.get(
    '/admin/v1/access',
    { config: readRoute, schema: { operationId: 'getAccess', response: { 200: AccessAnswer } } },
    async (request) => {
      const caller = callerOf(request)
      const { account, key } = caller
      return {
        version: ports.version,
        public_url: ports.publicUrl.origin,
        time: isoSeconds(ports.clock.now()),
        is_operator: isOperator(ports, caller),
        account: { id: account.id, name: account.name },
        key: {
          id: key.id,
          name: key.name,
          masked: key.masked,
          scopes: key.scopes,
          expires_at: isoOrNull(key.expiresAt),
        },
      }
    },
  )
}
