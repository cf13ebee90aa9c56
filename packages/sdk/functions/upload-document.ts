import type { AddedDocumentAnswer } from '../types/open-answers.ts'
import { call } from './call.ts'
import type { CallOptions } from './call-options.ts'
import type { ParlorCore } from './parlor-core.ts'
import type { Result } from './result.ts'

/** A file for a knowledge base. */
export interface UploadDocumentRequest {
  /** The knowledge base. */
  id: string
  /** Its name with its ending, by which it is known: the same name again replaces it. At most 300 characters. */
  name: string
  /** Its bytes; Markdown, text, HTML, PDF or DOCX. */
  bytes: Blob | BufferSource
  /** Where a visitor finds it. */
  url?: string
}

/**
 * Adds a file or replaces the one of the same name. When it answers, the document is searchable. `POST /v1/knowledge-bases/{id}/documents`
 * @example
 * const result = await uploadDocument(core, { id, name: 'hours.md', bytes: await readFile('hours.md') })
 */
export async function uploadDocument(
  core: ParlorCore,
  { id, name, bytes, url }: UploadDocumentRequest,
  options: CallOptions = {},
): Promise<Result<AddedDocumentAnswer>> {
  const form = new FormData()
  if (url !== undefined) form.append('url', url)
  form.append('file', bytes instanceof Blob ? bytes : new Blob([bytes]), name)
  // The same bytes under the same name are the same document, so that another try does no harm.
  const operation = {
    method: 'POST',
    path: '/v1/knowledge-bases/{id}/documents',
    door: 'key',
    makesOnce: true,
    answer: 'object',
    has: { id: 'string', outcome: 'string' },
  } as const
  return (await call(core, operation, { id }, options, form)) as Result<AddedDocumentAnswer>
}
