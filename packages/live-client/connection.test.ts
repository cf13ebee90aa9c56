import { closeCodes, mayReconnect } from '@parlor/protocol'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { backoffMs, type Connection, type ConnectionEvent, heldMs, reduceConnection } from './connection.ts'

const idle: Connection = { phase: 'idle' }
const run = (...events: ConnectionEvent[]) => events.reduce(reduceConnection, idle)
const started: ConnectionEvent = { type: 'started' }
const ready: ConnectionEvent = { type: 'ready', now: 0 }
const dropped = (code: number, now = heldMs): ConnectionEvent => ({ type: 'dropped', code, now })

test('every close code either reconnects or closes for good, as the protocol says', () => {
  for (const code of [...Object.values(closeCodes), 1005, 1006]) {
    expect(run(started, ready, dropped(code)).phase).toBe(mayReconnect(code) ? 'reconnecting' : 'closed')
    expect(run(started, dropped(code)).phase).toBe(mayReconnect(code) ? 'connecting' : 'closed')
  }
})

test('a final close says why', () => {
  expect(run(started, dropped(4401))).toEqual({ phase: 'closed', code: 4401, reason: 'bad_token' })
  expect(run(started, ready, dropped(4411))).toEqual({ phase: 'closed', code: 4411, reason: 'revoked' })
  expect(run(started, ready, { type: 'ended', reason: 'stopped', code: 4411 }, dropped(1006))).toEqual({
    phase: 'closed',
    code: 4411,
    reason: 'stopped',
  })
})

test('a connection that held starts counting anew, one that broke at once does not', () => {
  const broken = [started, ready, dropped(1006, 0), ready, dropped(1006, 10)]
  expect(run(...broken)).toMatchObject({ attempt: 2 })
  expect(run(...broken, ready, dropped(1006, heldMs))).toMatchObject({ attempt: 1 })
})

test('nothing but a new start leaves the closed state', () => {
  const closed = run(started, { type: 'left' })
  expect(reduceConnection(closed, ready)).toBe(closed)
  expect(reduceConnection(closed, dropped(1006))).toBe(closed)
  expect(reduceConnection(closed, started).phase).toBe('connecting')
})

test('the wait grows from half a second and never passes eight', () => {
  fc.assert(
    fc.property(fc.integer({ min: 1, max: 60 }), fc.double({ min: 0, max: 0.999, noNaN: true }), (attempt, random) => {
      const delay = backoffMs(attempt, 1006, random)
      expect(delay).toBeGreaterThanOrEqual(500)
      expect(delay).toBeLessThanOrEqual(8_000)
      expect(backoffMs(attempt + 1, 1006, random)).toBeGreaterThanOrEqual(delay)
    }),
  )
  expect(backoffMs(1, 1006, 0)).toBe(500)
  expect(backoffMs(1, 4429, 0)).toBe(4_000)
})
