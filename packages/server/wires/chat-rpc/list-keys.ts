import type { App } from '../../http/app-types.ts'
import { renderKey } from './render-key.ts'
import { KeysAnswer } from './schemas.ts'
import { byOperator, type ChatWire, callerOf } from './wire.ts'

/** `GET /rpc/keys.list`: the account's secret keys that were not revoked, never their text. */
export function registerListKeys(app: App, wire: ChatWire): void {
  app.get(
    '/rpc/keys.list',
    { config: byOperator, schema: { operationId: 'keysList', response: { 200: KeysAnswer } } },
    async (request) => {
      const all = await wire.accounts.listKeys(callerOf(request).account.id)
      const keys = all.filter(({ kind, disabledAt }) => kind === 'secret' && disabledAt === null)
      const usage = await wire.requests.readKeyUsage(keys.map(({ id }) => id))
      return { keys: keys.map((key, index) => renderKey(key, usage[index])) }
    },
  )
}
