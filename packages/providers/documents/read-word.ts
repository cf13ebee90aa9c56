import type { ReadDocument, SentDocument } from '@parlor/conversation/knowledge'
import { refuseField } from '@parlor/core/errors'
import mammoth from 'mammoth'
import { readMarkup } from './read-markup.ts'
import { repackWord } from './repack-word.ts'

/** Reads a Word document by way of HTML. Its pictures are left out, and so is whatever it would load from elsewhere. */
export async function readWord({ bytes, field }: SentDocument): Promise<ReadDocument> {
  const { value } = await mammoth.convertToHtml(
    { buffer: Buffer.from(repackWord(bytes, field)) },
    { externalFileAccess: false, convertImage: mammoth.images.imgElement(async () => ({ src: '' })) },
  )
  if (value.replace(/<[^>]*>/g, '').trim() === '') {
    throw refuseField([field], 'empty', 'no text is in it, perhaps only pictures. Send a document with text in it.')
  }
  return readMarkup({ html: value, url: null, field, isDocument: true })
}
