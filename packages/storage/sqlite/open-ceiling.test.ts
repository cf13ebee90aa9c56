import { expect, test } from 'vitest'
import { openCeiling } from './open-ceiling.ts'

/** A store of one account whose count of open sessions is set by hand. */
function counted(open: number) {
  const store = { open, asked: 0, undone: 0 }
  const ceiling = openCeiling({
    countOpen: (_, most) => {
      store.asked += 1
      return Math.min(store.open, most)
    },
    undone: () => store.undone,
  })
  const insert = (most: number): void => {
    ceiling.refuseOver('account', most)
    store.open += 1
    ceiling.inserted('account')
  }
  return { store, insert }
}

test('the store is asked once, and again only when what was inserted since reaches the ceiling', () => {
  const { store, insert } = counted(0)
  for (let made = 0; made < 10; made += 1) insert(10)
  expect(store.asked).toBe(1)
  expect(() => insert(10)).toThrow(expect.objectContaining({ code: 'concurrency_reached' }))
  expect(store.asked).toBe(2)
})

test('room that came from endings is found when the remembered number is used up', () => {
  const { store, insert } = counted(0)
  for (let made = 0; made < 3; made += 1) insert(3)
  store.open = 1
  insert(3)
  insert(3)
  expect(() => insert(3)).toThrow()
})

test('a count made in a transaction that was undone is forgotten: endings in it may not have happened', () => {
  const { store, insert } = counted(0)
  insert(3)
  store.open = 3
  store.undone += 1
  expect(() => insert(3)).toThrow()
})
