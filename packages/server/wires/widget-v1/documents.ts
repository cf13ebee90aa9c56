import multipart from '@fastify/multipart'
import {
  type AddedDocument,
  addDocument,
  addPage,
  type DocumentInput,
  findOwnBase,
  type KnowledgeBase,
  largestDocument,
  reindexDocument,
} from '@parlor/conversation/knowledge'
import { ParlorError, refuseField } from '@parlor/core/errors'
import type { FastifyRequest } from 'fastify'
import type { App } from '../../http/app-types.ts'
import { once } from '../../http/idempotency.ts'
import { renameFaults } from './rename-faults.ts'
import { renderDocument } from './render-knowledge.ts'
import { superset } from './render-session.ts'
import { AddDocumentBody, DocumentForm, DocumentParams, IdParams } from './schemas.ts'
import { callerOf, type WidgetWire, writeRoute } from './wire.ts'

const path = '/v1/knowledge-bases/:id/documents'
const mebibyte = 1024 * 1024
/** A text's own limit is below this; JSON escapes may make its body longer than the text. */
const jsonLimitBytes = 12 * mebibyte
/** A little above what a document may have, so that one just over it hears of its own limit. */
const fileLimitBytes = largestDocument + mebibyte

/**
 * `POST …/documents`: JSON `{ name, text }` or `{ url, name? }`, or one multipart `file` (and `url`, its link); `POST …/reindex` reads one again. When
 * either answers 2xx the document is searchable.
 */
export function registerDocuments(app: App, wire: WidgetWire): void {
  app.post(
    `${path}/:document_id/reindex`,
    { config: writeRoute, schema: { operationId: 'reindexDocument', params: DocumentParams } },
    async (request) => {
      const { id, document_id: documentId } = request.params
      const base = await findOwnBase(wire, callerOf(request).account.id, id)
      return answer(reindexDocument(wire, base, documentId))
    },
  )
  // In a scope of its own, so that no other operation learns to take multipart bodies.
  app.register(async (scope) => {
    // A document's name may hold folders, so the file name is taken whole; the verb refuses what climbs out.
    await scope.register(multipart, { preservePath: true, limits: { files: 2, fields: 5, fileSize: fileLimitBytes } })
    scope.post(
      path,
      {
        config: { ...writeRoute, form: DocumentForm },
        bodyLimit: jsonLimitBytes,
        schema: {
          operationId: 'addDocument',
          params: IdParams,
          body: { content: { 'application/json': { schema: AddDocumentBody } } },
        },
      },
      async (request, reply) => {
        const { id } = request.params as { id: string }
        const base = await findOwnBase(wire, callerOf(request).account.id, id)
        // A file is known by its name: sent twice, it is the same document. Its bytes are not kept for a retry.
        if (request.isMultipart()) return answer(addDocument(wire, base, await readFile(request)))
        return once(wire, request, reply, () => addJson(wire, base, request.body as AddDocumentBody | undefined))
      },
    )
  })
}

async function answer(work: Promise<AddedDocument>) {
  const { outcome, document, chunks } = await work.catch((error) => {
    throw renameFaults(error, (field) => [field])
  })
  return superset({ ...renderDocument(document), outcome, chunk_count: chunks })
}

function addJson(wire: WidgetWire, base: KnowledgeBase, body: AddDocumentBody | undefined) {
  const { name, text, url, media_type: mediaType } = body ?? {}
  if (text === undefined && typeof url === 'string') {
    return answer(addPage(wire, base, { url, ...(name !== undefined && { name }) }))
  }
  if (text === undefined) {
    const what = 'send { name, text }, or { url } for a page to be read from its address, or a multipart "file".'
    throw renameFaults(refuseField(['text'], 'missing', what), (field) => [field])
  }
  if (name === undefined) {
    throw renameFaults(refuseField(['name'], 'missing', 'a text needs a name.'), (field) => [field])
  }
  const input: DocumentInput = { name, text, url: url ?? null, ...(mediaType !== undefined && { mediaType }) }
  return answer(addDocument(wire, base, input))
}

/** @throws ParlorError `invalid_request` for a form that cannot be read, `validation_failed` for one without just one `file`. */
async function readFile(request: FastifyRequest): Promise<DocumentInput> {
  const form = await readForm(request).catch((error: Error & { statusCode?: number }) => {
    // What the parser says of a form has no status: the sender wrote it wrongly, or the connection broke off.
    if (error instanceof ParlorError || error.statusCode !== undefined) throw error
    const message = 'The form is cut off, or its boundary is missing. Send it as "curl -F file=@…" or a browser does.'
    throw new ParlorError('invalid_request', { message, cause: error })
  })
  const [file, another] = form.files
  if (file === undefined) throw refuseFile('missing', 'send the document as a form field named "file".')
  if (another !== undefined) throw refuseFile('too_many', 'send one document at a time.')
  return { ...file, url: form.url }
}

async function readForm(request: FastifyRequest) {
  const files: { name: string; bytes: Uint8Array; mediaType: string }[] = []
  let url: string | null = null
  for await (const part of request.parts()) {
    if (part.type === 'field') {
      if (part.fieldname === 'url' && typeof part.value === 'string') url = part.value
    } else if (part.fieldname !== 'file') part.file.resume()
    else files.push({ name: part.filename, bytes: await part.toBuffer(), mediaType: part.mimetype })
  }
  return { files, url }
}

function refuseFile(type: string, message: string): unknown {
  return renameFaults(refuseField(['file'], type, message), (field) => [field])
}
