import type { RequestRecord } from '@parlor/core/account'
import { acknowledgeEarly, type Fault } from './break-store.ts'

export const requestLogFaults: readonly Fault[] = [
  {
    name: 'shows only what is written already',
    noticedBy: 'seen at once',
    breakIn: ({ requests }) => {
      const late: RequestRecord[] = []
      return {
        requests: {
          record: (request) => void late.push(request),
          listRequests: async (...asked) => {
            const found = await requests.listRequests(...asked)
            for (const request of late.splice(0)) requests.record(request)
            return found
          },
        },
      }
    },
  },
  {
    name: 'takes an empty operation for none',
    noticedBy: 'listed by operation',
    breakIn: ({ requests }) => ({
      requests: {
        listRequests: (account, { operation }, page) =>
          requests.listRequests(account, operation ? { operation } : {}, page),
      },
    }),
  },
  {
    name: 'counts months by another clock',
    noticedBy: 'calendar month in UTC',
    breakIn: ({ requests }) => ({
      requests: { record: (request) => requests.record({ ...request, time: request.time + 3_600_000 }) },
    }),
  },
  {
    name: 'takes the last recorded call for the latest',
    noticedBy: 'in whatever order',
    breakIn: ({ requests }) => {
      let last: string | null = null
      return {
        requests: {
          record: (request) => {
            last = request.address
            requests.record(request)
          },
          readKeyUsage: async (keys) =>
            (await requests.readKeyUsage(keys)).map((usage) => ({ ...usage, lastUsedIp: last })),
        },
      }
    },
  },
  {
    name: 'forgets the newest calls first',
    noticedBy: 'the oldest first',
    breakIn: ({ requests }) => ({
      requests: { pruneRequests: (_, limit) => requests.pruneRequests(Number.MAX_SAFE_INTEGER, limit) },
    }),
  },
  {
    name: 'keeps the first thousand calls',
    noticedBy: 'thousands of calls',
    breakIn: ({ requests }) => {
      let kept = 0
      return { requests: { record: (request) => void (++kept <= 1000 && requests.record(request)) } }
    },
  },
]

export const idempotencyFaults: readonly Fault[] = [
  {
    name: 'does not look at the body',
    noticedBy: 'another body is told apart',
    breakIn: ({ idempotency }) => ({
      idempotency: { begin: (scope, _, now, until) => idempotency.begin(scope, 'same', now, until) },
    }),
  },
  {
    name: 'lets everybody begin',
    noticedBy: 'one is new',
    breakIn: () => ({ idempotency: { begin: async () => ({ outcome: 'new' }) } }),
  },
  {
    name: 'never frees a key',
    noticedBy: 'free again when its claim',
    breakIn: ({ idempotency }) => ({
      idempotency: {
        begin: (scope, body, now) => idempotency.begin(scope, body, now, Number.MAX_SAFE_INTEGER),
      },
    }),
  },
  {
    name: 'gives up what nobody named',
    noticedBy: 'given up is free at once',
    breakIn: ({ idempotency }) => ({
      idempotency: {
        giveUp: async (scope) => {
          for (const key of [scope.key, 'other']) await idempotency.giveUp({ ...scope, key })
        },
      },
    }),
  },
  {
    name: 'knows a key by its operation alone',
    noticedBy: 'each make another request',
    breakIn: ({ idempotency }) => ({
      idempotency: {
        begin: (scope, ...rest) => idempotency.begin({ ...scope, accountId: '', projectId: '' }, ...rest),
      },
    }),
  },
  {
    name: 'forgets what is not over',
    noticedBy: 'what is over is forgotten',
    breakIn: ({ idempotency }) => ({
      idempotency: { pruneIdempotency: (_, limit) => idempotency.pruneIdempotency(Number.MAX_SAFE_INTEGER, limit) },
    }),
  },
]

export const operatorSessionFaults: readonly Fault[] = [
  {
    name: 'acknowledges a session before it is kept',
    noticedBy: 'found by its digest',
    breakIn: ({ operatorSessions }) => ({
      operatorSessions: { insertOperatorSession: acknowledgeEarly(operatorSessions.insertOperatorSession) },
    }),
  },
  {
    name: 'revokes nothing',
    noticedBy: 'revoked once',
    breakIn: () => ({ operatorSessions: { revokeOperatorSession: async (id) => id !== 'unknown' } }),
  },
]
