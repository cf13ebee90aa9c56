import type { KeyOwner } from '@parlor/core/account'
import { ParlorError } from '@parlor/core/errors'
import type { FastifyReply, FastifyRequest } from 'fastify'

/**
 * Where this wire's routes stand. Clients of its older generations ask under other prefixes (contracts E1, X1); of all that
 * answer alike, `/v3` alone is described.
 */
export interface WirePlace {
  prefix: '/v3' | '/equos/v1' | '/equos/v3' | '/v1'
  /** Whether the interface description leaves it out. */
  hide: boolean
}

const suffixes = { '/v3': '', '/equos/v1': 'EquosV1', '/equos/v3': 'EquosV3', '/v1': 'V1' } as const

/** What every schema of this wire says of itself: a name that is unique among all places, and whether it is shown. */
export function named(place: WirePlace, operation: string): { operationId: string; hide: boolean } {
  return { operationId: `${operation}V3${suffixes[place.prefix]}`, hide: place.hide }
}

/** The owner of the key on a route that takes one. */
export function callerOf(request: FastifyRequest): KeyOwner {
  if (request.caller === null) throw new ParlorError('missing_key')
  return request.caller
}

/** What a route of this wire asks for: a secret key that may read, or one that may change things. */
export const readRoute = { credential: { kind: 'secret_key', scope: 'read' } } as const
export const writeRoute = { credential: { kind: 'secret_key', scope: 'write' } } as const

/** Answers JSON `null` (contracts E8); by itself Fastify would answer nothing at all. */
export function sendNull(reply: FastifyReply): FastifyReply {
  return reply.type('application/json; charset=utf-8').send('null')
}
