import type { App } from '../../http/app-types.ts'
import { accountSlug, renderNamed } from './render-project.ts'
import { VerifiedKeyAnswer } from './schemas.ts'
import { boundTo, type ChatWire, callerOf } from './wire.ts'

/** `GET /rpc/keys.verify`: whose key this is, where it may act, and what it may do. A bad one is refused (401). */
export function registerVerifyKey(app: App, wire: ChatWire): void {
  app.get(
    '/rpc/keys.verify',
    {
      config: { credential: { kind: 'one_of', ways: [{ by: 'key', scope: null, project: false }] } },
      schema: { operationId: 'keysVerify', response: { 200: VerifiedKeyAnswer } },
    },
    async (request) => {
      const { account, key } = callerOf(request)
      const bound = boundTo(request)
      const projects = (await wire.accounts.listProjects(account.id)).filter(
        ({ id, deletedAt }) => deletedAt === null && (bound === null || id === bound),
      )
      return {
        organization: { id: account.id, name: account.name, slug: accountSlug(account) },
        projects: projects.map(renderNamed),
        scopes: key.scopes,
      }
    },
  )
}
