import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { WordTable } from '@parlor/conversation/knowledge'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { englishWordVectors } from './index.ts'
import { layOutWords, readWords } from './word-file.ts'

const folder = mkdtempSync(join(tmpdir(), 'parlor-words-'))
afterAll(() => rmSync(folder, { recursive: true }))
let english: WordTable
beforeAll(async () => {
  english = (await englishWordVectors().open()) as WordTable
})

function nearness(one: string, other: string): number {
  const [a, b] = [english.find(one)?.vector, english.find(other)?.vector]
  if (!a || !b) throw new Error('One of the words is not known.')
  const dot = (x: Int8Array, y: Int8Array) => x.reduce((sum, number, i) => sum + number * (y[i] ?? 0), 0)
  return dot(a, b) / Math.sqrt(dot(a, a) * dot(b, b))
}

test.each([
  ['pictures', 'images', 'bread'],
  ['customers', 'clients', 'mountains'],
  ['refuse', 'deny', 'paint'],
  ['mistake', 'correct', 'violin'],
  ['answer', 'reply', 'forest'],
])('%s is nearer to %s than to %s', (word, near, far) => {
  expect(nearness(word, near)).toBeGreaterThan(nearness(word, far) + 0.2)
})

test('a form of a known word is known, and what is no word is not', () => {
  expect(nearness('logger', 'log')).toBeGreaterThan(0.3)
  expect(english.find('validators')).not.toBeNull()
  expect(english.find('qzxv')).toBeNull()
  expect(english.find('返金')).toBeNull()
})

test('a common word says less than a rare one', () => {
  expect(english.find('the')?.weight).toBeLessThan(0.01)
  expect(english.find('schema')?.weight).toBeGreaterThan(0.9)
})

test('what is laid out is read again, to half a step', () => {
  const bytes = layOutWords(['near', 'far'], [Float64Array.of(0.4, -0.3), Float64Array.of(0, 0.9)])
  const { size, find } = readWords(bytes)
  expect(size).toBe(2)
  expect(Array.from(find('near')?.vector ?? [])).toEqual([102, -76])
  expect(Array.from(find('far')?.vector ?? [])).toEqual([0, 127])
})

test.each([
  ['a missing file', null],
  ['an empty file', new Uint8Array()],
  ['a file that is cut off', readFileSync(join(import.meta.dirname, 'english-words.bin')).subarray(0, -1)],
])('%s gives no table, and the reason is told once', async (_, bytes) => {
  const file = join(folder, `words-${bytes?.length}.bin`)
  if (bytes) writeFileSync(file, bytes)
  const faults: unknown[] = []
  const words = englishWordVectors({ file, onFault: (error) => faults.push(error) })
  expect(await words.open()).toBeNull()
  expect(await words.open()).toBeNull()
  expect(faults).toHaveLength(1)
})

test('the file is read when it is asked for and not before, and once', async () => {
  const file = join(folder, 'later.bin')
  const words = englishWordVectors({ file })
  writeFileSync(file, layOutWords(['word'], [Float64Array.of(1)]))
  const table = await words.open()
  rmSync(file)
  expect(table?.find('word')).not.toBeNull()
  expect(await words.open()).toBe(table)
})
