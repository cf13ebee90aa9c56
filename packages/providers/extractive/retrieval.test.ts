import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { readPieces } from '@parlor/conversation/knowledge'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { askAll, countRows, type QuestionSet, sayFigures } from './testing/measure-answers.ts'
import { folders, type OpenBase, openBase } from './testing/open-base.ts'
import heldOutSet from './testing/questions-heldout.json' with { type: 'json' }
import secondHeldOutSet from './testing/questions-heldout-2.json' with { type: 'json' }
import thirdHeldOutSet from './testing/questions-heldout-3.json' with { type: 'json' }
import fourthHeldOutSet from './testing/questions-heldout-4.json' with { type: 'json' }
import fifthHeldOutSet from './testing/questions-heldout-5.json' with { type: 'json' }
import otherWordsSet from './testing/questions-in-other-words.json' with { type: 'json' }
import longSet from './testing/questions-long.json' with { type: 'json' }
import moreSet from './testing/questions-more.json' with { type: 'json' }
import openSet from './testing/questions-open.json' with { type: 'json' }
import secondOpenSet from './testing/questions-open-2.json' with { type: 'json' }
import thirdOpenSet from './testing/questions-open-3.json' with { type: 'json' }
import { recordedModel } from './testing/recorded-model.ts'
import tuneSet from './tune-set.json' with { type: 'json' }

let base: OpenBase
/** The same, with what a real sentence model made of the pages and the questions. */
let readBase: OpenBase
beforeAll(async () => {
  base = await openBase(folders.pages)
  readBase = await openBase(folders.pages, { sentences: recordedModel() })
}, 60_000)
afterAll(() => Promise.all([base.close(), readBase.close()]))

interface Floors {
  cited: number
  first: number
  refused: number
}

async function measure(name: string, asked: OpenBase, set: QuestionSet, floors: Floors): Promise<void> {
  const rows = await askAll(asked, set)
  const figures = countRows(rows)
  console.log(`${name}: ${sayFigures(figures)}`)
  for (const [figure, floor] of Object.entries(floors))
    expect(figures[figure as keyof Floors], figure).toBeGreaterThanOrEqual(floor)
  for (const { question, sources } of rows) expect(new Set(sources).size, question).toBeLessThanOrEqual(5)
}

/**
 * The floors are what holds now, less a question or two. Weights and synonyms were set with the first three sets. The others were
 * written by people who saw the pages and nothing else; see docs/performance/retrieval.md for who had read which, and when.
 */
test.each([
  ['the tune set', tuneSet, { cited: 0.95, first: 0.83, refused: 0.85 }],
  ['the second set', moreSet, { cited: 0.93, first: 0.82, refused: 0.8 }],
  ['the set in other words', otherWordsSet, { cited: 0.84, first: 0.57, refused: 0.86 }],
  ['long stories', longSet, { cited: 0.91, first: 0.75, refused: 0.88 }],
  ['the open set', openSet, { cited: 0.83, first: 0.66, refused: 0.8 }],
  ['the first held-out set', heldOutSet, { cited: 0.8, first: 0.7, refused: 0.8 }],
  ['the second open set', secondOpenSet, { cited: 0.83, first: 0.7, refused: 0.8 }],
  ['the second held-out set', secondHeldOutSet, { cited: 0.9, first: 0.76, refused: 0.8 }],
  ['the third open set', thirdOpenSet, { cited: 0.84, first: 0.66, refused: 0.9 }],
  ['the third held-out set', thirdHeldOutSet, { cited: 0.76, first: 0.61, refused: 0.86 }],
  // Aimed at 0.85, 0.7 and 0.85, and measured once before they came to stand here: tune nothing with them.
  ['the fourth held-out set', fourthHeldOutSet, { cited: 0.86, first: 0.66, refused: 0.83 }],
  ['the fifth held-out set', fifthHeldOutSet, { cited: 0.83, first: 0.71, refused: 0.83 }],
] satisfies [string, QuestionSet, Floors][])(
  'answers come from the right page, and questions off the topic are refused: %s',
  (name, set, floors) => measure(name, base, set, floors),
  30_000,
)

test.each([
  ['the third open set', thirdOpenSet, { cited: 0.85, first: 0.76, refused: 0.9 }],
  ['the third held-out set', thirdHeldOutSet, { cited: 0.8, first: 0.66, refused: 0.86 }],
  ['the fourth held-out set', fourthHeldOutSet, { cited: 0.9, first: 0.66, refused: 0.83 }],
  ['the fifth held-out set', fifthHeldOutSet, { cited: 0.85, first: 0.78, refused: 0.83 }],
] satisfies [string, QuestionSet, Floors][])(
  'with a sentence model more answers come from the right page: %s',
  (name, set, floors) => measure(`${name}, with a sentence model`, readBase, set, floors),
  30_000,
)

test('every quotation stands word for word in the document it names', async () => {
  const plain = new Map<string, string>()
  let quotations = 0
  for (const { question } of tuneSet.onTopic) {
    const { text, citations } = await base.ask(question)
    for (const [, sentence, code, n] of text.matchAll(/(?:“([^“]*)” |```[^\n]*\n([\s\S]*?)\n```\n)\[(\d)\]/g)) {
      const name = citations.find((one) => one.n === Number(n))?.source ?? 'no citation'
      const source = readFileSync(join(folders.pages, name), 'utf8')
      if (!plain.has(name)) plain.set(name, oneLine(plainOf(source)))
      const document = code === undefined ? plain.get(name) : oneLine(source)
      const said = oneLine(code ?? sentence?.replaceAll('`', '') ?? '')
      expect(document?.includes(said), `${name} holds: ${said}`).toBe(true)
      for (const [span] of (sentence ?? '').matchAll(/`[^`]+`/g)) expect(oneLine(source)).toContain(span)
      quotations += 1
    }
  }
  expect(quotations).toBeGreaterThan(150)
}, 30_000)

/** The whole document as a reader sees it, block by block; the reader of passages takes no more at once. */
function plainOf(source: string): string {
  const prose = source.replace(/^ *```[^`]*\n[\s\S]*?^ *```$/gm, '\n\n')
  const blocks = prose
    .split(/\n\n|\n(?=\s*[-*+] )/)
    .flatMap((block) => (block.startsWith('|') ? rowsOf(block) : [block.trimStart()]))
  const text = blocks.flatMap((block) => readPieces(block).map((piece) => piece.text)).join('\n')
  return text.replaceAll('`', '')
}

function rowsOf(table: string): string[] {
  const [head, marks, ...rows] = table.split('\n')
  return rows.map((row) => `${head}\n${marks}\n${row}`)
}

function oneLine(text: string): string {
  return text.replace(/\s+/g, ' ').trim()
}
