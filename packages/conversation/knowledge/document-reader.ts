import { ParlorError } from '@parlor/core/errors'
import { readTextDocument } from './decode-document.ts'
import { type DocumentType, whatIsTaken } from './document-types.ts'
import type { ReadDocument } from './read-markdown.ts'

/** A document as a reader takes it; its type was checked against its content. */
export interface SentDocument {
  bytes: Uint8Array
  type: DocumentType
  /** As declared; only HTML may be in another one than UTF-8. */
  charset: string | null
  /** Where the document is from, for links that stand relative to it. */
  url: string | null
  /** What the sender called it: refusals name it so. */
  field: 'file' | 'text' | 'url'
}

/** Turns documents into passages. */
export interface DocumentReader {
  /** @throws ParlorError `validation_failed`, `unsupported_media_type` or `unavailable`, with the reason and what to do. */
  read(document: SentDocument, signal: AbortSignal): Promise<ReadDocument>
}

/** Reads Markdown and plain text, where they are called: no more than a tool or a test needs. */
export function textReader(): DocumentReader {
  return {
    read: async (document) => {
      if (document.type === 'text/markdown' || document.type === 'text/plain') return readTextDocument(document)
      throw new ParlorError('unsupported_media_type', {
        message: `Documents of type ${document.type} cannot be read here. ${whatIsTaken}`,
      })
    },
  }
}
