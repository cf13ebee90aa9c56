import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { passageLimit } from './cut-passages.ts'
import { readMarkdown } from './read-markdown.ts'

const textsOf = (markdown: string) => readMarkdown(markdown).chunks.map((chunk) => chunk.text)

describe('headings', () => {
  test('a passage carries the path of headings above it and the anchor GitHub gives the last', () => {
    const { title, chunks } = readMarkdown(
      '# Shop\n\n## `Reply.send()` & more\n\nSends it.\n\n### Notes\n\nLate.\n\n## Pay\n\nNow.',
    )
    expect(title).toBe('Shop')
    expect(chunks.map(({ headings, anchor, text }) => [headings.join(' > '), anchor, text])).toEqual([
      ['Shop > Reply.send() & more', 'replysend--more', 'Sends it.'],
      ['Shop > Reply.send() & more > Notes', 'notes', 'Late.'],
      ['Shop > Pay', 'pay', 'Now.'],
    ])
  })

  test('a heading that comes again gets a number, and never the anchor of another', () => {
    const { chunks } = readMarkdown('# A\n\nx\n\n# A\n\ny\n\n# A-1\n\nz\n\n# A\n\nw')
    expect(chunks.map((chunk) => chunk.anchor)).toEqual(['a', 'a-1', 'a-1-1', 'a-2'])
  })

  test('an underlined line is a heading, a rule and a line of a code block are none', () => {
    const { chunks } = readMarkdown('Refunds\n=======\n\nOne.\n\n---\n\n```sh\n# not a heading\n```\n')
    expect(chunks).toMatchObject([{ headings: ['Refunds'], anchor: 'refunds' }])
    expect(chunks[0]?.text).toContain('# not a heading')
  })

  test('among equals the first heading is no title of the document', () => {
    expect(readMarkdown('## One\n\na\n\n## Two\n\nb').title).toBeNull()
    expect(readMarkdown('## One\n\na\n\n### Two\n\nb').title).toBe('One')
  })

  test('a document of nothing but headings can still be found', () => {
    expect(textsOf('# Opening hours\n\n## Closed on Mondays')).toEqual(['# Opening hours\n\n## Closed on Mondays'])
  })
})

describe('what is dropped and what is kept', () => {
  test('front matter is dropped but for its title', () => {
    const { title, chunks } = readMarkdown('---\ntitle: "Our terms"\ntags: [a]\n---\n\n# Terms\n\nPay.')
    expect(title).toBe('Our terms')
    expect(chunks.map((chunk) => chunk.text)).toEqual(['Pay.'])
  })

  test('a rule at the top is no front matter', () => {
    expect(textsOf('---\n\nPay at once.\n\n---\n\nOr later.')).toEqual(['Pay at once.\n\nOr later.'])
  })

  test('comments are dropped, also over many lines, but not inside code', () => {
    const texts = textsOf('a <!-- one --> b\n<!--\n# two\n-->\n`<!-- three -->`\n\n```html\n<!-- four -->\n```\n')
    expect(texts.join()).not.toMatch(/one|two/)
    expect(texts.join()).toMatch(/three[\s\S]*four/)
  })

  test('a comment that is never closed stays as text', () => {
    expect(textsOf('Pay <!-- now\n\nor later')).toEqual(['Pay <!-- now\n\nor later'])
  })

  test('HTML stays as text', () => {
    expect(textsOf('<script>alert(1)</script>')).toEqual(['<script>alert(1)</script>'])
  })

  test('line ends, byte order mark, NUL and half signs are made whole', () => {
    const { title, chunks } = readMarkdown('\uFEFF# Title\r\n\r\na\0b \uD800 c\r\n')
    expect(title).toBe('Title')
    expect(chunks[0]?.text).toBe('a\uFFFDb \uFFFD c')
  })
})

describe('where it is cut', () => {
  const sentence = (n: number) => `Sentence number ${n} says what it has to say in a few plain words.`
  const prose = Array.from({ length: 40 }, (_, n) => sentence(n)).join(' ')

  test('prose is cut between sentences, and a passage may repeat the last whole ones', () => {
    const texts = textsOf(`${prose}\n\n${prose}`)
    expect(texts.length).toBeGreaterThan(5)
    for (const text of texts) expect(text).toMatch(/^Sentence number \d+ [\s\S]*words\.$/)
    const [first = '', second = ''] = textsOf(
      `${prose.slice(0, 660).replace(/[^.]*$/, '')}\n\n${prose.slice(0, 400).replace(/[^.]*$/, '')}`,
    )
    const repeated = second.split('\n\n')[0] ?? ''
    expect(repeated.length).toBeLessThanOrEqual(150)
    expect(first.endsWith(repeated)).toBe(true)
  })

  test('no table row, list item or code block is torn while it fits', () => {
    const row = (n: number) => `| key ${n} | ${'value '.repeat(12)}end ${n} |`
    const rows = Array.from({ length: 30 }, (_, n) => row(n))
    for (const text of textsOf(`| Key | Value |\n| --- | --- |\n${rows.join('\n')}`)) {
      expect(text.startsWith('| Key | Value |\n| --- | --- |\n')).toBe(true)
      for (const line of text.split('\n').slice(2)) expect(rows).toContain(line)
    }
    const items = Array.from(
      { length: 30 },
      (_, n) => `- item ${n} ${'word '.repeat(20)}\n  goes on ${n}\n  - inner ${n}`,
    )
    const blocks = textsOf(items.join('\n')).join('\n')
    for (const item of items) expect(blocks).toContain(item)
    const code = `\`\`\`js\n${'let x = 1\n'.repeat(60)}\`\`\``
    expect(textsOf(`${prose.slice(0, 700)}\n\n${code}`).some((text) => text.includes(code))).toBe(true)
  })

  test('a code block that is too long is cut at lines into code blocks', () => {
    const texts = textsOf(`\`\`\`js\n${Array.from({ length: 200 }, (_, n) => `const v${n} = ${n}`).join('\n')}\n\`\`\``)
    expect(texts.length).toBeGreaterThan(2)
    for (const text of texts) expect(text).toMatch(/^```js\n(const v\d+ = \d+\n)+```$/)
  })

  test('no passage reaches over a heading', () => {
    expect(textsOf('# A\n\nshort\n\n# B\n\nshort too')).toEqual(['short', 'short too'])
  })
})

test('whatever is sent in is read without an error into passages of bounded length', () => {
  const marks = fc.constantFrom(
    '# ',
    '- ',
    '> ',
    '```\n',
    '| a |\n',
    '|-|\n',
    '\n',
    '\n\n',
    '<!--',
    '-->',
    '[',
    '](',
    '*',
    '`',
    '    ',
    '---\n',
    '\0',
    '\uD800',
    '\r\n',
    '1. ',
    '知識',
    'word ',
    '. ',
  )
  const text = fc
    .array(fc.oneof(marks, fc.string({ unit: 'binary', maxLength: 40 })), { maxLength: 200 })
    .map((all) => all.join(''))
  fc.assert(
    fc.property(text, (markdown) => {
      const { chunks } = readMarkdown(markdown)
      chunks.forEach((chunk, i) => {
        expect(chunk.position).toBe(i)
        expect(chunk.text.length).toBeLessThanOrEqual(passageLimit)
        expect(chunk.text.isWellFormed()).toBe(true)
      })
    }),
    { numRuns: 300 },
  )
})

test('all text of a document is in its passages', () => {
  const word = fc.stringMatching(/^[a-z]{3,9}$/)
  const block = fc.tuple(fc.constantFrom('', '# ', '- ', '> ', '1. '), fc.array(word, { minLength: 1, maxLength: 300 }))
  fc.assert(
    fc.property(fc.array(block, { minLength: 1, maxLength: 8 }), (blocks) => {
      const { chunks } = readMarkdown(blocks.map(([mark, words]) => mark + words.join(' ')).join('\n\n'))
      const kept = chunks.map(({ text, headings }) => `${headings.join(' ')} ${text}`).join(' ')
      const held = new Set(kept.match(/[a-z]+/g))
      for (const [mark, words] of blocks) if (mark !== '# ') for (const one of words) expect(held).toContain(one)
    }),
    { numRuns: 60 },
  )
})

describe('a hostile text costs time in proportion to its length', () => {
  const of = (text: string, length = 400_000) => text.repeat(Math.ceil(length / text.length))
  const texts: Record<string, string> = {
    'open brackets': of('['),
    'nested lists on one line': of('- '),
    'nested quotes': of('>'),
    'nested lists by indentation': Array.from({ length: 800 }, (_, depth) => `${' '.repeat(2 * depth)}- a`).join('\n'),
    'open comments': of('<!--'),
    'open comments before a close': `${of('<!--')}-->`,
    backticks: of('`'),
    emphasis: of('*a **b '),
    'fences in items': of('- ```\n'),
    'table rows': `|a|b|\n|-|-|\n${of('|a|b|\n')}`,
    'one line of pipes': of('|-'),
    'one word': of('a'),
    'one line of words': of('word '),
    'full stops': of('. '),
    'blank lines between items': of('- a\n\n\n\n'),
    'underlined headings': of('a\n-\n'),
    'headings with marks': of('# *a*\n'),
    identifiers: of('aB'),
    'front matter without end': `---\n${of('a: b\n')}`,
  }
  test.each(Object.entries(texts))(
    '%s',
    (_, text) => {
      const { chunks } = readMarkdown(text)
      expect(chunks.every((chunk) => chunk.text.length <= passageLimit)).toBe(true)
    },
    20_000,
  )
})
