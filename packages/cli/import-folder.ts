import { readdirSync, readFileSync } from 'node:fs'
import { join, sep } from 'node:path'
import { type KnowledgeBase, type KnowledgeDocument, type ParlorClient, ParlorRequestError } from '@parlor/sdk'
import { showProgress } from './progress.ts'

export interface Import {
  folder: string
  /** The knowledge base's name. */
  name: string
  /** Whether documents that are not in the folder are removed. */
  prune: boolean
}

/** Reads every Markdown and text file below a folder into a knowledge base. One bad file costs that file, and a non-zero exit. */
export async function importFolder(client: ParlorClient, wanted: Import): Promise<void> {
  const files = listFiles(wanted.folder)
  if (files.length === 0) throw new Error(`There is no .md or .txt file in ${wanted.folder}.`)
  const base = await findOrCreateBase(client, wanted.name)
  const counts = { added: 0, replaced: 0, unchanged: 0 }
  const failures: string[] = []
  const progress = showProgress(`Reading ${wanted.folder}`, files.length)
  for (const file of files) {
    try {
      const { outcome = 'added' } = await addFile(client, base, wanted.folder, file)
      counts[outcome] += 1
    } catch (error) {
      // Only what is wrong with the one document is its own trouble; anything else would befall the next one too.
      if (!(error instanceof ParlorRequestError) || ![400, 413, 415, 422].includes(error.status)) throw error
      failures.push(`${file}: ${error.message}`)
    }
    progress.step()
  }
  progress.done()
  const removed = wanted.prune ? await removeOthers(client, base, new Set(files)) : 0
  report(base, counts, removed, failures)
}

function report(
  { name, id }: KnowledgeBase,
  counts: Record<string, number>,
  removed: number,
  failures: string[],
): void {
  const words = Object.entries({ ...counts, removed }).filter(([, count]) => count > 0)
  console.log(`${name} (${id}): ${words.map(([word, count]) => `${count} ${word}`).join(', ') || 'nothing to do'}`)
  for (const failure of failures) console.error(`not read: ${failure}`)
  if (failures.length > 0) process.exitCode = 1
}

function listFiles(folder: string): string[] {
  const all = readdirSync(folder, { recursive: true, withFileTypes: true })
  return all
    .filter((entry) => entry.isFile() && /\.(md|markdown|txt)$/i.test(entry.name))
    .map((entry) => join(entry.parentPath, entry.name).slice(join(folder, sep).length))
    .map((path) => path.split(sep).join('/'))
    .sort()
}

function addFile(client: ParlorClient, base: KnowledgeBase, folder: string, file: string): Promise<KnowledgeDocument> {
  return client.knowledge.addDocument(base.id, { name: file, bytes: new Uint8Array(readFileSync(join(folder, file))) })
}

async function findOrCreateBase(client: ParlorClient, name: string): Promise<KnowledgeBase> {
  for await (const base of pages((page) => client.knowledge.listBases(page))) if (base.name === name) return base
  return client.knowledge.createBase(name)
}

async function removeOthers(client: ParlorClient, base: KnowledgeBase, keep: ReadonlySet<string>): Promise<number> {
  const gone: string[] = []
  for await (const document of pages((page) => client.knowledge.listDocuments(base.id, page))) {
    if (!keep.has(document.name)) gone.push(document.id)
  }
  for (const id of gone) await client.knowledge.removeDocument(base.id, id)
  return gone.length
}

async function* pages<T>(
  read: (page: number) => Promise<{ data: T[]; meta: { has_next: boolean } }>,
): AsyncGenerator<T> {
  for (let page = 1; ; page += 1) {
    const { data, meta } = await read(page)
    yield* data
    if (!meta.has_next) return
  }
}
