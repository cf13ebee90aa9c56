import type { IdempotencyScope } from '@parlor/core/idempotency'
import { expect } from 'vitest'
import { type ContractCase, describeCases, type OpenStores } from './contract-case.ts'
import { hostileTexts } from './samples.ts'

const scope: IdempotencyScope = { accountId: 'account', projectId: 'project', operation: 'createSession', key: 'k' }
const answer = { reference: '{"session":"it\'s"}' }

export const idempotencyStoreCases: readonly ContractCase[] = [
  {
    name: 'a key is new once, then running, then known, and another body is told apart throughout',
    run: async ({ stores: { idempotency } }) => {
      expect(await idempotency.begin(scope, 'body', 10, 20)).toEqual({ outcome: 'new' })
      expect(await idempotency.begin(scope, 'body', 11, 21)).toEqual({ outcome: 'running' })
      expect(await idempotency.begin(scope, 'other', 11, 21)).toEqual({ outcome: 'different' })
      await idempotency.finish(scope, answer, 100)
      expect(await idempotency.begin(scope, 'body', 99, 120)).toEqual({ outcome: 'known', answer })
      expect(await idempotency.begin(scope, 'other', 99, 120)).toEqual({ outcome: 'different' })
    },
  },
  {
    name: 'of many requests at once with one key, one is new',
    run: async ({ stores: { idempotency } }) => {
      const begun = await Promise.all(Array.from({ length: 20 }, () => idempotency.begin(scope, 'body', 1, 9)))
      expect(begun.filter(({ outcome }) => outcome === 'new')).toHaveLength(1)
      expect(begun.filter(({ outcome }) => outcome === 'running')).toHaveLength(19)
    },
  },
  {
    name: 'a key is free again when its claim or its answer is over, also for another body, and not before',
    run: async ({ stores: { idempotency } }) => {
      await idempotency.begin(scope, 'body', 10, 20)
      expect(await idempotency.begin(scope, 'body', 19, 29)).toEqual({ outcome: 'running' })
      expect(await idempotency.begin(scope, 'next', 20, 30)).toEqual({ outcome: 'new' })
      expect(await idempotency.begin(scope, 'next', 21, 31)).toEqual({ outcome: 'running' })
      await idempotency.finish(scope, answer, 50)
      expect(await idempotency.begin(scope, 'next', 49, 60)).toEqual({ outcome: 'known', answer })
      expect(await idempotency.begin(scope, 'next', 50, 60)).toEqual({ outcome: 'new' })
      expect(await idempotency.begin(scope, 'next', 51, 61)).toEqual({ outcome: 'running' })
    },
  },
  {
    name: 'a claim that is given up is free at once, an answer is not given up, and nothing else is touched',
    run: async ({ stores: { idempotency } }) => {
      const other = { ...scope, key: 'other' }
      await idempotency.begin(scope, 'body', 1, 9)
      await idempotency.begin(other, 'body', 1, 9)
      await idempotency.giveUp(scope)
      await idempotency.giveUp({ ...scope, key: 'unheard' })
      expect(await idempotency.begin(scope, 'body', 1, 9)).toEqual({ outcome: 'new' })
      expect(await idempotency.begin(other, 'body', 1, 9)).toEqual({ outcome: 'running' })
      await idempotency.finish(scope, answer, 9)
      await idempotency.giveUp(scope)
      expect(await idempotency.begin(scope, 'body', 1, 9)).toEqual({ outcome: 'known', answer })
    },
  },
  {
    name: 'account, project, operation and key each make another request, whatever is written in them',
    run: async ({ stores: { idempotency } }) => {
      const fields = ['accountId', 'projectId', 'operation', 'key'] as const
      const scopes = [scope, ...fields.flatMap((field) => hostileTexts.map((text) => ({ ...scope, [field]: text })))]
      for (const one of scopes) expect(await idempotency.begin(one, 'body', 1, 9)).toEqual({ outcome: 'new' })
      for (const one of scopes) expect(await idempotency.begin(one, 'body', 1, 9)).toEqual({ outcome: 'running' })
    },
  },
  {
    name: 'what is over is forgotten, as many as asked for, and nothing else',
    run: async ({ stores: { idempotency } }) => {
      const at = (key: string) => ({ ...scope, key })
      for (const [key, until] of Object.entries({ a: 5, b: 6, c: 7, d: 8 })) {
        await idempotency.begin(at(key), 'body', 1, until)
      }
      await idempotency.finish(at('a'), answer, 20)
      expect(await idempotency.pruneIdempotency(7, 1)).toBe(1)
      expect(await idempotency.pruneIdempotency(7, 10)).toBe(1)
      expect(await idempotency.pruneIdempotency(7, 10)).toBe(0)
      expect(await idempotency.begin(at('a'), 'body', 7, 30)).toEqual({ outcome: 'known', answer })
      expect(await idempotency.begin(at('d'), 'body', 7, 30)).toEqual({ outcome: 'running' })
    },
  },
]

export function describeIdempotencyStore(open: OpenStores): void {
  describeCases('IdempotencyStore', idempotencyStoreCases, open)
}
