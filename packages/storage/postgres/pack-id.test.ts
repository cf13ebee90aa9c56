import { randomUUID } from 'node:crypto'
import { newId } from '@parlor/core/time'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { oddIds, packId, withOddIds } from './pack-id.ts'

const uuid = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/

test('our own ids stand as they are', () => {
  for (const id of [randomUUID(), newId({ now: Date.now })]) expect([packId(id), oddIds({ id })]).toEqual([id, null])
})

test('every other text becomes a UUID of its own and comes back to the letter', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'binary' }), fc.string({ unit: 'binary' }), (id, other) => {
      const packed = packId(id)
      expect(packed).toMatch(uuid)
      if (id !== other) expect(packId(other)).not.toBe(packed)
      expect(withOddIds({ id: packed }, oddIds({ id, none: null }))).toEqual({ id })
    }),
  )
  expect(packId('\ud800')).not.toBe(packId('\ud801'))
})

test('nobody can name what stands for another text, nor spell an id in two ways', () => {
  const packed = packId('plain')
  expect(packId(packed)).not.toBe(packed)
  const id = randomUUID()
  expect(packId(id.toUpperCase())).not.toBe(id)
  expect(packId(`{${id}}`)).not.toBe(id)
})
