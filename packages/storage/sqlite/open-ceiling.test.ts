import { expect, test } from 'vitest'
import { openCeiling } from './open-ceiling.ts'

/** A store of one account whose count of open sessions is set by hand. */
function counted(open: number) {
  const store = { open, asked: 0, undone: 0 }
  const ceiling = openCeiling(() => store.undone)
  const count = (most: number): number => {
    store.asked += 1
    return Math.min(store.open, most)
  }
  /** Whether it was let in. */
  const insert = (most: number): boolean => {
    if (ceiling.isReached('account', most, count)) return false
    store.open += 1
    ceiling.inserted('account')
    return true
  }
  return { store, insert }
}

test('the store is asked once, and again only when what was inserted since reaches the ceiling', () => {
  const { store, insert } = counted(0)
  for (let made = 0; made < 10; made += 1) insert(10)
  expect(store.asked).toBe(1)
  expect(insert(10)).toBe(false)
  expect(store.asked).toBe(2)
})

test('room that came from endings is found when the remembered number is used up', () => {
  const { store, insert } = counted(0)
  for (let made = 0; made < 3; made += 1) insert(3)
  store.open = 1
  insert(3)
  insert(3)
  expect(insert(3)).toBe(false)
})

test('a count made in a transaction that was undone is forgotten: endings in it may not have happened', () => {
  const { store, insert } = counted(0)
  insert(3)
  store.open = 3
  store.undone += 1
  expect(insert(3)).toBe(false)
})
