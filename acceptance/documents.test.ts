import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { Document, HeadingLevel, Packer, Paragraph } from 'docx'
import { PDFDocument, StandardFonts } from 'pdf-lib'
import { afterAll, beforeAll, expect, test } from 'vitest'
import type { Answer } from './harness/http-client.ts'
import type { LiveEvent, LiveSocket } from './harness/socket.ts'
import { type Parlor, startParlor } from './harness/start-parlor.ts'

const wordType = 'application/vnd.openxmlformats-officedocument.wordprocessingml.document'
const page = `<!doctype html><html><head><title>Parking</title></head><body><nav>Home Contact</nav><main><h1>Parking</h1>
<p>There are forty places behind the museum.</p><h2 id="night">Parking at night</h2>
<p>The barrier closes at eleven at night and opens at six.</p></main><script>document.write('The barrier is broken.')</script></body></html>`

let site: Server
let place: string
let parlor: Parlor
let agentId: string
let documents: string
let socket: LiveSocket
let asked = 0

beforeAll(async () => {
  site = createServer(({ url }, response) => {
    if (url === '/inward') return void response.writeHead(302, { location: 'http://169.254.169.254/' }).end()
    if (url === '/report.pdf') {
      return void makePdf().then((pdf) => response.writeHead(200, { 'content-type': 'application/pdf' }).end(pdf))
    }
    if (url !== '/parking') return void response.writeHead(404).end()
    response.writeHead(200, { 'content-type': 'text/html' }).end(page)
  })
  await new Promise<void>((resolve) => site.listen(0, '127.0.0.1', resolve))
  place = `127.0.0.1:${(site.address() as AddressInfo).port}`
  parlor = await startParlor({ env: { PARLOR_ALLOW_PRIVATE_HOSTS: place } })
  agentId = await parlor.createAgent()
  const bases = await parlor.request<{ data: { id: string }[] }>('GET', '/v1/knowledge-bases')
  documents = `/v1/knowledge-bases/${bases.body.data[0]?.id}/documents`
  const { session_token: token } = await parlor.createSession(agentId)
  socket = (await parlor.visit(token)).socket
})
afterAll(async () => {
  await parlor[Symbol.asyncDispose]()
  site.close()
})

async function makePdf(): Promise<Uint8Array> {
  const pdf = await PDFDocument.create()
  const font = await pdf.embedFont(StandardFonts.Helvetica)
  for (const text of ['This report was written by the curator.', 'The lighthouse was painted red in the spring.']) {
    pdf.addPage().drawText(text, { x: 50, y: 700, size: 12, font })
  }
  return pdf.save()
}

function makeWord(): Promise<Uint8Array> {
  const children = [
    new Paragraph({ text: 'Handbook', heading: HeadingLevel.HEADING_1 }),
    new Paragraph({ text: 'Lockers', heading: HeadingLevel.HEADING_2 }),
    new Paragraph('A locker takes a coin of two euros, which it gives back.'),
  ]
  return Packer.toBuffer(new Document({ sections: [{ children }] }))
}

function upload(name: string, type: string, bytes: Uint8Array | string, url?: string): Promise<Answer> {
  const field = url === undefined ? '' : `--b\r\ncontent-disposition: form-data; name="url"\r\n\r\n${url}\r\n`
  const head = `--b\r\ncontent-disposition: form-data; name="file"; filename="${name}"\r\ncontent-type: ${type}\r\n\r\n`
  const body = Buffer.concat([Buffer.from(field + head), Buffer.from(bytes), Buffer.from('\r\n--b--\r\n')])
  return parlor.request('POST', documents, body, { 'content-type': 'multipart/form-data; boundary=b' })
}

async function ask(text: string): Promise<LiveEvent> {
  asked += 1
  const id = `q${asked}`
  socket.send({ type: 'user.text', id, text })
  const start = await socket.waitFor((event) => event.type === 'message.start' && event.reply_to === id)
  return socket.waitFor((event) => event.type === 'message.end' && event.response === start.response)
}

test('a PDF is quoted with its page, and the link opens the page', async () => {
  const url = 'https://museum.example/report.pdf'
  expect((await upload('report.pdf', 'application/pdf', await makePdf(), url)).status).toBe(200)
  const answer = await ask('When was the lighthouse painted red?')
  expect(answer.text).toContain('The lighthouse was painted red in the spring.')
  expect(answer.citations).toMatchObject([{ source: 'report.pdf', heading: 'Page 2', url: `${url}#page=2` }])
})

test('a Word document is quoted with its heading', async () => {
  expect((await upload('handbook.docx', wordType, await makeWord())).status).toBe(200)
  const answer = await ask('Which coin does a locker take?')
  expect(answer.text).toContain('A locker takes a coin of two euros')
  expect(answer.citations).toMatchObject([{ source: 'handbook.docx', heading: 'Handbook › Lockers' }])
})

test('a web page is quoted with its heading and its own anchor, sent in or read from its address', async () => {
  expect((await upload('parking.html', 'text/html', page, 'https://museum.example/parking')).status).toBe(200)
  const sent = await ask('When does the barrier close at night?')
  expect(sent.text).toContain('The barrier closes at eleven at night')
  expect(sent.text).not.toContain('broken')
  expect(sent.citations).toMatchObject([
    { source: 'parking.html', heading: 'Parking › Parking at night', url: 'https://museum.example/parking#night' },
  ])
  const { data } = (await parlor.request<{ data: { id: string; name: string }[] }>('GET', documents)).body
  const id = data.find(({ name }) => name === 'parking.html')?.id
  expect((await parlor.request('DELETE', `${documents}/${id}`)).status).toBe(200)

  const url = `http://${place}/parking`
  const added = await parlor.request<{ id: string }>('POST', documents, { url })
  expect(added).toMatchObject({ status: 200, body: { name: url, title: 'Parking' } })
  const fetched = await ask('When does the barrier close at night?')
  expect(fetched.citations).toMatchObject([{ source: url, url: `${url}#night` }])
  expect((await parlor.request('POST', `${documents}/${added.body.id}/reindex`)).status).toBe(200)
})

test('a PDF read from its address leads to its page there', async () => {
  const url = `http://${place}/report.pdf`
  const { data } = (await parlor.request<{ data: { id: string; name: string }[] }>('GET', documents)).body
  const before = data.find(({ name }) => name === 'report.pdf')?.id
  await parlor.request('DELETE', `${documents}/${before}`)
  expect((await parlor.request('POST', documents, { url })).status).toBe(200)
  const answer = await ask('When was the lighthouse painted red?')
  expect(answer.citations).toMatchObject([{ source: url, heading: 'Page 2', url: `${url}#page=2` }])
})

test('what cannot be read says why, and the documents stay as they were', async () => {
  const list = async () => (await parlor.request('GET', documents)).body
  const before = await list()
  const pdf = await makePdf()
  const word = await makeWord()
  const cases: [Promise<Answer>, number, RegExp][] = [
    [upload('a.pdf', 'application/pdf', pdf.subarray(0, pdf.length - 100)), 422, /cut off/],
    [upload('a.docx', wordType, word.subarray(0, word.length - 100)), 422, /cut off/],
    [upload('a.docx', wordType, pdf), 415, /it is PDF/],
    [upload('a.pdf', 'application/pdf', ''), 422, /empty/],
    [upload('a.html', 'text/html', '<script>document.write("hello")</script>'), 422, /script/],
    [upload('a.png', 'image/png', '\x89PNG\r\n\x1a\n'), 415, /cannot be read/],
    [parlor.request('POST', documents, { url: 'http://169.254.169.254/latest/meta-data/' }), 422, /open internet/],
    [parlor.request('POST', documents, { url: `http://${place}/inward` }), 422, /open internet/],
    [parlor.request('POST', documents, { url: `http://${place}/none` }), 422, /404/],
  ]
  for (const [sent, status, reason] of cases) {
    const { body, ...answer } = await sent
    expect(answer.status, answer.text).toBe(status)
    expect(body.message).toMatch(reason)
    expect(body.request_id).toMatch(/./)
  }
  expect(await list()).toEqual(before)
})
