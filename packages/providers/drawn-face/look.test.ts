import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { lookOf } from './look.ts'

const widgetLook = join(import.meta.dirname, '../../widget/frame/face/look.ts')

/** The named colours of a file, by list. */
function palettes(source: string): string[] {
  return source.match(/^ {2}[a-z]+: '#[\da-f]{6}',$/gm) ?? []
}

test('names and colours are those of the face in the widget', async () => {
  const [ours, theirs] = await Promise.all(
    [join(import.meta.dirname, 'look.ts'), widgetLook].map((file) => readFile(file, 'utf8')),
  )
  expect(palettes(theirs ?? '').length).toBeGreaterThan(20)
  expect(palettes(ours ?? '')).toEqual(palettes(theirs ?? ''))
})

test('what a look leaves open is chosen by its name, always alike', () => {
  expect(lookOf({ name: 'Iris' })).toEqual(lookOf({ name: 'Iris' }))
  expect(lookOf({ name: 'Iris' })).toMatchObject({ skin: '#dfa77f', hairShape: 'bun', clothes: '#2b2d36' })
  const looks = ['a', 'b', 'c', 'd', 'e', 'f'].map((name) => JSON.stringify(lookOf({ name })))
  expect(new Set(looks).size).toBeGreaterThan(3)
})

test('whatever a look holds, only colours and known shapes come out', () => {
  const odd = lookOf({ name: 'x', skin: '__proto__', hair: 'constructor', clothes: 'url(#x)', head: 'square' })
  const { head, hairShape, ...colours } = odd
  for (const colour of Object.values(colours)) expect(colour).toMatch(/^#[\da-f]{6}$/)
  expect(['round', 'oval']).toContain(head)
  expect(['short', 'long', 'bun']).toContain(hairShape)
  expect(lookOf({ skin: 'Tan', hair: '#ABCDEF', hair_shape: 'none' })).toMatchObject({
    skin: '#dfa77f',
    hair: '#abcdef',
    hairShape: 'none',
  })
})
