import fc from 'fast-check'
import { expect, test } from 'vitest'
import { lookOf } from './look.ts'

test('an agent always looks the same, and agents differ', () => {
  expect(lookOf({}, 'Support')).toEqual(lookOf({}, 'Support'))
  expect(new Set(['a', 'b', 'c', 'd', 'e', 'f'].map((name) => JSON.stringify(lookOf({}, name)))).size).toBeGreaterThan(
    3,
  )
})

test('colours come from the palette or as hex', () => {
  expect(lookOf({ skin: 'Tan', hair: '#123456', head: 'robot', hair_shape: 'bun' }, 'x')).toMatchObject({
    skin: '#dfa77f',
    hair: '#123456',
    head: 'robot',
    hairShape: 'bun',
  })
})

test('whatever a record holds, only colours and known shapes come out', () => {
  const odd = fc.oneof(fc.string(), fc.constantFrom('constructor', '__proto__', 'url(#x)', 'red;'), fc.integer())
  const keys = ['skin', 'hair', 'clothes', 'background', 'hair_shape', 'head'] as const
  fc.assert(
    fc.property(fc.record(Object.fromEntries(keys.map((key) => [key, odd]))), fc.string(), (config, name) => {
      const { head, hairShape, ...colours } = lookOf(config, name)
      for (const colour of Object.values(colours)) expect(colour).toMatch(/^#[\da-f]{6}$/)
      expect(['round', 'oval', 'robot']).toContain(head)
      expect(['short', 'long', 'bun', 'none']).toContain(hairShape)
    }),
  )
})
