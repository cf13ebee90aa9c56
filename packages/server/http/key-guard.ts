import { type AccountStore, authenticateKey, type Key, recogniseKey, requireScope } from '@parlor/core/account'
import { ParlorError } from '@parlor/core/errors'
import type { Rate } from '@parlor/core/limits'
import type { Clock } from '@parlor/core/time'
import type { FastifyInstance, FastifyReply } from 'fastify'
import type { KeyRates } from './key-rates.ts'

export interface KeyGuardPorts {
  accounts: Pick<AccountStore, 'findKeyByDigest'>
  clock: Clock
  rates: KeyRates
  defaultRate: Rate
}

/**
 * Asks every route that takes a secret key for one, before its body is read: key, scope, rate, in this order
 * (design, "Order of checks").
 */
export function guardWithKeys(app: FastifyInstance, ports: KeyGuardPorts): void {
  app.decorateRequest('caller', null)
  app.addHook('onRequest', async (request, reply) => {
    const credential = request.routeOptions.config.credential
    const header = request.headers['x-api-key']
    const presented = Array.isArray(header) ? header[0] : header
    if (credential?.kind === 'key_to_judge') {
      // What is wrong with a key the operation says itself; a good one has its rate here as anywhere.
      const owner = await authenticateKey(ports.accounts, presented, 'secret', ports.clock.now()).catch(() => null)
      if (owner === null) return
      request.caller = owner
      return holdToRate(ports, owner.key, reply)
    }
    if (credential?.kind !== 'secret_key') return
    const identify = credential.evenSuspended ? recogniseKey : authenticateKey
    const owner = await identify(ports.accounts, presented, 'secret', ports.clock.now())
    // Known from here on: what is refused below is in the account's history, too.
    request.caller = owner
    requireScope(owner.key, credential.scope)
    holdToRate(ports, owner.key, reply)
  })
}

/**
 * Draws one request from what the key has left, or what one `address` has left of it, and says so in the headers.
 * @throws ParlorError `rate_limited`.
 */
export function holdToRate(
  ports: Pick<KeyGuardPorts, 'rates' | 'defaultRate'>,
  key: Key,
  reply: FastifyReply,
  address?: string,
): void {
  const rate = rateOf(key, ports.defaultRate)
  if (rate === null) return
  const draw = ports.rates.draw(address === undefined ? key.id : `${key.id} ${address}`, rate)
  reply.header('x-ratelimit-limit', rate.limit)
  reply.header('x-ratelimit-remaining', draw.remaining)
  reply.header('x-ratelimit-reset', draw.resetSeconds)
  if (draw.allowed) return
  const wait = Math.max(1, draw.retryAfterSeconds)
  reply.header('retry-after', wait)
  throw new ParlorError('rate_limited', {
    message: `${address === undefined ? 'This key' : 'Your address'} makes more than ${rate.limit} requests in ${rate.windowSeconds} seconds. Wait ${wait} s.`,
    facts: { retry_after: wait },
  })
}

function rateOf(key: Key, fallback: Rate): Rate | null {
  if (key.rateLimit === 0) return null
  return { limit: key.rateLimit ?? fallback.limit, windowSeconds: key.rateWindowSeconds ?? fallback.windowSeconds }
}
