import { createKey, noSuchProject, type Project } from '@parlor/core/account'
import { ParlorError } from '@parlor/core/errors'
import type { FastifyRequest } from 'fastify'
import type { App } from '../../http/app-types.ts'
import { type Keeping, once } from '../../http/idempotency.ts'
import { renderKey } from './render-key.ts'
import { CreatedKeyAnswer, CreateKeyBody } from './schemas.ts'
import { byOperator, type ChatWire, callerOf } from './wire.ts'
import { withWireNames } from './with-wire-names.ts'

/** Digits of a key that stay visible (contracts 3.1). */
const shownDigits = 5

/** `POST /rpc/keys.create` (contracts 3.7): a key for any project of the account, or for one. Its text goes out this once. */
export function registerCreateKey(app: App, wire: ChatWire): void {
  app.post(
    '/rpc/keys.create',
    {
      config: byOperator,
      schema: { operationId: 'keysCreate', body: CreateKeyBody, response: { 200: CreatedKeyAnswer } },
    },
    async (request, reply) => {
      reply.header('cache-control', 'no-store')
      return once(wire, request, reply, () => makeKey(wire, request, request.body), shownOnce)
    },
  )
}

async function makeKey(wire: ChatWire, request: FastifyRequest, body: CreateKeyBody): Promise<CreatedKeyAnswer> {
  const { key: makersKey, account } = callerOf(request)
  const bound = body.project_id ?? null
  const project = await homeOf(wire, account.id, bound)
  const wish = {
    kind: 'secret' as const,
    name: body.name,
    scopes: body.scopes,
    isAccountWide: bound === null,
    format: { beginning: beginningAt(wire.publicUrl), shownDigits },
  }
  const { key, plain } = await withWireNames(createKey(wire, project, { key: makersKey, isOperator: false }, wish))
  return { ...renderKey(key), key: plain }
}

/** A key of no one project is kept with the default one, which is always there. */
async function homeOf({ accounts }: ChatWire, accountId: string, bound: string | null): Promise<Project> {
  const found = await (bound === null ? accounts.findProjectBySlug(accountId, 'default') : accounts.findProject(bound))
  if (found === null || found.accountId !== accountId || found.deletedAt !== null) throw noSuchProject()
  return found
}

/** A key says where it is good: on this machine, or out in the world. */
function beginningAt({ hostname }: URL): string {
  const isHere = hostname === 'localhost' || hostname === '[::1]' || hostname.startsWith('127.')
  return isHere ? 'gram_local_' : 'gram_live_'
}

/** A repeated request makes no second key, but the first one's text is nowhere to be had any more. */
const shownOnce: Keeping<CreatedKeyAnswer> = {
  refer: ({ id }) => id,
  recall: async (id) => {
    throw new ParlorError('conflict', {
      message: `This request made the key ${id} already, and a key is shown once. Revoke it and make another.`,
    })
  },
}
