import { Document, HeadingLevel, Packer, Paragraph, Table, TableCell, TableRow } from 'docx'
import { strToU8, zipSync } from 'fflate'

export type WordPart = string | { heading: string; level?: 1 | 2 } | { rows: string[][] }

const levels = { 1: HeadingLevel.HEADING_1, 2: HeadingLevel.HEADING_2 }

/** A real Word document of these parts. */
export async function makeWord(parts: readonly WordPart[]): Promise<Uint8Array> {
  const children = parts.map((part) => {
    if (typeof part === 'string') return new Paragraph(part)
    if ('heading' in part) return new Paragraph({ text: part.heading, heading: levels[part.level ?? 1] })
    return new Table({ rows: part.rows.map((cells) => new TableRow({ children: cells.map(cell) })) })
  })
  return Packer.toBuffer(new Document({ sections: [{ children }] }))
}

function cell(text: string): TableCell {
  return new TableCell({ children: [new Paragraph(text)] })
}

const types =
  '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"><Override PartName="/word/document.xml" ContentType="application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"/></Types>'

const relations =
  '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="rId1" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument" Target="word/document.xml"/></Relationships>'

/** A Word document whose body is this XML, behind `prolog`, which may be hostile. */
export function makeWordOf(body: string, prolog = ''): Uint8Array {
  const xml = `<?xml version="1.0"?>${prolog}<w:document xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"><w:body>${body}</w:body></w:document>`
  const parts = { '[Content_Types].xml': types, '_rels/.rels': relations, 'word/document.xml': xml }
  return zipSync(Object.fromEntries(Object.entries(parts).map(([name, text]) => [name, strToU8(text)])))
}

/** A Word document of a few kilobytes whose text, unzipped, is so many bytes. `claimedBytes` is what its directory says. */
export function makeWordBomb(bytes: number, claimedBytes = bytes): Uint8Array {
  const zip = Buffer.from(
    zipSync({
      '[Content_Types].xml': strToU8(types),
      'word/document.xml': [new Uint8Array(bytes).fill(32), { level: 9 }],
    }),
  )
  if (claimedBytes === bytes) return zip
  const written = Buffer.alloc(4)
  written.writeUInt32LE(bytes)
  const claimed = Buffer.alloc(4)
  claimed.writeUInt32LE(claimedBytes)
  for (let at = zip.indexOf(written); at >= 0; at = zip.indexOf(written, at + 4)) claimed.copy(zip, at)
  return zip
}

/** What Word makes of a document with a password: an old container around an encrypted package. */
export function makeEncryptedWord(): Uint8Array {
  const file = Buffer.alloc(4096)
  Buffer.from('d0cf11e0a1b11ae1', 'hex').copy(file)
  Buffer.from('EncryptedPackage', 'utf16le').copy(file, 1024)
  return file
}
