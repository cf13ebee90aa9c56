import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { cutSpeech } from './cut-speech.ts'
import { speakable } from './speakable.ts'

function cut(...pieces: string[]): string[] {
  const cutter = cutSpeech()
  return [...pieces.flatMap((piece) => cutter.take(piece)), ...cutter.flush()]
}

const withoutBlanks = (text: string) => text.replace(/\s+/g, '')

describe('an answer', () => {
  it.each([
    ['It is so. Is it? Yes! Well… Yes', ['It is so.', 'Is it?', 'Yes!', 'Well…', 'Yes']],
    [
      'It costs 3.5 euros at 10:30; that is, 1,000 of v1.2.3: cheap.',
      ['It costs 3.5 euros at 10:30;', 'that is, 1,000 of v1.2.3:', 'cheap.'],
    ],
    [
      'Ask Dr. J. Smith, e.g. at 5 p.m. or z. B. am 3. Mai bzw. im Juni. Good.',
      ['Ask Dr. J. Smith,', 'e.g. at 5 p.m. or z. B. am 3. Mai bzw. im Juni.', 'Good.'],
    ],
    [
      'Well, hello there my friend, come in, and then please, if you like. One, two, three.',
      ['Well, hello there my friend,', 'come in, and then please, if you like.', 'One, two, three.'],
    ],
    ['“It is so.” (Or not.) **Yes.** Then', ['“It is so.”', '(Or not.)', '**Yes.**', 'Then']],
    ['Voilà. «\u00a0Oui, peut-être.\u00a0» Bien', ['Voilà.', '«\u00a0Oui, peut-être.\u00a0»', 'Bien']],
    [
      '東京は日本の首都です。人口は1400万人！「はい。」そうですか？',
      ['東京は日本の首都です。', '人口は1400万人！', '「はい。」', 'そうですか？'],
    ],
    ['हाँ। ठीक है। क्या؟ نعم', ['हाँ।', 'ठीक है।', 'क्या؟', 'نعم']],
    ['# Hours\nWe open\nat nine\n- a\n- b\n\nDone', ['# Hours', 'We open\nat nine', '- a', '- b', 'Done']],
    ['1. Come in. 2 of you\n2. Go', ['1. Come in.', '2 of you', '2. Go']],
  ])('is cut where one breathes: %j', (text, segments) => {
    expect(cut(text)).toEqual(segments)
  })

  it('is never cut within a link, within code or within a code block, which is a segment of its own', () => {
    const text =
      'See [the page. Or: not](https://a.example/b. c?d) now.\nUse `a. b; c` so.\n```js\nlet a = 1. \n\nb. c\n```\nAfter.'
    expect(cut(text)).toEqual([
      'See [the page. Or: not](https://a.example/b.',
      'c?d) now.',
      'Use `a. b; c` so.',
      '```js\nlet a = 1. \n\nb. c\n```',
      'After.',
    ])
    expect(cut('Go: [a. b](https://a.example/(x)). End').at(0)).toBe('Go: [a. b](https://a.example/(x)).')
    expect(cut('One. \n```\nnever. closed').map(speakable)).toEqual(['One.', ''])
  })

  it('is given out as soon as it is sure where the sentence ends', () => {
    const cutter = cutSpeech()
    expect(cutter.take('It is so.')).toEqual([])
    expect(cutter.take(' ')).toEqual(['It is so.'])
    expect(cutter.take('It costs 3.')).toEqual([])
    expect(cutter.take('5 euros')).toEqual([])
    expect(cutter.flush()).toEqual(['It costs 3.5 euros'])
    expect(cutter.flush()).toEqual([])
    expect(cutter.take('Good morning to you, ')).toEqual(['Good morning to you,'])
  })

  it('has a code block that only its own fence closes, however it comes', () => {
    const text = 'So:\n```\na. b\n```c\n````\nAfter.'
    expect(cut(text)).toEqual(['So:', '```\na. b\n```c\n````', 'After.'])
    expect(cut(...text)).toEqual(cut(text))
  })

  it('that is too long is cut at a comma, else between words, never between the digits of a number', () => {
    const long = 'word '.repeat(20)
    const words = (count: number) => 'word '.repeat(count).trim()
    expect(cut(`So. ${long.trim()}, ${long}${long}`)).toEqual(['So.', `${words(20)},`, words(24), words(16)])
    for (const segment of cut('in 1 000 000 years of '.repeat(40))) {
      expect(segment.length).toBeLessThanOrEqual(121)
      expect(segment).not.toMatch(/^0|\b1( 000)?$/)
    }
    const japanese = cut('漢字仮名交じり文'.repeat(40))
    expect(Math.max(...japanese.map(({ length }) => length))).toBeLessThanOrEqual(121)
  })
})

describe('whatever the answer', () => {
  const bits = [
    '. ',
    '.',
    '! ',
    ', ',
    '; ',
    ': ',
    ' ',
    '\n',
    '\n\n',
    '3.5',
    '1 000',
    'e.g.',
    'Dr. ',
    '[1]',
    '[a. b](https://x.example/y.z)',
    '`c. d`',
    '```',
    '`',
    '~~~',
    '**',
    '> ',
    '- ',
    '| ',
    '# ',
    '“',
    '”',
    '。',
    '、',
    '漢字',
    'word',
    'Then',
    '😀',
    '(',
    ')',
    '[',
    ']',
  ]
  const answer = fc.array(fc.constantFrom(...bits), { maxLength: 60 }).map((some) => some.join(''))

  it('the segments lose nothing but blanks, and are the same however it comes', () => {
    fc.assert(
      fc.property(
        fc.oneof(answer, fc.string({ unit: 'grapheme', maxLength: 400 })),
        fc.infiniteStream(fc.integer({ min: 1, max: 9 })),
        (text, lengths) => {
          const pieces: string[] = []
          for (let at = 0; at < text.length; ) {
            const length = lengths.next().value
            pieces.push(text.slice(at, at + length))
            at += length
          }
          const segments = cut(...pieces)
          expect(withoutBlanks(segments.join(''))).toBe(withoutBlanks(text))
          expect(segments).toEqual(cut(text))
          expect(segments.every((segment) => segment === segment.trim() && segment !== '')).toBe(true)
        },
      ),
      { numRuns: 500 },
    )
  })

  it('no number, abbreviation, link or code is torn', () => {
    const whole = [
      '3.5',
      '1 000 000',
      '10:30',
      '1,000.75',
      'e.g.',
      'z. B.',
      'p.m.',
      '[a. b](https://x.example/y.z)',
      '`c. d`',
      'https://x.example/y?z=1.2',
    ]
    const words = fc.constantFrom(...whole, ...['word', 'so', 'then,', 'that;', 'a:'])
    fc.assert(
      fc.property(fc.array(words, { maxLength: 80 }), (some) => {
        const text = some
          .map((word, i) => (/^\d/.test(word) && /\d$/.test(some[i - 1] ?? '') ? `and ${word}` : word))
          .join(' ')
        const segments = cut(text)
        for (const word of whole) {
          const count = (all: string) => all.split(word).length - 1
          expect(segments.reduce((sum, segment) => sum + count(segment), 0)).toBe(count(text))
        }
      }),
    )
  })
})
