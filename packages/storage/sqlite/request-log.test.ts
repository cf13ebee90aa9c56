import type { RequestRecord } from '@parlor/core/account'
import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { openFile, withFolder } from './testing/store-file.ts'

beforeEach(() => void vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] }))
afterEach(() => void vi.useRealTimers())

const call = (time: number): RequestRecord => ({
  id: `call ${time}`,
  accountId: 'account',
  keyId: 'key',
  time,
  method: 'GET',
  path: '/',
  operation: 'read',
  status: 200,
  userAgent: null,
  durationMs: 1,
  requestId: 'req',
  address: null,
})
const all = { offset: 0, limit: 1 }
/** Lets the store commit what it was handed. */
const committed = () => new Promise((resolve) => setImmediate(() => setImmediate(resolve)))

test('calls wait a tenth of a second for each other and are written as one', () =>
  withFolder(async (file) => {
    const { requests, stats, close } = openFile(file)
    for (let time = 0; time < 20; time++) requests.record(call(time))
    await committed()
    expect(stats()).toMatchObject({ pending: 0, written: 0 })
    vi.advanceTimersByTime(100)
    await committed()
    expect(stats()).toMatchObject({ written: 1, commits: 1 })
    vi.advanceTimersByTime(1_000)
    await committed()
    expect(stats()).toMatchObject({ written: 1 })
    await close()
  }))

test('five hundred calls wait for nobody', () =>
  withFolder(async (file) => {
    const { requests, stats, close } = openFile(file)
    for (let time = 0; time < 1_001; time++) requests.record(call(time))
    await committed()
    expect(stats()).toMatchObject({ written: 2 })
    await close()
  }))

test('closing writes what waits, and a call after it does no harm', () =>
  withFolder(async (file) => {
    const first = openFile(file)
    first.requests.record(call(1))
    await first.close()
    first.requests.record(call(2))
    vi.advanceTimersByTime(100)
    await committed()
    const second = openFile(file)
    expect((await second.requests.listRequests('account', {}, all)).total).toBe(1)
    await second.close()
  }))

test('a list asked for while a batch is on its way waits for it', () =>
  withFolder(async (file) => {
    const { requests, close } = openFile(file)
    for (let time = 0; time < 500; time++) requests.record(call(time))
    expect((await requests.listRequests('account', {}, all)).total).toBe(500)
    await close()
  }))

test('a batch the store refuses for its own sake is dropped, and the calls after it are written', () =>
  withFolder(async (file) => {
    const { requests, close } = openFile(file)
    requests.record({ ...call(1), path: null as unknown as string })
    expect((await requests.listRequests('account', {}, all)).total).toBe(0)
    requests.record(call(2))
    expect((await requests.listRequests('account', {}, all)).total).toBe(1)
    await close()
  }))
