import type { Brain } from '@parlor/conversation/brain'
import { addDocument, createBase, type KnowledgeStore, knowledgeRetriever } from '@parlor/conversation/knowledge'
import { extractiveBrain } from '@parlor/providers/extractive'
import { openSqliteStores } from '@parlor/storage/sqlite'
import tuneSet from '../../packages/providers/extractive/tune-set.json' with { type: 'json' }
import { type Spent, spend } from '../stored/spend.ts'
import { writePages } from './write-pages.ts'

export interface Figures {
  chunks: number
  documents: number
  mebibytes: number
  imported: Spent
  /** Of each question: what the store does, and the whole answer. */
  searches: Spent[]
  answers: Spent[]
}

/** A process of its own: fills a base with this many chunks and asks it questions. `node measure.ts FILE CHUNKS`. */
const [file = '', wanted = ''] = process.argv.slice(2)
const clock = { now: () => Date.now() }
const stores = openSqliteStores({ file, clock })
const ports = { knowledge: stores.knowledge, clock }
const base = await createBase(ports, { accountId: 'account', projectId: 'project', name: 'library' })
const filled = await fillBase(Number(wanted))
const questions = [...tuneSet.onTopic.map(({ question }) => question), ...tuneSet.offTopic]
const { store, searches } = timed(stores.knowledge)
const brain = extractiveBrain({ retriever: knowledgeRetriever({ knowledge: store }) })
for (const question of questions.slice(0, 10)) await ask(brain, question)
searches.length = 0
const answers: Spent[] = []
for (const question of questions) {
  const spent = spend()
  await ask(brain, question)
  answers.push(spent())
}
await stores.close()
const figures: Figures = { ...filled, searches, answers }
process.stdout.write(JSON.stringify(figures))

async function fillBase(most: number): Promise<Pick<Figures, 'chunks' | 'documents' | 'mebibytes' | 'imported'>> {
  let [chunks, documents, bytes] = [0, 0, 0]
  const imported: Spent = { clockMs: 0, processorMs: 0 }
  for (const { name, text } of writePages()) {
    const spent = spend()
    const added = await addDocument(ports, base, { name, text })
    add(imported, spent())
    bytes += Buffer.byteLength(text)
    documents += 1
    chunks += added.chunks
    if (chunks >= most) break
  }
  return { chunks, documents, mebibytes: bytes / 2 ** 20, imported }
}

/** The store's own share of an answer: its search and its counts of words. Both run to their end when they are called. */
function timed(knowledge: KnowledgeStore): { store: KnowledgeStore; searches: Spent[] } {
  const spent: Spent[] = []
  const search: KnowledgeStore['search'] = (...asked) => {
    const taken = spend()
    const hits = knowledge.search(...asked)
    spent.push(taken())
    return hits
  }
  const countWords: KnowledgeStore['countWords'] = (...asked) => {
    const taken = spend()
    const counted = knowledge.countWords(...asked)
    const last = spent.at(-1)
    if (last !== undefined) add(last, taken())
    return counted
  }
  return { store: { ...knowledge, search, countWords }, searches: spent }
}

function add(sum: Spent, more: Spent): void {
  sum.clockMs += more.clockMs
  sum.processorMs += more.processorMs
}

async function ask(answering: Brain, question: string): Promise<void> {
  const { signal } = new AbortController()
  const told = { instructions: '', agentName: 'Ada', greeting: null, locale: 'en', history: [], model: 'extractive' }
  const parts = answering.reply({ ...told, question, knowledgeBase: base }, signal)
  for await (const part of parts) if (part.type === 'done') return
}
