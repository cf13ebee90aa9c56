import { globSync, mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { BrainContext, BrainPart, Citation } from '@parlor/conversation/brain'
import {
  addDocument,
  createBase,
  knowledgeRetriever,
  type Retriever,
  type SentenceModel,
  textToRead,
  type VectorStore,
} from '@parlor/conversation/knowledge'
import { fixedClock } from '@parlor/core/time'
import { openSqliteStores } from '@parlor/storage/sqlite'
import { englishWordVectors } from '../../word-vectors/index.ts'
import { extractiveBrain } from '../extractive-brain.ts'

const packages = join(import.meta.dirname, '../../..')

/** The folder of the sample pages, and that of this project's own. */
export const folders = {
  pages: join(packages, 'server/demo/knowledge'),
  docs: join(packages, '../docs'),
} as const

export interface Answer {
  text: string
  citations: Citation[]
  /** Names of the documents, in the order they are cited. */
  sources: string[]
  /** Until the first text, in milliseconds. */
  firstTextMs: number
}

export interface OpenBase {
  retriever: Retriever
  baseId: string
  ask(question: string, said?: readonly string[]): Promise<Answer>
  close(): Promise<void>
}

/**
 * A knowledge base of the Markdown pages in a folder, in a SQLite store of its own, and the extractive brain over it; with a
 * sentence model, after it has read every passage.
 */
export async function openBase(folder: string, { sentences }: { sentences?: SentenceModel } = {}): Promise<OpenBase> {
  const place = mkdtempSync(join(tmpdir(), 'parlor-retrieval-'))
  const clock = fixedClock()
  const stores = openSqliteStores({ file: join(place, 'parlor.db'), clock })
  const ports = { knowledge: stores.knowledge, clock }
  const base = await createBase(ports, { accountId: 'acc', projectId: 'pro', name: 'the manual' })
  for (const name of globSync('**/*.md', { cwd: folder }).sort()) {
    if (name === 'README.md') continue
    await addDocument(ports, base, { name, bytes: readFileSync(join(folder, name)) })
  }
  if (sentences) await readAll(stores.vectors, sentences)
  const reading = sentences && { sentences: { model: sentences, vectors: stores.vectors } }
  const retriever = knowledgeRetriever({ ...ports, words: englishWordVectors(), ...reading })
  const brain = extractiveBrain({ retriever })
  return {
    retriever,
    baseId: base.id,
    ask: (question, said = []) => collect(brain.reply(contextOf(question, said, base), new AbortController().signal)),
    close: async () => {
      await stores.close()
      rmSync(place, { recursive: true })
    },
  }
}

async function readAll(vectors: VectorStore, model: SentenceModel): Promise<void> {
  const claim = { limit: 64, now: 1, until: 2 }
  for (let some = await vectors.claimUnread(model.name, claim); some.length > 0; ) {
    const read = await model.embed(some.map(textToRead), new AbortController().signal)
    await vectors.putVectors(
      model.name,
      some.map(({ id }, i) => ({ id, vector: read[i] as Float32Array })),
    )
    some = await vectors.claimUnread(model.name, claim)
  }
}

function contextOf(
  question: string,
  said: readonly string[],
  knowledgeBase: { id: string; name: string },
): BrainContext {
  const history = said.map(
    (text, i) => ({ id: `m${i}`, role: 'visitor', text, at: '' }) as BrainContext['history'][number],
  )
  return {
    instructions: '',
    agentName: 'Ada',
    greeting: null,
    locale: 'en',
    history,
    question,
    knowledgeBase,
    model: 'extractive',
  }
}

async function collect(reply: AsyncIterable<BrainPart>): Promise<Answer> {
  const start = performance.now()
  let firstTextMs = 0
  let text = ''
  const citations: Citation[] = []
  for await (const part of reply) {
    if (part.type === 'citation') citations.push(part.citation)
    if (part.type !== 'text') continue
    if (text === '') firstTextMs = performance.now() - start
    text += part.text
  }
  return { text, citations, sources: citations.map(({ source }) => source), firstTextMs }
}
