import {
  checkPassages,
  type ReadDocument,
  readTextDocument,
  type SentDocument,
  wordType,
} from '@parlor/conversation/knowledge'
import { readHtml } from './read-html.ts'
import { readPdf } from './read-pdf.ts'
import { readWord } from './read-word.ts'

/**
 * Reads a document of any kind. It parses foreign bytes and takes its time: it belongs into a worker.
 * @throws ParlorError with the reason and what to do; anything else means that the document is broken.
 */
export async function readDocument(document: SentDocument): Promise<ReadDocument> {
  switch (document.type) {
    case 'text/markdown':
    case 'text/plain':
      return readTextDocument(document)
    case 'text/html':
      return checkPassages(await readHtml(document), document.field)
    case 'application/pdf':
      return checkPassages(await readPdf(document), document.field)
    case wordType:
      return checkPassages(await readWord(document), document.field)
  }
}
