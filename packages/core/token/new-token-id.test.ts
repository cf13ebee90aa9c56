import { expect, test } from 'vitest'
import { newTokenId } from './new-token-id.ts'

test('token ids are different UUIDs of version 4, and those made together begin alike', () => {
  const ids = Array.from({ length: 5_120 }, newTokenId)
  expect(new Set(ids).size).toBe(ids.length)
  for (const id of ids) expect(id).toMatch(/^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/)
  const beginnings = new Set(ids.map((id) => id.slice(0, 8)))
  expect(beginnings.size).toBeGreaterThanOrEqual(10)
  expect(beginnings.size).toBeLessThanOrEqual(11)
  expect(new Set(ids.map((id) => id.slice(9))).size).toBe(ids.length)
})
