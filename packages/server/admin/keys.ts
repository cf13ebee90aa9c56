import { createKey, type KeyWish, revokeKey, rotateSigningKey } from '@parlor/core/account'
import { ParlorError, refuseField } from '@parlor/core/errors'
import type { FastifyRequest } from 'fastify'
import type { App } from '../http/app-types.ts'
import { type Keeping, once } from '../http/idempotency.ts'
import { actingFor, callerOf, findProject, isOperator, readRoute, writeRoute } from './acting-for.ts'
import type { AdminPorts } from './admin-ports.ts'
import { withWireNames } from './rename-faults.ts'
import { cut, pageOf, renderKey, renderList } from './render.ts'
import {
  AccountQuery,
  CreatedKeyAnswer,
  CreateKeyBody,
  IdParams,
  KeyAnswer,
  ListQuery,
  listOf,
  RevokedKeyAnswer,
  RotateAnswer,
  RotateBody,
} from './schemas.ts'

const path = '/admin/v1/keys'
const defaultWindowSeconds = 60

/** API keys and signing keys of an account. A key's text goes out once, when it is made. */
export function registerKeys(app: App, ports: AdminPorts): void {
  app.post(
    path,
    {
      config: writeRoute,
      schema: { operationId: 'createApiKey', body: CreateKeyBody, response: { 200: CreatedKeyAnswer } },
    },
    async (request, reply) => {
      reply.header('cache-control', 'no-store')
      return once(ports, request, reply, () => makeKey(ports, request, request.body), shownOnce)
    },
  )
  app.get(
    path,
    {
      config: readRoute,
      schema: { operationId: 'listAccountKeys', querystring: ListQuery, response: { 200: listOf(KeyAnswer) } },
    },
    async (request) => {
      const { query } = request
      const account = await actingFor(ports, request, query.account)
      const keys = cut(await ports.accounts.listKeys(account.id), pageOf(query))
      return renderList(keys, query, (key) => renderKey(key, ports.clock.now()))
    },
  )
  app.delete(
    `${path}/:id`,
    {
      config: writeRoute,
      schema: {
        operationId: 'revokeApiKey',
        params: IdParams,
        querystring: AccountQuery,
        response: { 200: RevokedKeyAnswer },
      },
    },
    async (request) => {
      const account = await actingFor(ports, request, request.query.account)
      await revokeKey(ports, account.id, request.params.id)
      return { id: request.params.id, status: 'revoked' }
    },
  )
  registerRotation(app, ports)
}

async function makeKey(ports: AdminPorts, request: FastifyRequest, body: CreateKeyBody): Promise<CreatedKeyAnswer> {
  const caller = callerOf(request)
  const account = await actingFor(ports, request, body.account)
  const project = await findProject(ports, account.id, body.project)
  const maker = { key: caller.key, isOperator: isOperator(ports, caller) }
  const { key, plain } = await withWireNames(createKey(ports, project, maker, wishFrom(body)))
  return { ...renderKey(key, ports.clock.now()), key: plain }
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

function registerRotation(app: App, ports: AdminPorts): void {
  app.post(
    `${path}/rotate-signing`,
    {
      config: writeRoute,
      schema: { operationId: 'rotateSigningKey', body: RotateBody, response: { 200: RotateAnswer } },
    },
    async (request) => {
      const { body } = request
      const account = await actingFor(ports, request, body.account)
      const project = await findProject(ports, account.id, body.project)
      const ended = await rotateSigningKey(ports, project, body.now === true ? 'now' : 'gracefully')
      return { project_id: project.id, ended_sessions: ended }
    },
  )
}

function wishFrom(body: CreateKeyBody): KeyWish {
  const { rate_limit: limit = null, expires_at = null } = body
  if (limit === null && body.rate_limit_window !== undefined) {
    throw refuseField(['body', 'rate_limit_window'], 'missing', 'a window needs a rate_limit with it')
  }
  return {
    kind: body.kind ?? 'secret',
    name: body.name,
    ...(body.scopes !== undefined && { scopes: body.scopes }),
    rate: limit === null ? null : { limit, windowSeconds: body.rate_limit_window ?? defaultWindowSeconds },
    maxDurationSeconds: body.max_duration ?? null,
    concurrency: body.concurrency ?? null,
    expiresAt: expires_at === null ? null : readTime(expires_at),
    ...(body.allowed_origins !== undefined && { allowedOrigins: body.allowed_origins }),
  }
}

/** The format check lets a leap second pass, which no clock here knows. */
function readTime(text: string): number {
  const time = Date.parse(text)
  if (Number.isNaN(time)) {
    throw new ParlorError('validation_failed', {
      message: 'body.expires_at: write a time such as 2030-01-31T00:00:00Z',
      faults: [{ path: ['body', 'expires_at'], type: 'format', message: 'write a time such as 2030-01-31T00:00:00Z' }],
    })
  }
  return time
}
