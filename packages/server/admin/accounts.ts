import { createAccount, noSuchAccount, setAccount, takeTurns } from '@parlor/core/account'
import type { App } from '../http/app-types.ts'
import { once } from '../http/idempotency.ts'
import { readRoute, requireOperator, writeRoute } from './acting-for.ts'
import type { AdminPorts } from './admin-ports.ts'
import { withWireNames } from './rename-faults.ts'
import { cut, pageOf, renderAccount, renderList, renderProject } from './render.ts'
import {
  AccountAnswer,
  CreateAccountBody,
  CreatedAccountAnswer,
  IdParams,
  listOf,
  PageQuery,
  SetAccountAnswer,
  SetAccountBody,
} from './schemas.ts'

const path = '/admin/v1/accounts'

/** Accounts: made, listed, limited and suspended by the operator alone. */
export function registerAccounts(app: App, ports: AdminPorts): void {
  const { operatorAccountId } = ports
  const inTurn = takeTurns()
  app.post(
    path,
    {
      config: writeRoute,
      schema: { operationId: 'createAccount', body: CreateAccountBody, response: { 200: CreatedAccountAnswer } },
      onRequest: async (request) => void requireOperator(ports, request),
    },
    (request, reply) =>
      once(ports, request, reply, async () => {
        const { name, concurrency = null, max_duration: maxDurationSeconds = null } = request.body
        const made = await withWireNames(createAccount(ports, { name, concurrency, maxDurationSeconds }))
        return { ...renderAccount(made.account, operatorAccountId), project: renderProject(made.project) }
      }),
  )
  app.get(
    path,
    {
      config: readRoute,
      schema: { operationId: 'listAccounts', querystring: PageQuery, response: { 200: listOf(AccountAnswer) } },
      onRequest: async (request) => void requireOperator(ports, request),
    },
    async ({ query }) => {
      const accounts = cut(await ports.accounts.listAccounts(), pageOf(query))
      return renderList(accounts, query, (account) => renderAccount(account, operatorAccountId))
    },
  )
  app.patch(
    `${path}/:id`,
    {
      config: writeRoute,
      schema: {
        operationId: 'setAccount',
        params: IdParams,
        body: SetAccountBody,
        response: { 200: SetAccountAnswer },
      },
      onRequest: async (request) => void requireOperator(ports, request),
    },
    async ({ params, body }) => {
      const named = (await ports.accounts.findAccount(params.id)) ?? (await ports.accounts.findAccountByName(params.id))
      if (named === null) throw noSuchAccount()
      const { concurrency, max_duration, suspended } = body
      const change = {
        ...(concurrency !== undefined && { concurrency }),
        ...(max_duration !== undefined && { maxDurationSeconds: max_duration }),
        ...(suspended !== undefined && { suspended }),
      }
      const { account, endedSessions } = await withWireNames(
        inTurn(named.id, () => setAccount(ports, named.id, change)),
      )
      return { ...renderAccount(account, operatorAccountId), ended_sessions: endedSessions }
    },
  )
}
