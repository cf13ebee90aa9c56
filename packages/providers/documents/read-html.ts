import type { ReadDocument, SentDocument } from '@parlor/conversation/knowledge'
import { refuseField } from '@parlor/core/errors'
import { decodeHtml } from './decode-html.ts'
import { openPage, pageText } from './open-page.ts'
import { collectAnchors, useOwnAnchors } from './own-anchors.ts'
import { readMarkup } from './read-markup.ts'

/** Reads a web page: its article without menus, advertisements and scripts, tables kept; citations lead to its own anchors. */
export async function readHtml({ bytes, charset, url, field }: SentDocument): Promise<ReadDocument> {
  const html = decodeHtml(bytes, charset, field)
  const page = openPage(html, field)
  if (pageText(page) === '') {
    const why = /<script[\s>]/i.test(html)
      ? 'it has no text of its own: a script writes it in the browser. Save the page as the browser shows it, or send its text.'
      : 'no readable text is in it. Send a document with text in it.'
    throw refuseField([field], 'empty', why)
  }
  const anchors = collectAnchors(page)
  return useOwnAnchors(await readMarkup({ html, url, field, isDocument: false }), anchors)
}
