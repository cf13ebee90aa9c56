import { type Dirent, readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { type AddedDocument, type KnowledgeBase, type Parlor, ParlorRequestError } from '@parlor/sdk'
import { showProgress } from './progress.ts'
import { UsageError } from './usage-error.ts'

export interface Import {
  folder: string
  /** The knowledge base's name. */
  name: string
  /** Whether documents that are not in the folder are removed. */
  prune: boolean
}

/** What an import did. */
export interface Imported {
  knowledge_base: { id: string; name: string }
  added: number
  replaced: number
  unchanged: number
  removed: number
  not_read: { file: string; message: string }[]
}

const readable = /\.(md|markdown|txt|html?|pdf|docx)$/i

/** Reads every document below a folder into a knowledge base. One bad file costs that file alone and is told. */
export async function importFolder(client: Parlor, wanted: Import): Promise<Imported> {
  const files = listFiles(wanted.folder)
  if (files.length === 0) {
    throw new UsageError(`There is no .md, .txt, .html, .pdf or .docx file in ${wanted.folder}.`)
  }
  const base = await findOrCreateBase(client, wanted.name)
  const counts = { added: 0, replaced: 0, unchanged: 0 }
  const failures: Imported['not_read'] = []
  const progress = showProgress(`Reading ${wanted.folder}`, files.length)
  for (const file of files) {
    try {
      const { outcome } = await patiently(() => addFile(client, base, wanted.folder, file))
      counts[outcome] += 1
    } catch (error) {
      // Only what is wrong with the one document is its own trouble; anything else would befall the next one too.
      if (!(error instanceof ParlorRequestError) || ![400, 413, 415, 422].includes(error.status)) throw error
      failures.push({ file, message: error.message })
    }
    progress.step()
  }
  progress.done()
  const removed = wanted.prune ? await removeOthers(client, base, new Set(files)) : 0
  return { knowledge_base: { id: base.id, name: base.name }, ...counts, removed, not_read: failures }
}

const longestWaitSeconds = 120

/** A key's rate may be lower than a folder is long: then the server says how long to wait. */
async function patiently<T>(work: () => Promise<T>): Promise<T> {
  for (;;) {
    try {
      return await work()
    } catch (error) {
      const wait = error instanceof ParlorRequestError && error.status === 429 ? error.retryAfterSeconds : undefined
      if (wait === undefined || wait > longestWaitSeconds) throw error
      await sleep(wait * 1000)
    }
  }
}

/**
 * Documents below a folder, by their way from it. Names that begin with a dot are other programs' affairs, and a link is not followed: it
 * may lead out of the folder, or in a circle.
 */
function listFiles(folder: string, below = ''): string[] {
  const entries = readFolder(join(folder, below)).filter(({ name }) => !name.startsWith('.'))
  const files = entries.flatMap((entry) => {
    const path = below === '' ? entry.name : `${below}/${entry.name}`
    if (entry.isDirectory()) return listFiles(folder, path)
    return entry.isFile() && readable.test(entry.name) ? [path] : []
  })
  return files.sort()
}

function readFolder(folder: string): Dirent[] {
  try {
    return readdirSync(folder, { withFileTypes: true })
  } catch (error) {
    const code = codeOf(error)
    if (code === 'ENOENT') throw new UsageError(`There is no folder ${folder}.`)
    if (code === 'ENOTDIR') throw new UsageError(`${folder} is a file: name the folder it is in.`)
    if (code === 'EACCES') throw new UsageError(`${folder} may not be read by this user.`)
    throw error
  }
}

function codeOf(error: unknown): unknown {
  return error instanceof Error && 'code' in error ? error.code : undefined
}

function addFile(client: Parlor, base: KnowledgeBase, folder: string, file: string): Promise<AddedDocument> {
  return client.knowledgeBases.documents.upload({ id: base.id, name: file, bytes: readFileSync(join(folder, file)) })
}

async function findOrCreateBase(client: Parlor, name: string): Promise<KnowledgeBase> {
  for await (const base of client.knowledgeBases.list({ page_size: 100 })) if (base.name === name) return base
  return client.knowledgeBases.create({ name })
}

async function removeOthers(client: Parlor, base: KnowledgeBase, keep: ReadonlySet<string>): Promise<number> {
  const gone: string[] = []
  for await (const document of client.knowledgeBases.documents.list(base.id, { page_size: 100 })) {
    if (!keep.has(document.name)) gone.push(document.id)
  }
  for (const id of gone) await client.knowledgeBases.documents.delete(base.id, id)
  return gone.length
}
