import { expect, it } from 'vitest'
import { guardAddresses } from './address-guard.ts'

const limits = { greeting: 3, refusedPerMinute: 5 }

it('lets an address have so many unfinished handshakes, and others their own', () => {
  const guard = guardAddresses(limits, () => 0)
  expect([1, 2, 3, 4].map(() => guard.enter('192.0.2.1'))).toEqual([true, true, true, false])
  expect(guard.enter('192.0.2.2')).toBe(true)
  guard.leave('192.0.2.1', 'admitted')
  expect(guard.enter('192.0.2.1')).toBe(true)
})

it('turns an address away that was refused too often, until time has passed', () => {
  let now = 0
  const guard = guardAddresses(limits, () => now)
  for (let n = 0; n < 5; n += 1) {
    expect(guard.enter('192.0.2.1')).toBe(true)
    guard.leave('192.0.2.1', 'refused')
  }
  expect(guard.enter('192.0.2.1')).toBe(false)
  now = 12_001
  expect(guard.enter('192.0.2.1')).toBe(true)
})

it('costs an address nothing to be let in', () => {
  const guard = guardAddresses(limits, () => 0)
  for (let n = 0; n < 1000; n += 1) {
    expect(guard.enter('192.0.2.1')).toBe(true)
    guard.leave('192.0.2.1', 'admitted')
  }
})

it('does not limit this machine', () => {
  const guard = guardAddresses(limits, () => 0)
  for (const address of ['127.0.0.1', '::1', '::ffff:127.0.0.1']) {
    for (let n = 0; n < 20; n += 1) expect(guard.enter(address)).toBe(true)
  }
})
