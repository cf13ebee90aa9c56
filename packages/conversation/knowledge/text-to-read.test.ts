import { expect, it } from 'vitest'
import { textToRead } from './text-to-read.ts'

it('what is read of a passage is its title, its headings and its words, without what they link to', () => {
  const text =
    'See [the *price* list](https://shop.example/prices?year=1) and ![a picture](a.png).\n[x]: https://a.example'
  expect(textToRead({ title: 'Prices', headings: ['Shop', 'Tickets'], text })).toBe(
    'Prices\nShop\nTickets\nSee [the *price* list] and ![a picture].\n[x]: https://a.example',
  )
})

it('what is read of a long passage is its beginning', () => {
  expect(textToRead({ title: 'T', headings: [], text: 'x'.repeat(5_000) })).toBe(`T\n${'x'.repeat(1_198)}`)
})
