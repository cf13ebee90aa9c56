import { revokeKey } from '@parlor/core/account'
import type { App } from '../../http/app-types.ts'
import { IdQuery } from './schemas.ts'
import { byOperator, type ChatWire, callerOf } from './wire.ts'

/** `DELETE /rpc/keys.revoke?id=`: the next call with the key is refused. Its sessions go on. Answers 200 without a body. */
export function registerRevokeKey(app: App, wire: ChatWire): void {
  app.delete(
    '/rpc/keys.revoke',
    { config: byOperator, schema: { operationId: 'keysRevoke', querystring: IdQuery } },
    async (request, reply) => {
      await revokeKey(wire, callerOf(request).account.id, request.query.id)
      return reply.code(200).send()
    },
  )
}
