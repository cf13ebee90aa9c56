import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import {
  addDocument,
  createBase,
  type DocumentPorts,
  type DocumentType,
  type KnowledgeBase,
  wordType,
} from '@parlor/conversation/knowledge'
import { memoryKnowledgeStore } from '@parlor/conversation/knowledge/testing'
import { fixedClock } from '@parlor/core/time'
import { zipSync } from 'fflate'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import {
  makeEncryptedPdf,
  makeEncryptedWord,
  makePdf,
  makeScan,
  makeWord,
  makeWordBomb,
  makeWordOf,
} from './testing/index.ts'
import { workerReader } from './worker-reader.ts'

const reader = workerReader()
afterAll(() => reader.close())
const never = new AbortController().signal
const utf8 = (text: string) => new TextEncoder().encode(text)
const read = (bytes: Uint8Array, type: DocumentType, url: string | null = null, charset: string | null = null) =>
  reader.read({ bytes, type, url, charset, field: 'file' }, never)

describe('a PDF', () => {
  test('is read page by page: the passage names its page and heading, and its anchor opens the page', async () => {
    const pages = [
      [{ heading: 'Refunds' }, 'Goods come back within thirty', 'days, to the ware-', 'house in Lyon.'],
      [],
      ['Keep the receipt.', { heading: 'Warranty' }, 'Two years for every lamp.'],
    ]
    const { title, chunks } = await read(await makePdf(pages, 'Shop rules'), 'application/pdf')
    expect(title).toBe('Shop rules')
    expect(chunks).toMatchObject([
      {
        position: 0,
        headings: ['Page 1', 'Refunds'],
        anchor: 'page=1',
        text: 'Goods come back within thirty\ndays, to the warehouse in Lyon.',
      },
      { position: 1, headings: ['Page 3', 'Refunds'], anchor: 'page=3', text: 'Keep the receipt.' },
      { position: 2, headings: ['Page 3', 'Warranty'], anchor: 'page=3', text: 'Two years for every lamp.' },
    ])
  })

  test('cannot pretend a page or a heading with signs of Markdown', async () => {
    const { chunks } = await read(
      await makePdf([['## Page 9', '- - -', '<b>*[x](javascript:1)*</b>']]),
      'application/pdf',
    )
    expect(chunks).toHaveLength(1)
    expect(chunks[0]).toMatchObject({ headings: ['Page 1'], anchor: 'page=1' })
    expect(chunks[0]?.text).toContain('\\[x\\](javascript:1)')
  })
})

describe('a Word document', () => {
  test('keeps its headings and tables', async () => {
    const parts = [
      { heading: 'Handbook' },
      'Welcome.',
      { heading: 'Leave', level: 2 as const },
      {
        rows: [
          ['Country', 'Days'],
          ['France', '25'],
        ],
      },
    ]
    const { title, chunks } = await read(await makeWord(parts), wordType)
    expect(title).toBe('Handbook')
    expect(chunks).toMatchObject([
      { headings: ['Handbook'], text: 'Welcome.' },
      { headings: ['Handbook', 'Leave'], text: '| Country | Days |\n| --- | --- |\n| France | 25 |' },
    ])
  })

  test('is read whoever made it', async () => {
    const { chunks } = await read(makeWordOf('<w:p><w:r><w:t>Thirty days.</w:t></w:r></w:p>'), wordType)
    expect(chunks).toMatchObject([{ text: 'Thirty days.' }])
  })

  test('that lies about its size is not unzipped beyond what it says', async () => {
    await expect(read(makeWordBomb(40e6, 1000), wordType)).rejects.toMatchObject({ code: 'validation_failed' })
  })
})

describe('a web page', () => {
  const page = `<!doctype html><html><head><title>Refund policy</title></head><body><nav><a href="/">Home</a></nav><main>
    <h1 id="top">Refund policy</h1><p>Goods come back within thirty days.</p>
    <h2 id="how-1">How long<a href="#how-1">¶</a></h2><p>The money is there in five days.</p>
    <table><tr><th>Country</th><th>Days</th></tr><tr><td>Chile</td><td>9</td></tr></table>
    <h2>Exceptions</h2><p>Not for food, and not for anything that was made to your measure.</p></main>
    <footer>All rights reserved</footer><script>document.write('stolen')</script></body></html>`

  test('is read without its menus and scripts; its headings lead to its own anchors', async () => {
    const { title, chunks } = await read(utf8(page), 'text/html', 'https://shop.example/refunds')
    expect(title).toBe('Refund policy')
    expect(chunks).toMatchObject([
      { headings: ['Refund policy'], anchor: 'top', text: 'Goods come back within thirty days.' },
      { headings: ['Refund policy', 'How long'], anchor: 'how-1' },
      { headings: ['Refund policy', 'Exceptions'], anchor: null },
    ])
    expect(chunks[1]?.text).toContain('| Chile | 9 |')
    expect(JSON.stringify(chunks)).not.toMatch(/Home|rights|stolen/)
  })

  test('is read in the charset it declares', async () => {
    const text = '<meta charset="windows-1252"><p>Le caf\u00e9 est ferm\u00e9 le mardi.</p>'
    const { chunks } = await read(Buffer.from(text, 'latin1'), 'text/html')
    expect(chunks[0]?.text).toBe('Le café est fermé le mardi.')
    const header = await read(Buffer.from('<p>\x83J\x83t\x83F is open.</p>', 'latin1'), 'text/html', null, 'shift_jis')
    expect(header.chunks[0]?.text).toContain('カフェ')
  })
})

describe('a document that cannot be read says why and leaves the base as it was', () => {
  let ports: DocumentPorts
  let base: KnowledgeBase
  let pdf: Uint8Array
  beforeAll(async () => {
    ports = { knowledge: memoryKnowledgeStore(), clock: fixedClock(), reader }
    base = await createBase(ports, { accountId: 'acc', projectId: 'pro', name: 'Manual' })
    pdf = await makePdf([['Thirty days.'], ['Two years.']])
    await addDocument(ports, base, { name: 'a.pdf', bytes: pdf })
    await addDocument(ports, base, { name: 'kept.md', text: 'Before.' })
  })
  const cases: [string, string, () => Uint8Array | Promise<Uint8Array>, string, RegExp][] = [
    ['a PDF cut off at its end', 'a.pdf', () => pdf.subarray(0, pdf.length - 200), 'validation_failed', /cut off/],
    [
      'a PDF with its middle missing',
      'a.pdf',
      () => Buffer.concat([pdf.subarray(0, 200), pdf.subarray(-150)]),
      'validation_failed',
      /damaged/,
    ],
    ['a PDF behind a password', 'a.pdf', makeEncryptedPdf, 'validation_failed', /password/],
    ['a scan', 'a.pdf', () => makeScan(2), 'validation_failed', /2 pages hold no text.*OCR/],
    [
      'a PDF of 2,001 pages',
      'a.pdf',
      () => makePdf(Array.from({ length: 2001 }, () => ['x'])),
      'validation_failed',
      /2001 pages and may have 2000/,
    ],
    ['a PDF called Word', 'a.docx', () => pdf, 'unsupported_media_type', /mislabelled.*it is PDF.*\.pdf/],
    ['a text called PDF', 'a.pdf', () => utf8('Hello'), 'unsupported_media_type', /mislabelled.*plain text/],
    ['a web page called text', 'a.txt', () => utf8('<!doctype html><p>x'), 'unsupported_media_type', /it is HTML/],
    ['a text called HTML', 'a.html', () => utf8('no tag in it'), 'unsupported_media_type', /plain text/],
    ['a picture', 'a.pdf', () => Buffer.from('\x89PNG\r\n\x1a\n', 'latin1'), 'unsupported_media_type', /a PNG image/],
    ['a Word document behind a password', 'a.docx', makeEncryptedWord, 'validation_failed', /password/],
    [
      'a Word document cut off',
      'a.docx',
      async () => (await makeWord(['x'])).subarray(0, 900),
      'validation_failed',
      /cut off/,
    ],
    [
      'a zip of zips',
      'a.docx',
      () => zipSync({ 'a.zip': zipSync({ 'b.zip': new Uint8Array(9) }) }),
      'unsupported_media_type',
      /a ZIP archive without/,
    ],
    ['a workbook', 'a.docx', () => zipSync({ 'xl/workbook.xml': utf8('<x/>') }), 'unsupported_media_type', /Excel/],
    [
      'a Word document that unzips to 65 MiB',
      'a.docx',
      () => makeWordBomb(65 * 2 ** 20),
      'validation_failed',
      /64 MiB/,
    ],
    [
      'a Word document nested without end',
      'a.docx',
      () => makeWordOf('<w:p>'.repeat(50_000) + '</w:p>'.repeat(50_000)),
      'validation_failed',
      /damaged/,
    ],
    [
      'a Word document that names a file of this machine',
      'a.docx',
      () => makeWordOf('<w:p><w:r><w:t>&a;</w:t></w:r></w:p>', '<!DOCTYPE x [<!ENTITY a SYSTEM "file:///etc/hosts">]>'),
      'validation_failed',
      /damaged/,
    ],
    ['an empty Word document', 'a.docx', () => makeWord([]), 'validation_failed', /no text/],
    [
      'a page that is all script',
      'a.html',
      () => utf8('<div></div><script>write("x")</script>'),
      'validation_failed',
      /script/,
    ],
    [
      'a page nested too deeply',
      'a.html',
      () => utf8('<div>'.repeat(600)),
      'validation_failed',
      /no readable text|deep/,
    ],
    [
      'a page of an unknown charset',
      'a.html',
      () => utf8('<meta charset="x-nope"><p>x'),
      'validation_failed',
      /x-nope/,
    ],
    ['an empty file', 'a.pdf', () => new Uint8Array(), 'validation_failed', /it is empty/],
    ['a PDF above 20 MiB', 'a.pdf', () => Buffer.alloc(20 * 2 ** 20 + 1, '%PDF-1.7\n'), 'payload_too_large', /20 MiB/],
  ]
  test.each(cases)('%s', async (_, name, make, code, message) => {
    const before = await ports.knowledge.listDocuments(base.id, { limit: 100, offset: 0 })
    await expect(addDocument(ports, base, { name, bytes: await make() })).rejects.toMatchObject({
      code,
      message: expect.stringMatching(message),
    })
    expect(await ports.knowledge.listDocuments(base.id, { limit: 100, offset: 0 })).toEqual(before)
  })
})

describe('threads', () => {
  const folder = mkdtempSync(join(tmpdir(), 'parlor-reader-'))
  afterAll(() => rmSync(folder, { recursive: true }))
  const entryOf = (name: string, body: string) => {
    const file = join(folder, `${name}.mjs`)
    writeFileSync(
      file,
      `import { parentPort as port, threadId } from 'node:worker_threads'\nport.on('message', (sent) => {\n${body}\n})\n`,
    )
    return pathToFileURL(file)
  }
  const answer = 'port.postMessage({ read: { title: String(threadId), chunks: [] } })'
  const send = (to: ReturnType<typeof workerReader>, first: string, signal = never) =>
    to.read({ bytes: utf8(first), type: 'text/html', url: null, charset: null, field: 'file' }, signal)

  test('one that never ends is killed in time, and the next document gets another', async () => {
    const entry = entryOf('endless', `if (sent.bytes[0] === 69) for (;;) {}\n${answer}`)
    // Long enough for a busy machine to start the next one.
    const short = workerReader({ workers: 1, timeoutMs: 3000, entry })
    const endless = expect(send(short, 'E')).rejects.toMatchObject({ faults: [{ type: 'too_slow', path: ['file'] }] })
    await expect(send(short, 'ok')).resolves.toMatchObject({ chunks: [] })
    await endless
    await short.close()
  })

  test('one that crashes or takes too much memory refuses its document and is replaced', async () => {
    const heap = 'const all = []; for (;;) all.push(new Array(1e5).fill({}))'
    const outside = 'const all = []; setInterval(() => all.push(new Uint8Array(64 * 2 ** 20)), 20)'
    const entry = entryOf(
      'greedy',
      `if (sent.bytes[0] === 72) { ${heap} }\nif (sent.bytes[0] === 79) { ${outside}; return }\n${answer}`,
    )
    const one = workerReader({ workers: 1, entry })
    for (const kind of ['H', 'O'])
      await expect(send(one, kind)).rejects.toMatchObject({ faults: [{ type: 'too_complex' }] })
    await expect(send(one, 'ok')).resolves.toMatchObject({ chunks: [] })
    await one.close()
  }, 30_000)

  test('there are never more than allowed; who finds all of them busy waits, and one too many is told to come later', async () => {
    const entry = entryOf('slow', `setTimeout(() => ${answer}, 100)`)
    const two = workerReader({ workers: 2, waiting: 3, entry })
    const all = await Promise.allSettled(Array.from({ length: 6 }, () => send(two, 'x')))
    const titles = all.flatMap((one) => (one.status === 'fulfilled' ? [one.value.title] : []))
    expect(titles).toHaveLength(5)
    expect(new Set(titles).size).toBe(2)
    expect(all.flatMap((one) => (one.status === 'rejected' ? [one.reason.code] : []))).toEqual(['unavailable'])
    await two.close()
  })

  test('who gives up frees the thread and the place in the queue', async () => {
    const entry = entryOf('stuck', `if (sent.bytes[0] === 69) for (;;) {}\n${answer}`)
    const one = workerReader({ workers: 1, entry })
    const giveUp = new AbortController()
    const stuck = expect(send(one, 'E', giveUp.signal)).rejects.toMatchObject({ name: 'AbortError' })
    const queued = expect(send(one, 'E', giveUp.signal)).rejects.toMatchObject({ name: 'AbortError' })
    const third = send(one, 'ok')
    giveUp.abort()
    await Promise.all([stuck, queued])
    await expect(third).resolves.toMatchObject({ chunks: [] })
    await one.close()
  })

  test('closing refuses what waits and what comes', async () => {
    const one = workerReader({ workers: 1, entry: entryOf('silent', '') })
    const pending = [send(one, 'a'), send(one, 'b')].map((sent) =>
      expect(sent).rejects.toMatchObject({ code: 'unavailable' }),
    )
    await one.close()
    await Promise.all(pending)
    await expect(send(one, 'c')).rejects.toMatchObject({ code: 'unavailable' })
  })

  test('a long text is read while the event loop turns', async () => {
    let turns = 0
    const pulse = setInterval(() => {
      turns += 1
    }, 1)
    const { chunks } = await read(utf8('# Part\n\nSome words of it.\n\n'.repeat(15_000)), 'text/markdown')
    clearInterval(pulse)
    expect(chunks).toHaveLength(15_000)
    expect(turns).toBeGreaterThan(10)
  }, 30_000)
})
