import { expect, test } from 'vitest'
import { readAskedFor } from './read-asked-for.ts'

test.each([
  ['How long may it take?', 'amount'],
  ['What is the default limit?', 'amount'],
  ['Wie viele Tage habe ich?', 'amount'],
  ['How do I turn it off?', 'way'],
  ['Can I return it?', 'way'],
  ['What is a hook?', 'meaning'],
  ['Was bedeutet das?', 'meaning'],
  ['refund for shoes', 'anything'],
] as const)('"%s" asks for: %s', (question, form) => {
  expect(readAskedFor(question)).toBe(form)
})
