import { PDFDocument, StandardFonts } from 'pdf-lib'

/** A line with the size of its letters, or ordinary text. */
export type PdfLine = string | { heading: string }

/** A real PDF with these lines on its pages. */
export async function makePdf(pages: readonly (readonly PdfLine[])[], title?: string): Promise<Uint8Array> {
  const pdf = await PDFDocument.create()
  if (title !== undefined) pdf.setTitle(title)
  const font = await pdf.embedFont(StandardFonts.Helvetica)
  for (const lines of pages) {
    const page = pdf.addPage()
    let y = page.getHeight() - 60
    for (const line of lines) {
      const [text, size] = typeof line === 'string' ? [line, 11] : [line.heading, 18]
      page.drawText(text, { x: 50, y, size, font })
      y -= size * 1.4
    }
  }
  return pdf.save()
}

const pixel = 'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg=='

/** A scan: a picture on each page, and no text. */
export async function makeScan(pages: number): Promise<Uint8Array> {
  const pdf = await PDFDocument.create()
  const image = await pdf.embedPng(Buffer.from(pixel, 'base64'))
  for (let at = 0; at < pages; at++) pdf.addPage().drawImage(image, { x: 0, y: 0, width: 600, height: 800 })
  return pdf.save()
}

/** A PDF that says it is encrypted for somebody else: its digests fit no empty password. */
export function makeEncryptedPdf(): Uint8Array {
  const digest = `<${'5a'.repeat(32)}>`
  return assemble(
    [
      '<< /Type /Catalog /Pages 2 0 R >>',
      '<< /Type /Pages /Kids [3 0 R] /Count 1 >>',
      '<< /Type /Page /Parent 2 0 R /MediaBox [0 0 200 200] >>',
      `<< /Filter /Standard /V 2 /R 3 /Length 128 /P -4 /O ${digest} /U ${digest} >>`,
    ],
    '/Encrypt 4 0 R /ID [<00112233445566778899aabbccddeeff> <00112233445566778899aabbccddeeff>]',
  )
}

function assemble(objects: readonly string[], trailer: string): Uint8Array {
  let text = '%PDF-1.7\n'
  const offsets: number[] = []
  for (const [index, object] of objects.entries()) {
    offsets.push(text.length)
    text += `${index + 1} 0 obj\n${object}\nendobj\n`
  }
  const rows = offsets.map((offset) => `${String(offset).padStart(10, '0')} 00000 n \n`).join('')
  const size = objects.length + 1
  text += `xref\n0 ${size}\n0000000000 65535 f \n${rows}trailer\n<< /Size ${size} /Root 1 0 R ${trailer} >>\nstartxref\n${text.length}\n%%EOF\n`
  return Buffer.from(text, 'latin1')
}
