import { crc32 } from 'node:zlib'
import { PDFDocument, StandardFonts } from 'pdf-lib'
import type { Dice } from './dice.ts'
import { mutateBytes } from './mutate.ts'

export interface SampleDocument {
  name: string
  mediaType: string
  bytes: Buffer
}

const markdown = `---
title: Visit
---
# Visit

## Hours [today](https://museum.example/a_(b))

Open at *nine*. \`code\` ![x](y.png) <b>bold</b>

| a | b |
|---|---|
| 1 | 2 |

\`\`\`js
# no heading
\`\`\`

- one
  1. two
> quoted &amp; &#x41; &#1114112;
`

const html = `<!doctype html><html><head><meta charset="utf-8"><title>Parking</title></head><body><nav>Home</nav><main>
<h1 id="p">Parking</h1><p>Forty places &amp; <a href="/x">more</a>.</p><table><tr><td>1<td>2</table><svg><title>x</title></svg>
<template><p>t</p></template><!-- c --><ul><li>one<li>two</ul><pre>a  b</pre><script>1</script></main></body></html>`

const inside: readonly [string, string][] = [
  [
    '[Content_Types].xml',
    '<?xml version="1.0"?><Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"><Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Default Extension="xml" ContentType="application/xml"/><Override PartName="/word/document.xml" ContentType="application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"/></Types>',
  ],
  [
    '_rels/.rels',
    '<?xml version="1.0"?><Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="r1" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument" Target="word/document.xml"/></Relationships>',
  ],
  [
    'word/document.xml',
    '<?xml version="1.0"?><w:document xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"><w:body><w:p><w:pPr><w:pStyle w:val="Heading1"/></w:pPr><w:r><w:t>Lockers</w:t></w:r></w:p><w:p><w:r><w:t>A locker takes two euros.</w:t></w:r></w:p><w:tbl><w:tr><w:tc><w:p><w:r><w:t>cell</w:t></w:r></w:p></w:tc></w:tr></w:tbl></w:body></w:document>',
  ],
]

const wordType = 'application/vnd.openxmlformats-officedocument.wordprocessingml.document'

/** One small whole document of each kind. */
export async function makeSamples(): Promise<SampleDocument[]> {
  const pdf = await PDFDocument.create()
  const font = await pdf.embedFont(StandardFonts.Helvetica)
  pdf.addPage().drawText('The lighthouse was painted red.', { x: 50, y: 700, size: 12, font })
  const plain = Buffer.from(await pdf.save({ useObjectStreams: false }))
  return [
    { name: 'visit.md', mediaType: 'text/markdown', bytes: Buffer.from(markdown) },
    { name: 'parking.html', mediaType: 'text/html', bytes: Buffer.from(html) },
    { name: 'report.pdf', mediaType: 'application/pdf', bytes: plain },
    { name: 'packed.pdf', mediaType: 'application/pdf', bytes: Buffer.from(await pdf.save()) },
    { name: 'handbook.docx', mediaType: wordType, bytes: zip(inside.map(([name, xml]) => [name, Buffer.from(xml)])) },
  ]
}

/** A Word file that unpacks well and whose insides are broken: bytes changed in the archive mostly break its sums. */
export function mutateInsideWord(dice: Dice): Buffer {
  const broken = dice.below(inside.length)
  return zip(
    inside.map(([name, xml], at) => [name, at === broken ? mutateBytes(Buffer.from(xml), dice) : Buffer.from(xml)]),
  )
}

/** A zip archive whose files are stored as they are. */
function zip(files: readonly (readonly [string, Buffer])[]): Buffer {
  const parts: Buffer[] = []
  const directory: Buffer[] = []
  let at = 0
  for (const [name, bytes] of files) {
    const facts = Buffer.alloc(26)
    facts.writeUInt16LE(20, 0)
    facts.writeUInt32LE(crc32(bytes), 10)
    facts.writeUInt32LE(bytes.length, 14)
    facts.writeUInt32LE(bytes.length, 18)
    facts.writeUInt16LE(name.length, 22)
    const part = Buffer.concat([Buffer.from('PK\x03\x04'), facts, Buffer.from(name), bytes])
    const rest = Buffer.alloc(14)
    rest.writeUInt32LE(at, 10)
    directory.push(Buffer.from('PK\x01\x02\x14\x00', 'latin1'), facts, rest, Buffer.from(name))
    parts.push(part)
    at += part.length
  }
  const list = Buffer.concat(directory)
  const end = Buffer.alloc(18)
  end.writeUInt16LE(files.length, 4)
  end.writeUInt16LE(files.length, 6)
  end.writeUInt32LE(list.length, 8)
  end.writeUInt32LE(at, 12)
  return Buffer.concat([...parts, list, Buffer.from('PK\x05\x06', 'latin1'), end])
}
