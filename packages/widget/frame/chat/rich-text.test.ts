import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { safeHref } from './rich-inline.ts'
import type { Block, Inline } from './rich-nodes.ts'
import { parseRichText } from './rich-text.ts'

const one = (text: string, citations: number[] = []) => {
  const [block] = parseRichText(text, new Set(citations))
  return block?.type === 'paragraph' ? block.inlines : block
}
const plain = (text: string) => [{ type: 'text', text }]

describe('blocks', () => {
  test('paragraphs, lists and code are told apart', () => {
    const text = 'First\nline\n\n- one\n- two\n\n3. three\n4. four\n```js\na *b*\n```\nlast'
    expect(parseRichText(text).map((block) => block.type)).toEqual(['paragraph', 'list', 'list', 'code', 'paragraph'])
    expect(parseRichText(text)[2]).toMatchObject({ ordered: true, start: 3 })
    expect(parseRichText(text)[3]).toEqual({ type: 'code', text: 'a *b*' })
  })

  test('a line set in under an item belongs to it', () => {
    const [list, ...rest] = parseRichText('- one\n  more\n- two')
    expect(rest).toEqual([])
    expect(list).toMatchObject({ items: [[{ text: 'one' }, { type: 'break' }, { text: 'more' }], [{ text: 'two' }]] })
  })

  test('a fence that is still open holds the rest', () => {
    expect(parseRichText('```\nwhile streaming')).toEqual([{ type: 'code', text: 'while streaming' }])
  })

  test('a heading is a bold line; quotes and rules are no blocks of ours', () => {
    expect(one('## Title ##')).toEqual([{ type: 'strong', inlines: plain('Title') }])
    expect(one('#tag')).toEqual(plain('#tag'))
    expect(one('> quoted')).toEqual(plain('> quoted'))
  })
})

describe('inlines', () => {
  test('bold, italic, code and breaks', () => {
    expect(one('**a** *b* __c__ _d_ `e*f*`\ng')).toMatchObject([
      { type: 'strong' },
      { type: 'text' },
      { type: 'emphasis' },
      { type: 'text' },
      { type: 'strong' },
      { type: 'text' },
      { type: 'emphasis' },
      { type: 'text' },
      { type: 'code', text: 'e*f*' },
      { type: 'break' },
      { type: 'text', text: 'g' },
    ])
  })

  test('underscores and stars inside words and sums stay', () => {
    for (const text of ['max_conversation_length', '2 * 3 * 4', 'a ** b', '*', '**', '__init__x']) {
      expect(one(text)).toEqual(plain(text))
    }
  })

  test('a mark is a citation only where the citation exists', () => {
    expect(one('yes [1] no [2]', [1])).toEqual([
      { type: 'text', text: 'yes ' },
      { type: 'citation', n: 1 },
      { type: 'text', text: ' no [2]' },
    ])
  })

  test('a link is http, https or mailto', () => {
    expect(one('[a](https://x.example/b)')).toMatchObject([{ type: 'link', href: 'https://x.example/b' }])
    expect(one('[a](mailto:a@x.example)')).toMatchObject([{ type: 'link' }])
    for (const target of ['javascript:alert(1)', 'JaVaScRiPt:alert(1)', 'data:text/html,x', 'vbscript:x']) {
      expect(one(`[a](${target})`)).toEqual(plain(`[a](${target})`))
      expect(safeHref(target)).toBeNull()
    }
    for (const place of ['#a', '/x', '//x.example', './b.md']) expect(one(`see [a](${place})`)).toEqual(plain('see a'))
    expect(safeHref('java\nscript:alert(1)')).toBeNull()
  })

  test('a bare address is a link without the full stop after it', () => {
    expect(one('See https://x.example/a.')).toEqual([
      { type: 'text', text: 'See ' },
      { type: 'link', href: 'https://x.example/a', inlines: plain('https://x.example/a') },
      { type: 'text', text: '.' },
    ])
  })

  test('images and HTML stay text', () => {
    for (const text of [
      '![x](https://evil.example/x.png)',
      '<img src=x onerror=alert(1)>',
      '<script>alert(1)</script>',
      '&lt;b&gt;',
    ]) {
      expect(one(text)).toEqual(plain(text))
    }
  })
})

describe('hostile input', () => {
  const pieces = [
    '*',
    '**',
    '_',
    '__',
    '`',
    '```',
    '[',
    ']',
    '(',
    ')',
    '![',
    '](',
    '<script>',
    'javascript:',
    'https://',
    '\n',
    '\n\n',
    '- ',
    '1. ',
    '[1]',
    ' ',
    'a',
    'é',
    '\u202e',
    '\0',
  ]
  const hostile = fc.array(fc.constantFrom(...pieces), { maxLength: 120 }).map((parts) => parts.join(''))

  test('never throws, keeps every letter and makes only safe links', () => {
    fc.assert(
      fc.property(fc.oneof(hostile, fc.string()), (text) => {
        const blocks = parseRichText(text, new Set([1]))
        for (const href of linksOf(blocks)) expect(href).toMatch(/^(https?|mailto):/)
        const shown = textOf(blocks)
        for (const letter of text.match(/[aé]/g) ?? []) expect(shown).toContain(letter)
      }),
      { numRuns: 500 },
    )
  })

  test('takes time in proportion to its length', () => {
    const started = performance.now()
    for (const piece of pieces) parseRichText(piece.repeat(16_000 / piece.length))
    expect(performance.now() - started).toBeLessThan(3_000)
  })
})

function inlinesOf(blocks: Block[]): Inline[] {
  const deep = (inlines: Inline[]): Inline[] =>
    inlines.flatMap((part) => ('inlines' in part ? [part, ...deep(part.inlines)] : [part]))
  return blocks.flatMap((block) =>
    block.type === 'paragraph' ? deep(block.inlines) : block.type === 'list' ? block.items.flatMap(deep) : [],
  )
}
function linksOf(blocks: Block[]): string[] {
  return inlinesOf(blocks).flatMap((part) => (part.type === 'link' ? [part.href] : []))
}
function textOf(blocks: Block[]): string {
  const codes = blocks.flatMap((block) => (block.type === 'code' ? [block.text] : []))
  // What stands behind an opening fence names a language and is not shown.
  return (
    [...codes, ...inlinesOf(blocks).map((part) => ('text' in part ? part.text : ''))].join('') +
    'aé'.repeat(codes.length)
  )
}
