import { type Chunk, type ReadDocument, readMarkdown, type SentDocument } from '@parlor/conversation/knowledge'
import { refuseField } from '@parlor/core/errors'
import { getDocumentProxy } from 'unpdf'
import { bodySize, headingOf, type Line, linesOf, markdownOf } from './pdf-lines.ts'

type Pdf = Awaited<ReturnType<typeof getDocumentProxy>>

const mostPages = 2000
/** Where the end of a whole file is looked for. */
const tailBytes = 4096
/** Names that programs give, not people. */
const noTitle = /^(?:untitled|document\d*|microsoft word - .*|.*\.(?:docx?|pdf|indd|tex|odt))$/i

/** Reads a PDF page by page: each passage stands under its page, and its anchor opens it there. */
export async function readPdf({ bytes, field }: SentDocument): Promise<ReadDocument> {
  if (!Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).subarray(-tailBytes).includes('%%EOF')) {
    throw refuseField([field], 'damaged', 'it is cut off: the end of the PDF is missing. Send the whole file again.')
  }
  const pdf = await openPdf(bytes, field)
  if (pdf.numPages > mostPages) {
    const message = `it has ${pdf.numPages} pages and may have ${mostPages}. Split it into several documents.`
    throw refuseField([field], 'too_many_pages', message)
  }
  const pages: Line[][] = []
  for (let number = 1; number <= pdf.numPages; number++) {
    const page = await pdf.getPage(number)
    pages.push(linesOf((await page.getTextContent()).items))
    page.cleanup()
  }
  if (pages.every((lines) => lines.length === 0)) {
    const message = `its ${pages.length} pages hold no text, only pictures, as a scan does. Run text recognition (OCR) over it first.`
    throw refuseField([field], 'no_text', message)
  }
  const size = bodySize(pages)
  const title = (await titleOf(pdf)) ?? pages[0]?.map((line) => headingOf(line, size)).find((text) => text !== null)
  return { title: title ?? null, chunks: chunksOf(pages, size) }
}

async function openPdf(bytes: Uint8Array, field: SentDocument['field']): Promise<Pdf> {
  try {
    return await getDocumentProxy(bytes, { verbosity: 0, useSystemFonts: false })
  } catch (error) {
    // The library's errors cross a boundary inside it and keep nothing but their name.
    if (error instanceof Error && error.name === 'PasswordException') {
      throw refuseField(
        [field],
        'encrypted',
        'it is behind a password. Save it without the password and send it again.',
      )
    }
    throw error
  }
}

async function titleOf(pdf: Pdf): Promise<string | null> {
  const { info } = await pdf.getMetadata()
  const title = 'Title' in info && typeof info.Title === 'string' ? info.Title.replace(/\s+/g, ' ').trim() : ''
  return title === '' || noTitle.test(title) ? null : title.slice(0, 300)
}

function chunksOf(pages: readonly Line[][], size: number): Chunk[] {
  const chunks: Chunk[] = []
  let heading: string | null = null
  for (const [index, lines] of pages.entries()) {
    if (lines.length === 0) continue
    const number = index + 1
    const read = readMarkdown(markdownOf(lines, size, heading))
    for (const chunk of read.chunks) {
      const headings = [`Page ${number}`, ...chunk.headings]
      chunks.push({ ...chunk, position: chunks.length, headings, anchor: `page=${number}` })
    }
    heading = lines.map((line) => headingOf(line, size)).findLast((text) => text !== null) ?? heading
  }
  return chunks
}
