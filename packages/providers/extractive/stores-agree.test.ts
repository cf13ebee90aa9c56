import { globSync, mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { addDocument, createBase, type KnowledgeStore, knowledgeRetriever } from '@parlor/conversation/knowledge'
import { fixedClock } from '@parlor/core/time'
import { openForTest } from '@parlor/storage/postgres/testing'
import { openSqliteStores } from '@parlor/storage/sqlite'
import { expect, test } from 'vitest'
import { folders } from './testing/open-base.ts'
import heldOutSet from './testing/questions-heldout.json' with { type: 'json' }

const clock = fixedClock()

/** What a base finds on questions, and how sure it is. */
async function findAll(knowledge: KnowledgeStore, questions: readonly string[]) {
  const ports = { knowledge, clock }
  const base = await createBase(ports, { accountId: 'acc', projectId: 'pro', name: 'the manual' })
  for (const name of globSync('**/*.md', { cwd: folders.pages }).sort()) {
    await addDocument(ports, base, { name, bytes: readFileSync(join(folders.pages, name)) })
  }
  const retriever = knowledgeRetriever(ports)
  const found = []
  for (const question of questions) {
    const { passages, answerability } = await retriever.search(base.id, question, new AbortController().signal)
    const seen = passages.map(({ document, chunk, rank }) => `${document.name} ${chunk.position} ${rank.toFixed(6)}`)
    found.push({ question, seen, confidence: answerability.confidence.toFixed(6) })
  }
  return found
}

test('a question finds the same passages in Postgres as in SQLite, in the same order and as surely', async () => {
  const questions = heldOutSet.onTopic.map(({ question }) => question)
  const place = mkdtempSync(join(tmpdir(), 'parlor-agree-'))
  const sqlite = openSqliteStores({ file: join(place, 'parlor.db'), clock })
  const postgres = await openForTest()
  expect(await findAll(postgres.stores.knowledge, questions)).toEqual(await findAll(sqlite.knowledge, questions))
  await Promise.all([postgres.close(), sqlite.close()])
  rmSync(place, { recursive: true })
}, 60_000)
