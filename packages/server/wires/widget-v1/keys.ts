import { authenticateKey, type Key, type KeyUsage } from '@parlor/core/account'
import { ParlorError } from '@parlor/core/errors'
import { isoSeconds } from '@parlor/core/time'
import type { FastifyRequest } from 'fastify'
import type { App } from '../../http/app-types.ts'
import * as answers from './answer-schemas.ts'
import { renderList, windowFrom } from './render-list.ts'
import { superset } from './render-session.ts'
import { ListQuery } from './schemas.ts'
import { callerOf, readRoute, type WidgetWire } from './wire.ts'

/** API keys: is this one good, and which are there (contracts 1.4, K14). Keys are shown masked, always. */
export function registerKeys(app: App, wire: WidgetWire): void {
  const render = async (keys: Key[]) => {
    const usage = await wire.requests.readKeyUsage(keys.map((key) => key.id))
    return keys.map((key, index) => renderKey(key, usage[index], wire.clock.now()))
  }

  // Both documented paths; the shorter one is what the newer client calls. A bad key is an answer here, not a refusal.
  for (const [path, operationId] of [
    ['/v1/api-keys', 'validateApiKey'],
    ['/v1/api-keys/validate', 'validateApiKeyAtDocumentedPath'],
  ] as const) {
    app.post(
      path,
      {
        config: { credential: { kind: 'key_to_judge' } },
        schema: { operationId, response: { 200: answers.superset(answers.keyVerdict) } },
      },
      async (request) => superset(await judge(wire, request, render)),
    )
  }
  app.get(
    '/v1/api-keys',
    {
      config: readRoute,
      schema: {
        operationId: 'listApiKeys',
        querystring: ListQuery,
        response: { 200: answers.listOf('api_keys', answers.apiKey) },
      },
    },
    async (request) => {
      const window = windowFrom(request.query as ListQuery)
      const keys = await wire.accounts.listKeys(callerOf(request).account.id)
      const { offset, limit } = window.page
      const items = await render(keys.slice(offset, offset + limit))
      return renderList('api_keys', { items, total: keys.length }, window)
    },
  )
}

type Render = (keys: Key[]) => Promise<ReturnType<typeof renderKey>[]>

async function judge(wire: WidgetWire, request: FastifyRequest, render: Render) {
  const presented = request.headers['x-api-key']
  try {
    const owner = await authenticateKey(wire.accounts, String(presented ?? ''), 'secret', wire.clock.now())
    request.caller = owner
    const [key = null] = await render([owner.key])
    const { id, scopes } = owner.key
    return {
      valid: true,
      message: 'The key is valid.',
      key,
      key_id: id,
      scopes,
      metadata: {},
      expires_at: key?.expires_at ?? null,
    }
  } catch (error) {
    if (!(error instanceof ParlorError) || error.code === 'missing_key') throw error
    const nothing = { key: null, key_id: null, scopes: [], metadata: {}, expires_at: null }
    return { valid: false, message: error.message, ...nothing }
  }
}

function renderKey(key: Key, usage: KeyUsage | undefined, now: number) {
  const isActive = key.disabledAt === null && (key.expiresAt === null || now < key.expiresAt)
  const lastUsed = usage?.lastUsedAt ?? null
  return {
    id: key.id,
    key_id: key.id,
    user_id: key.accountId,
    name: key.name,
    key: key.masked,
    prefix: key.prefix,
    scopes: key.scopes,
    request_count: usage?.requestCount ?? 0,
    rate_limit: key.rateLimit,
    rate_limit_window: key.rateWindowSeconds,
    is_active: isActive,
    status: isActive ? 'active' : 'inactive',
    expires_at: isoOrNull(key.expiresAt),
    last_used: isoOrNull(lastUsed),
    last_used_at: isoOrNull(lastUsed),
    last_used_ip: usage?.lastUsedIp ?? null,
    key_metadata: null,
    created_at: isoSeconds(key.createdAt),
    updated_at: isoOrNull(key.disabledAt),
  }
}

function isoOrNull(ms: number | null): string | null {
  return ms === null ? null : isoSeconds(ms)
}
