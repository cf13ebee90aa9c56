import { createSecretKey } from 'node:crypto'
import { signJwt } from '@parlor/core/token'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { House } from '../../admission/house.ts'
import { openNeighbourhood } from './testing/neighbour-house.ts'

let house: House
let mine: Awaited<ReturnType<typeof openNeighbourhood>>['mine']
let theirs: typeof mine
beforeAll(async () => {
  ;({ house, mine, theirs } = await openNeighbourhood())
})
afterAll(() => house.close())

let made = 0
const makeBase = async (ask = mine) => {
  made += 1
  return (await ask('POST', '/v3/knowledge-bases', { name: `Base ${made}`, description: 'Answers' })).body
}
const guide = { name: 'guide.md', description: 'How to', mimeType: 'text/markdown' }
const announce = async (baseId: string, body: object = guide, headers = {}) =>
  mine('POST', `/v3/knowledge-bases/${baseId}/documents`, body, headers)
const upload = async (url: string, payload: string | Buffer, type?: string) => {
  const { pathname } = new URL(url)
  // A plain PUT of bytes says nothing of their kind.
  const headers = type === undefined ? {} : { 'content-type': type }
  const response = await house.composed.app.inject({ method: 'PUT', url: pathname, headers, payload })
  return { status: response.statusCode, body: response.json() }
}

describe('knowledge bases', () => {
  it('are made, read and listed as items and under their own name (E16)', async () => {
    const base = await makeBase()
    const { accountId: organizationId } = house.mine
    expect(base).toMatchObject({ organizationId, description: 'Answers', client: null, documents: [] })
    expect((await mine('GET', `/v3/knowledge-bases/${base.id}`)).body).toEqual(base)
    const { body } = await mine('GET', '/v3/knowledge-bases?take=1&skip=0')
    expect(body).toMatchObject({ skip: 0, take: 1, items: [base] })
    expect(body.knowledgeBases).toEqual(body.items)
    expect((await theirs('GET', '/v3/knowledge-bases')).body.items).toMatchObject([{ id: house.theirs.base }])
  })

  it('that are deleted are answered once more; unknown and foreign ones are null (E8)', async () => {
    const base = await makeBase()
    const path = `/v3/knowledge-bases/${base.id}`
    for (const method of ['GET', 'DELETE'] as const) {
      expect(await theirs(method, path)).toMatchObject({ status: 200, body: null })
      expect(await mine(method, '/v3/knowledge-bases/none')).toMatchObject({ status: 200, body: null })
    }
    expect(await mine('DELETE', path)).toMatchObject({ status: 200, body: base })
    expect(await mine('GET', path)).toMatchObject({ status: 200, body: null })
  })

  it.each([[{ name: 'x' }], [{ description: 'x' }], [{ name: ' ', description: '' }]])(
    '%j is refused',
    async (body) => {
      expect((await mine('POST', '/v3/knowledge-bases', body)).status).toBe(400)
    },
  )
})

describe('a document', () => {
  it('is pending until its bytes come to the address in the answer, and is found then', async () => {
    const base = await makeBase()
    const { status, body } = await announce(base.id)
    expect(status).toBe(201)
    const { name, description } = guide
    const shown = { knowledgeBaseId: base.id, name, size: 0, status: 'pending' }
    expect(body.document).toMatchObject({ ...shown, description })
    expect(new Date(body.expireAt).getTime() - Date.now()).toBeGreaterThan(14 * 60_000)
    const index = `/v3/knowledge-bases/${base.id}/documents/${body.document.id}/index`
    expect(await mine('PATCH', index)).toMatchObject({ status: 200, body: shown })
    const text = '# Guide\n\nParcels leave at noon.'
    const ready = { id: body.document.id, status: 'ready', size: text.length }
    expect(await upload(body.uploadUrl, text, 'text/html')).toMatchObject({ status: 200, body: ready })
    expect(await mine('PATCH', index, {})).toMatchObject({ status: 200, body: ready })
    expect((await mine('GET', `/v3/knowledge-bases/${base.id}`)).body.documents).toMatchObject([ready])
    expect(await house.composed.stores.knowledge.search(base.id, ['parcels'], 5)).toHaveLength(1)
  })

  it('whose bytes cannot be read says so, and takes others', async () => {
    const base = await makeBase()
    const { document, uploadUrl } = (await announce(base.id, { ...guide, name: 'a.pdf', mimeType: 'application/pdf' }))
      .body
    expect((await upload(uploadUrl, 'not a PDF')).status).toBe(415)
    const index = `/v3/knowledge-bases/${base.id}/documents/${document.id}/index`
    expect((await mine('PATCH', index)).body).toMatchObject({
      status: 'error',
      reason: expect.stringMatching(/plain text/),
    })
    expect((await upload(uploadUrl, ' ')).status).toBe(400)
    const again = (await announce(base.id, { ...guide, name: 'a.pdf', mimeType: 'text/plain' })).body
    expect(again.document).toMatchObject({ id: document.id, status: 'pending' })
  })

  it('is deleted with what it said, and its address opens nothing then', async () => {
    const base = await makeBase()
    const { document, uploadUrl } = (await announce(base.id)).body
    const path = `/v3/knowledge-bases/${base.id}/documents/${document.id}`
    expect(await mine('DELETE', path)).toMatchObject({ status: 200, body: { id: document.id } })
    expect((await mine('DELETE', path)).status).toBe(404)
    expect((await upload(uploadUrl, 'text')).status).toBe(404)
    expect((await mine('GET', `/v3/knowledge-bases/${base.id}`)).body.documents).toEqual([])
  })

  it('is announced once for an Idempotency-Key, and gets the same address again', async () => {
    const base = await makeBase()
    const headers = { 'idempotency-key': 'document-once' }
    const [first, again] = [await announce(base.id, guide, headers), await announce(base.id, guide, headers)]
    const { document, uploadUrl, expireAt } = first.body
    const same = { document: { id: document.id }, uploadUrl, expireAt }
    expect(again).toMatchObject({ status: 201, body: same, headers: { 'idempotent-replayed': 'true' } })
  })

  it('of another account’s base, or of another base, is 404', async () => {
    const [base, other] = [await makeBase(), await makeBase()]
    const { id } = (await announce(base.id)).body.document
    expect((await theirs('POST', `/v3/knowledge-bases/${base.id}/documents`, guide)).status).toBe(404)
    for (const [ask, of] of [
      [theirs, base.id],
      [mine, other.id],
    ] as const) {
      expect((await ask('PATCH', `/v3/knowledge-bases/${of}/documents/${id}/index`)).status).toBe(404)
      expect((await ask('DELETE', `/v3/knowledge-bases/${of}/documents/${id}`)).status).toBe(404)
    }
  })

  it.each([['name'], ['description'], ['mimeType']])('without %s is refused', async (field) => {
    const { [field as 'name']: _, ...rest } = guide
    expect((await announce(house.mine.base, rest)).status).toBe(400)
  })

  it.each(['', 'markdown', 'text/', 'text/mark\0down'])('of the kind %j is refused', async (mimeType) => {
    expect((await announce(house.mine.base, { ...guide, mimeType })).status).toBe(400)
  })
})

describe('an upload address', () => {
  it('that was changed, is over, or is for something else opens nothing', async () => {
    const base = await makeBase()
    const { document, uploadUrl } = (await announce(base.id)).body
    const token = uploadUrl.slice(uploadUrl.lastIndexOf('/') + 1)
    const key = (await mine('POST', '/v1/widget/sessions', { agentic_avatar_id: house.mine.agent })).body.session_token
    const now = Math.floor(Date.now() / 1000)
    const claims = {
      jti: document.id,
      iat: now,
      exp: now + 60,
      use: 'parlor-upload',
      base: base.id,
      type: 'text/plain',
    }
    const forged = signJwt(claims, JSON.parse(atob(token.split('.')[0])).kid, createSecretKey(Buffer.alloc(32)))
    for (const bad of [`${token}x`, forged, key, 'none']) {
      expect((await upload(`http://localhost/uploads/${bad}`, 'text')).status).toBe(401)
    }
    expect((await mine('GET', `/v3/knowledge-bases/${base.id}`)).body.documents).toMatchObject([{ status: 'pending' }])
  })

  it('opens no session', async () => {
    const { uploadUrl } = (await announce((await makeBase()).id)).body
    const token = uploadUrl.slice(uploadUrl.lastIndexOf('/') + 1)
    const headers = { 'gram-chat-session': token, origin: 'http://localhost' }
    const payload = { messages: [{ role: 'user', content: 'Hello' }] }
    const response = await house.composed.app.inject({ method: 'POST', url: '/chat/completions', headers, payload })
    expect(response.statusCode).toBe(401)
  })

  it('takes no more than a document may have', async () => {
    const { uploadUrl } = (await announce((await makeBase()).id)).body
    expect((await upload(uploadUrl, Buffer.alloc(22 * 2 ** 20, 'a'))).status).toBe(413)
  })

  it('opens nothing for a suspended account', async () => {
    const { accounts } = house.composed.stores
    const { uploadUrl } = (await announce((await makeBase()).id)).body
    const account = await accounts.findAccount(house.mine.accountId)
    if (account === null) throw new Error('there is no such account')
    await accounts.updateAccount({ ...account, suspendedAt: 1 })
    expect((await upload(uploadUrl, 'text')).status).toBe(403)
    await accounts.updateAccount(account)
    expect((await upload(uploadUrl, 'text')).status).toBe(200)
  })
})
