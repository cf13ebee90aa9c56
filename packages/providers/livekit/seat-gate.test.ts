import { expect, test } from 'vitest'
import { openSeatGate } from './seat-gate.ts'
import { listen } from './testing/room-visit.ts'

const sound = { samples: new Int16Array(1), rate: 16_000 }

test('words wait until the seat is taken; people, who are listed, and sound, which is past, do not', () => {
  const told = listen()
  const { listener, open } = openSeatGate(told.listener)
  listener.joined({ identity: 'a', name: 'A' })
  listener.heard('a', sound)
  listener.wrote('a', 'one')
  listener.remarked('a', 'two')
  listener.lent('b', sound)
  listener.lentInterrupted('b')
  expect(told.all).toEqual([])
  open()
  expect(told.all.map(([name]) => name)).toEqual(['wrote', 'remarked', 'lent', 'lentInterrupted'])
  listener.left('a')
  open()
  expect(told.all.map(([name]) => name).slice(4)).toEqual(['left'])
})

test('nothing is told once it is closed, and no more than a hundred words wait', () => {
  const told = listen()
  const { listener, open, close } = openSeatGate(told.listener)
  for (let each = 0; each < 150; each++) listener.wrote('a', `${each}`)
  open()
  expect(told.all).toHaveLength(100)
  close()
  listener.wrote('a', 'late')
  listener.lost('failed')
  open()
  expect(told.all).toHaveLength(100)
})

test('a listener that throws, against its contract, harms nobody', () => {
  const told = listen()
  const { listener, open } = openSeatGate({
    ...told.listener,
    wrote: () => {
      throw new Error('broken')
    },
  })
  listener.wrote('a', 'one')
  listener.remarked('a', 'two')
  open()
  listener.wrote('a', 'three')
  expect(told.all).toEqual([['remarked', 'a', 'two']])
})
