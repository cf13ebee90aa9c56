import { DatabaseSync } from 'node:sqlite'
import { expect, test } from 'vitest'
import { remember } from './remember.ts'

function countingFind<T extends object>(found: T | null) {
  const find = Object.assign(
    () => {
      find.calls += 1
      return found
    },
    { calls: 0 },
  )
  return find
}

test('what was found is read once, until something is written', () => {
  const memory = remember<{ name: string }>(new DatabaseSync(':memory:'))
  const find = countingFind({ name: 'first' })
  expect(memory.recall('a', find)).toEqual({ name: 'first' })
  expect(memory.recall('a', find)).toEqual({ name: 'first' })
  expect(find.calls).toBe(1)
  memory.forget()
  expect(memory.recall('a', () => ({ name: 'second' }))).toEqual({ name: 'second' })
})

test('what was not found is looked for again, because it may be written any time', () => {
  const memory = remember(new DatabaseSync(':memory:'))
  const find = countingFind(null)
  expect(memory.recall('a', find)).toBeNull()
  expect(memory.recall('a', find)).toBeNull()
  expect(find.calls).toBe(2)
})

test('readers share what is remembered, so nobody can change it', () => {
  const memory = remember<{ scopes: string[] }>(new DatabaseSync(':memory:'))
  const found = memory.recall('a', () => ({ scopes: ['read'] }))
  expect(() => found?.scopes.push('write')).toThrow(TypeError)
})

test('a closed store is asked, and refuses, whatever is remembered', () => {
  const db = new DatabaseSync(':memory:')
  const memory = remember<{ name: string }>(db)
  const find = countingFind({ name: 'first' })
  memory.recall('a', find)
  db.close()
  memory.recall('a', find)
  expect(find.calls).toBe(2)
})
