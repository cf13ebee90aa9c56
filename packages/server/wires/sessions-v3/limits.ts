import { highestConcurrency, longestDurationSeconds } from '@parlor/core/limits'
import { isoSeconds } from '@parlor/core/time'
import type { App } from '../../http/app-types.ts'
import { nullable } from './answer-schemas.ts'
import { callerOf, named, sendNull, type WirePlace } from './place.ts'
import { readEvenSuspended } from './read-session.ts'
import { LimitsAnswer } from './session-schemas.ts'

/** `GET /limits` (contracts 2.4, Q25): `null` for an account nothing limits; where one thing does, the others are what Parlor allows anybody. */
export function registerLimits(app: App, place: WirePlace): void {
  app.get(
    `${place.prefix}/limits`,
    { config: readEvenSuspended, schema: { ...named(place, 'getLimits'), response: { 200: nullable(LimitsAnswer) } } },
    async (request, reply) => {
      const { id, concurrency, maxDurationSeconds, suspendedAt, createdAt } = callerOf(request).account
      if (concurrency === null && maxDurationSeconds === null && suspendedAt === null) return sendNull(reply)
      return {
        organizationId: id,
        concurrent: concurrency ?? highestConcurrency,
        duration: maxDurationSeconds ?? longestDurationSeconds,
        suspended: suspendedAt !== null,
        reason: suspendedAt === null ? null : 'The account is suspended. Ask the operator of this installation.',
        createdAt: isoSeconds(createdAt),
        updatedAt: isoSeconds(suspendedAt ?? createdAt),
      }
    },
  )
}
