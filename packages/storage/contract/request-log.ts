import { randomUUID } from 'node:crypto'
import type { RequestRecord } from '@parlor/core/account'
import { expect } from 'vitest'
import { type ContractCase, describeCases, type OpenStores } from './contract-case.ts'
import { brokenTexts, hostileTexts } from './samples.ts'

const november = Date.UTC(2026, 10, 20)
const all = { offset: 0, limit: 100 }

const call = (changed: Partial<RequestRecord> = {}): RequestRecord => ({
  id: randomUUID(),
  accountId: 'mine',
  keyId: 'key',
  time: november,
  method: 'GET',
  path: '/v1/voices',
  operation: 'listVoices',
  status: 200,
  userAgent: "it's/1.0",
  durationMs: 1.5,
  requestId: 'req_1',
  address: '192.0.2.1',
  ...changed,
})
/** As it is listed. */
const listed = (request: RequestRecord): RequestRecord => ({ ...request, address: null })

export const requestLogCases: readonly ContractCase[] = [
  {
    name: 'a call is seen at once by whoever asks, newest first, a page at a time, and by its own account only',
    run: async ({ stores: { requests } }) => {
      const made = [3, 1, 2, 2].map((at) => call({ time: november + at }))
      for (const request of made) requests.record(request)
      requests.record(call({ accountId: 'theirs' }))
      const [newest, oldest, second, third] = made.map(listed)
      expect(await requests.listRequests('mine', {}, all)).toEqual({ items: [newest, third, second, oldest], total: 4 })
      expect(await requests.listRequests('mine', {}, { offset: 1, limit: 2 })).toEqual({
        items: [third, second],
        total: 4,
      })
      expect(await requests.listRequests('nobody', {}, all)).toEqual({ items: [], total: 0 })
    },
  },
  {
    name: 'calls are listed by operation, also those that led nowhere',
    run: async ({ stores: { requests } }) => {
      const made = [call(), call({ operation: '', status: 404, userAgent: null }), call({ operation: 'endSession' })]
      for (const request of made) requests.record(request)
      for (const request of made) {
        const found = await requests.listRequests('mine', { operation: request.operation }, all)
        expect(found).toEqual({ items: [listed(request)], total: 1 })
      }
      expect(await requests.listRequests('mine', { operation: 'unheard' }, all)).toEqual({ items: [], total: 0 })
    },
  },
  {
    name: 'calls are counted by account and calendar month in UTC',
    run: async ({ stores: { requests } }) => {
      const [first, last] = [Date.UTC(2026, 10, 1), Date.UTC(2026, 11, 1) - 1]
      for (const time of [first, last, last + 1, first - 1]) requests.record(call({ time }))
      requests.record(call({ accountId: 'theirs' }))
      expect(await requests.countRequestsInMonth('mine', november)).toBe(2)
      requests.record(call({ time: last }))
      expect(await requests.countRequestsInMonth('mine', first)).toBe(3)
      expect(await requests.countRequestsInMonth('mine', last + 1)).toBe(1)
      expect(await requests.countRequestsInMonth('mine', Date.UTC(2025, 10, 20))).toBe(0)
    },
  },
  {
    name: 'a key knows how often it was used, and when and from where last, in whatever order calls are recorded',
    run: async ({ stores: { requests } }) => {
      const from = (time: number, address: string | null) => requests.record(call({ time, address }))
      from(5, '192.0.2.5')
      from(9, '192.0.2.9')
      from(7, '192.0.2.7')
      requests.record(call({ keyId: 'other', time: 8, address: null }))
      const [usage, other, unused] = await requests.readKeyUsage(['key', 'other', 'unused'])
      expect(usage).toEqual({ requestCount: 3, lastUsedAt: 9, lastUsedIp: '192.0.2.9' })
      expect(other).toEqual({ requestCount: 1, lastUsedAt: 8, lastUsedIp: null })
      expect(unused).toEqual({ requestCount: 0, lastUsedAt: null, lastUsedIp: null })
      from(6, '192.0.2.6')
      expect(await requests.readKeyUsage(['key'])).toEqual([{ ...usage, requestCount: 4 }])
      from(10, '2001:db8::1')
      expect(await requests.readKeyUsage(['key'])).toEqual([
        { requestCount: 5, lastUsedAt: 10, lastUsedIp: '2001:db8::1' },
      ])
    },
  },
  {
    name: 'old calls are forgotten the oldest first, and the sums stay',
    run: async ({ stores: { requests } }) => {
      for (const time of [4, 1, 3, 2, 5]) requests.record(call({ time, operation: time > 2 ? 'later' : 'early' }))
      expect((await requests.listRequests('mine', {}, all)).total).toBe(5)
      const times = async () => (await requests.listRequests('mine', {}, all)).items.map(({ time }) => time)
      expect(await requests.pruneRequests(4, 2)).toBe(2)
      expect(await times()).toEqual([5, 4, 3])
      expect(await requests.pruneRequests(4, 10)).toBe(1)
      expect(await requests.pruneRequests(4, 10)).toBe(0)
      expect(await times()).toEqual([5, 4])
      expect((await requests.listRequests('mine', {}, all)).total).toBe(2)
      expect(await requests.listRequests('mine', { operation: 'early' }, all)).toEqual({ items: [], total: 0 })
      expect((await requests.listRequests('mine', { operation: 'later' }, all)).total).toBe(2)
      expect(await requests.countRequestsInMonth('mine', 1)).toBe(5)
      expect((await requests.readKeyUsage(['key']))[0]?.requestCount).toBe(5)
    },
  },
  {
    name: 'thousands of calls in one turn are all kept, and hostile text among them harms none',
    run: async ({ stores: { requests } }) => {
      const texts = [...hostileTexts, ...brokenTexts]
      for (let index = 0; index < 3000; index++) {
        const text = texts[index % texts.length] ?? ''
        requests.record(
          call({ accountId: index % 2 ? 'mine' : 'theirs', path: text, operation: text, userAgent: text }),
        )
      }
      expect((await requests.listRequests('mine', {}, all)).total).toBe(1500)
      expect(await requests.countRequestsInMonth('theirs', november)).toBe(1500)
      for (const text of hostileTexts) {
        const { items } = await requests.listRequests('mine', { operation: text }, { offset: 0, limit: 1 })
        if (items[0]) expect(items[0]).toMatchObject({ path: text, operation: text, userAgent: text })
      }
    },
  },
]

export function describeRequestLog(open: OpenStores): void {
  describeCases('RequestLog', requestLogCases, open)
}
