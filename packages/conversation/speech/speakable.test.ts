import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { speakable } from './speakable.ts'

describe('what is spoken', () => {
  it.each([
    [
      'a quoted lead and what it quotes, without the numbers',
      'According to *Fares*:\n\n“A ticket costs **twelve** euros.” [1]\n\n“Children pay 3.5.” [2][3]',
      'According to Fares:\n“A ticket costs twelve euros.”\n“Children pay 3.5.”',
    ],
    [
      'headings, items and their numbers',
      '# Hours\nWe open\nat nine.\n- [ ] a\n\n3. b\n4. c',
      'Hours\nWe open\nat nine.\na\n3. b\n4. c',
    ],
    ['no code block, but code in a line', 'Run `npm start`.\n\n```sh\nrm -rf /\n```\nDone.', 'Run npm start.\nDone.'],
    [
      'the words of a link and of a picture',
      'See [the map](https://a.example/b?c=d) and ![a *cat*](x.png).',
      'See the map and a cat.',
    ],
    ['no address', 'See https://a.example/b?c=d. Or (www.example.com), ftp://x/y!', 'See. Or,!'],
    ['a mail address', 'Write to desk@museum.example.', 'Write to desk@museum.example.'],
    ['marks of every kind not', 'At nine [1, 2], twelve[^3] or 【4†source】 one [5].', 'At nine, twelve or one.'],
    ['no emoji', 'Hi 👋🏽 there 👨‍👩‍👧 🇦🇹 1️⃣ ❤️!', 'Hi there 1!'],
    ['signs that only look like some', '© 2024 Museum™, 5 * 3 = 15, a_b, R&D', '© 2024 Museum™, 5 * 3 = 15, a_b, R&D'],
    ['no tags, but their words', 'a <b>bold</b> <break time="3s"/>word<br>here', 'a bold word here'],
    ['the words of a block of tags', '<div>\nwords <i>here</i>\n</div>', 'words here'],
    ['no address with brackets', 'See https://a.example/b_(c) now.', 'See now.'],
    ['the rows of a table', '| a | b |\n|---|---|\n| 1 | 2 |', 'a, b\n1, 2'],
    ['a row that came alone, and no rule', '| 1 | 2 |', '1, 2'],
    ['a quotation', '> so it\n> is', 'so it\nis'],
    ['a date at the beginning', '3. Mai', '3. Mai'],
    ['letters that joiners shape', 'می\u200cخواهم', 'می\u200cخواهم'],
  ])('is %s', (_, text, spoken) => {
    expect(speakable(text)).toBe(spoken)
  })

  it.each(['**Important. ', ' Important** ', '*Important', '__Important', '`Important', '~~Important'])(
    'has no half of a mark whose other half is in another piece: %j',
    (text) => {
      expect(speakable(text)).toMatch(/^Important\.?$/)
    },
  )

  it.each(['', ' \n', '[1]', '…', '***', '```js\nlet a = 1', '| --- | --- |', '👋', '[x]: https://a.example'])(
    'is nothing where nothing is said: %j',
    (text) => {
      expect(speakable(text)).toBe('')
    },
  )

  it('holds no sign that steers a voice, whatever the text', () => {
    const hostile = fc.string({
      unit: fc.constantFrom('<', '>', '[', ']', '(', ')', '`', '*', '|', '\\', '\u0001', '\0', 'a', ' ', '\n', '/'),
    })
    fc.assert(
      fc.property(hostile, (text) => {
        // biome-ignore lint/suspicious/noControlCharactersInRegex: they are what must not be there
        expect(speakable(text)).not.toMatch(/[\0-\x09\x0b-\x1f]/)
      }),
    )
  })

  it.each(['[', '*', '<a', '> ', '[a](', '\\', '`'])('is found soon in ten thousand times %j', (sign) => {
    const before = performance.now()
    speakable(sign.repeat(10_000))
    expect(performance.now() - before).toBeLessThan(2_000)
  })
})
