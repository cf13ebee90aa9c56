import { globSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { embeddingModel } from '../../openai-compatible/index.ts'
import { folders, openBase } from './open-base.ts'
import { packRecords, recordFile } from './recorded-model.ts'

/**
 * Records what the model behind PARLOR_EMBEDDINGS_BASE_URL makes of the sample pages and of the questions written from them alone:
 * `PARLOR_EMBEDDINGS_BASE_URL=http://localhost:11434/v1 PARLOR_EMBEDDINGS_MODEL=all-minilm node packages/providers/extractive/testing/write-vectors.ts`.
 */
const { PARLOR_EMBEDDINGS_BASE_URL: baseUrl, PARLOR_EMBEDDINGS_MODEL: name = 'all-minilm' } = process.env
if (!baseUrl) throw new Error('set PARLOR_EMBEDDINGS_BASE_URL to an OpenAI-compatible endpoint')
const model = embeddingModel({ baseUrl, apiKey: null, model: name })

const texts = new Map<string, Float32Array>()
async function record(some: readonly string[], signal: AbortSignal): Promise<Float32Array[]> {
  const vectors = await model.embed(some, signal)
  for (const [i, text] of some.entries()) texts.set(text, vectors[i] as Float32Array)
  return vectors
}

const base = await openBase(folders.pages, { sentences: { name: 'recorder', embed: record } })
await base.close()
for (const file of globSync('questions-{open,heldout}*.json', { cwd: import.meta.dirname }).sort()) {
  const { onTopic, offTopic } = JSON.parse(readFileSync(join(import.meta.dirname, file), 'utf8'))
  const questions = [...onTopic, ...offTopic].map((one: string | { question: string }) =>
    typeof one === 'string' ? one : one.question,
  )
  for (let at = 0; at < questions.length; at += 32)
    await record(questions.slice(at, at + 32), new AbortController().signal)
}
writeFileSync(recordFile, packRecords([...texts.keys()], [...texts.values()]))
console.log(`${texts.size} texts recorded`)
