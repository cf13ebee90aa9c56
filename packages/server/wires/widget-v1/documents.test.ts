import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type House, openHouse } from '../../admission/house.ts'

let site: Server
let page = ''
let place = ''
let house: House
let key: string
beforeAll(async () => {
  site = createServer(({ url }, response) => {
    if (url === '/inward') return void response.writeHead(302, { location: 'http://127.0.0.1:1/' }).end()
    if (url !== '/refunds') return void response.writeHead(404).end()
    response.writeHead(200, { 'content-type': 'text/html' }).end(page)
  })
  await new Promise<void>((resolve) => site.listen(0, '127.0.0.1', resolve))
  place = `127.0.0.1:${(site.address() as AddressInfo).port}`
  house = await openHouse({ PARLOR_ALLOW_PRIVATE_HOSTS: place })
  key = await house.makeKey(house.mine)
})
afterAll(async () => {
  await house.close()
  site.close()
})

const call = async (method: 'GET' | 'POST', path: string, payload?: object, headers: Record<string, string> = {}) => {
  const url = `/v1/knowledge-bases/${house.mine.base}/documents${path}`
  const response = await house.composed.app.inject({
    method,
    url,
    headers: { 'x-api-key': key, ...headers },
    ...(payload && { payload }),
  })
  return { status: response.statusCode, body: response.json(), replayed: response.headers['idempotent-replayed'] }
}
const list = async () => (await call('GET', '')).body.data

function upload(name: string, type: string, bytes: Uint8Array) {
  const head = `--b\r\ncontent-disposition: form-data; name="file"; filename="${name}"\r\ncontent-type: ${type}\r\n\r\n`
  const payload = Buffer.concat([Buffer.from(head), bytes, Buffer.from('\r\n--b--\r\n')])
  return call('POST', '', payload, { 'content-type': 'multipart/form-data; boundary=b' })
}

describe('a page', () => {
  it('is read from its URL, and again when it is asked for', async () => {
    page = '<title>Refunds</title><h1>Refunds</h1><p>You have thirty days to send it back.</p>'
    const url = `http://${place}/refunds`
    const added = await call('POST', '', { url })
    expect(added).toMatchObject({
      status: 200,
      body: { outcome: 'added', name: url, url, title: 'Refunds', media_type: 'text/html' },
    })
    expect((await call('POST', '', { url })).body).toMatchObject({ outcome: 'unchanged', id: added.body.id })
    page = '<title>Refunds now</title><p>You have ninety days to send it back.</p>'
    const again = await call('POST', `/${added.body.id}/reindex`)
    expect(again).toMatchObject({ status: 200, body: { outcome: 'replaced', id: added.body.id, title: 'Refunds now' } })
    page = '<script>document.write("x")</script>'
    const before = await list()
    expect(await call('POST', `/${added.body.id}/reindex`)).toMatchObject({
      status: 422,
      body: { code: 'VALIDATION_ERROR' },
    })
    expect(await list()).toEqual(before)
  })

  it('may have a name, and is read once for a retry', async () => {
    page = '<p>You have thirty days to send it back.</p>'
    const wish = { url: `http://${place}/refunds`, name: 'Refund policy' }
    const first = await call('POST', '', wish, { 'idempotency-key': 'once' })
    const second = await call('POST', '', wish, { 'idempotency-key': 'once' })
    expect(first.body).toMatchObject({ name: 'Refund policy', title: 'Refund policy', outcome: 'added' })
    expect(second).toMatchObject({ body: first.body, replayed: 'true' })
  })

  it.each([
    ['inside the network', () => 'http://127.0.0.1:1/', /PARLOR_ALLOW_PRIVATE_HOSTS/],
    ['that redirects inward', () => `http://${place}/inward`, /PARLOR_ALLOW_PRIVATE_HOSTS/],
    ['that is not there', () => `http://${place}/nothing`, /status 404/],
    ['behind another scheme', () => 'file:///etc/passwd', /http or https/],
  ])('%s is refused, and nothing changes', async (_, url, message) => {
    const before = await list()
    const refused = await call('POST', '', { url: url() })
    expect(refused).toMatchObject({ status: 422, body: { detail: [{ loc: ['body', 'url'] }] } })
    expect(refused.body.message).toMatch(message)
    expect(await list()).toEqual(before)
  })
})

describe('a document that was sent in', () => {
  it('is read again as it came, in its charset, whatever it is called', async () => {
    const latin = Buffer.from('<h1>Caf\xe9</h1><p>Caf\xe9 au lait costs three euro.</p>', 'latin1')
    const sent = [
      await upload('menu', 'text/html; charset=iso-8859-1', latin),
      await call('POST', '', { name: 'Refund policy', text: '# Refunds\n\nYou have thirty days.' }),
    ]
    for (const { body } of sent) {
      const again = await call('POST', `/${body.id}/reindex`)
      const { updated_at: _, outcome, ...same } = again.body.data
      expect([again.status, outcome]).toEqual([200, 'replaced'])
      expect(body.data).toMatchObject(same)
    }
    expect(sent[0]?.body.title).toBe('Café')
  })

  it('and of which nothing is kept is not read again: the answer says what to do', async () => {
    // As one from before sources were kept; sent again it is kept, and after that it has not changed.
    const wish = { name: 'old.md', text: '# Old' }
    const { id } = (await call('POST', '', wish)).body
    const { knowledge } = house.composed.stores
    const before = await knowledge.findDocument(id)
    if (before !== null) await knowledge.putDocument(before, [])
    const { status, body } = await call('POST', `/${id}/reindex`)
    expect(status).toBe(409)
    expect(body.message).toMatch(/Send it again/)
    expect((await call('POST', '', wish)).body.outcome).toBe('replaced')
    expect((await call('POST', '', wish)).body.outcome).toBe('unchanged')
    expect((await call('POST', `/${id}/reindex`)).status).toBe(200)
    expect((await call('POST', '/unknown/reindex')).status).toBe(404)
  })

  it('may be larger than a text, and one above its own limit hears of it', async () => {
    const large = Buffer.alloc(20 * 2 ** 20 + 10, '%PDF-1.7\n')
    expect(await upload('a.pdf', 'application/pdf', large)).toMatchObject({
      status: 413,
      body: { message: expect.stringMatching(/20 MiB/) },
    })
    const cut = await upload('a.pdf', 'application/pdf', large.subarray(0, 15 * 2 ** 20))
    expect(cut).toMatchObject({ status: 422 })
    expect(cut.body.message).toMatch(/cut off/)
  })

  const form = (text: string, type = 'multipart/form-data; boundary=b') =>
    call('POST', '', Buffer.from(text.replaceAll('\n', '\r\n')), { 'content-type': type })
  const part = (name: string, file: string) =>
    `--b\ncontent-disposition: form-data; name="${name}"; filename="${file}"\n\nSome words.\n`

  it.each([
    ['that is cut off', part('file', 'a.md'), 'multipart/form-data; boundary=b'],
    ['that breaks off in its head', '--b\ncontent-disposition: form', 'multipart/form-data; boundary=b'],
    ['without a boundary', `${part('file', 'a.md')}--b--\n`, 'multipart/form-data'],
  ])('in a form %s is refused as one that cannot be read', async (_, text, type) => {
    const before = await list()
    const { status, body } = await form(text, type)
    expect([status, body.code]).toEqual([400, 'INVALID_REQUEST'])
    expect(body.message).toMatch(/form/)
    expect(await list()).toEqual(before)
  })

  it('comes alone and under its name, so that none is left out in silence', async () => {
    const before = await list()
    const two = await form(`${part('file', 'a.md')}${part('file', 'b.md')}--b--\n`)
    expect(two).toMatchObject({ status: 422, body: { message: 'file: send one document at a time.' } })
    expect(await form(`${part('document', 'a.md')}--b--\n`)).toMatchObject({
      status: 422,
      body: { detail: [{ loc: ['body', 'file'] }] },
    })
    expect(await list()).toEqual(before)
  })

  it.each([
    [{}, 'text'],
    [{ name: 'x' }, 'text'],
    [{ text: 'x' }, 'name'],
    [{ url: null, name: 'x' }, 'text'],
    [{ url: 7 }, 'url'],
  ])('%j lacks something, and the answer says what', async (body, field) => {
    expect(await call('POST', '', body)).toMatchObject({ status: 422, body: { detail: [{ loc: ['body', field] }] } })
  })
})
