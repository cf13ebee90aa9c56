import { globSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import type { BrainPart } from '@parlor/conversation/brain'
import {
  addDocument,
  createBase,
  type KnowledgeBase,
  knowledgeRetriever,
  readPieces,
} from '@parlor/conversation/knowledge'
import { memoryKnowledgeStore } from '@parlor/conversation/knowledge/testing'
import { fixedClock } from '@parlor/core/time'
import { beforeAll, expect, test } from 'vitest'
import { extractiveBrain } from './extractive-brain.ts'
import tuneSet from './tune-set.json' with { type: 'json' }

const pages = join(import.meta.dirname, '../../server/demo/knowledge')

const ports = { knowledge: memoryKnowledgeStore(), clock: fixedClock() }
let base: KnowledgeBase
beforeAll(async () => {
  base = await createBase(ports, { accountId: 'acc', projectId: 'pro', name: 'the manual' })
  for (const name of globSync('**/*.md', { cwd: pages }).sort()) {
    if (name !== 'README.md') await addDocument(ports, base, { name, bytes: readFileSync(join(pages, name)) })
  }
}, 30_000)

async function ask(question: string) {
  const brain = extractiveBrain({ retriever: knowledgeRetriever(ports) })
  const context = {
    instructions: '',
    agentName: 'Ada',
    greeting: null,
    locale: 'en',
    history: [],
    question,
    knowledgeBase: base,
    model: 'extractive',
  }
  const parts: BrainPart[] = []
  for await (const part of brain.reply(context, new AbortController().signal)) parts.push(part)
  const text = parts.map((part) => (part.type === 'text' ? part.text : '')).join('')
  const citations = parts.flatMap((part) => (part.type === 'citation' ? [part.citation] : []))
  return { text, citations, sources: citations.map((citation) => citation.source) }
}

test('answers come from the right page, and questions off the topic are refused', async () => {
  const rows: string[] = []
  let cited = 0
  let first = 0
  for (const { question, pages: right } of tuneSet.onTopic) {
    const { sources } = await ask(question)
    const place = sources.findIndex((source) => right.includes(source))
    if (place >= 0) cited += 1
    if (place === 0) first += 1
    rows.push(`${place < 0 ? 'missed' : `cited ${place + 1}.`} ${question}`)
  }
  let refused = 0
  for (const question of tuneSet.offTopic) {
    const { sources } = await ask(question)
    if (sources.length === 0) refused += 1
    rows.push(`${sources.length === 0 ? 'refused' : 'ANSWERED'} ${question}`)
  }
  const share = (count: number, all: readonly unknown[]) => count / all.length
  const [on, off] = [tuneSet.onTopic, tuneSet.offTopic]
  const figures = { cited: share(cited, on), first: share(first, on), refused: share(refused, off) }
  const shown = Object.entries(figures).map(([name, figure]) => `${name} ${Math.round(100 * figure)} %`)
  console.log(
    `${rows.filter((row) => !row.startsWith('cited 1') && !row.startsWith('refused')).join('\n')}\ntune set: ${shown.join(', ')}`,
  )
  expect(figures.cited).toBeGreaterThanOrEqual(0.85)
  expect(figures.first).toBeGreaterThanOrEqual(0.7)
  expect(figures.refused).toBeGreaterThanOrEqual(0.85)
}, 30_000)

test('every quotation stands word for word in the document it names', async () => {
  const plain = new Map<string, string>()
  let quotations = 0
  for (const { question } of tuneSet.onTopic) {
    const { text, citations } = await ask(question)
    for (const [, sentence, code, n] of text.matchAll(/(?:“([^“]*)” |```[^\n]*\n([\s\S]*?)\n```\n)\[(\d)\]/g)) {
      const name = citations.find((one) => one.n === Number(n))?.source ?? 'no citation'
      const source = readFileSync(join(pages, name), 'utf8')
      if (!plain.has(name)) plain.set(name, oneLine(plainOf(source)))
      const document = code === undefined ? plain.get(name) : oneLine(source)
      const said = oneLine(code ?? sentence ?? '')
      expect(document?.includes(said), `${name} holds: ${said}`).toBe(true)
      quotations += 1
    }
  }
  expect(quotations).toBeGreaterThan(60)
}, 30_000)

/** The whole document as a reader sees it, block by block; the reader of passages takes no more at once. */
function plainOf(source: string): string {
  const prose = source.replace(/^ *```[^`]*\n[\s\S]*?^ *```$/gm, '\n\n')
  const blocks = prose
    .split(/\n\n|\n(?=\s*[-*+] )/)
    .flatMap((block) => (block.startsWith('|') ? rowsOf(block) : [block.trimStart()]))
  return blocks.flatMap((block) => readPieces(block).map((piece) => piece.text)).join('\n')
}

function rowsOf(table: string): string[] {
  const [head, marks, ...rows] = table.split('\n')
  return rows.map((row) => `${head}\n${marks}\n${row}`)
}

function oneLine(text: string): string {
  return text.replace(/\s+/g, ' ').trim()
}
