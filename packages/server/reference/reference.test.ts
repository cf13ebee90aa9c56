import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type House, openHouse } from '../admission/house.ts'
import { summaries } from './summaries.ts'

let house: House
beforeAll(async () => {
  house = await openHouse()
})
afterAll(() => house.close())

const get = (url: string) => house.composed.app.inject({ method: 'GET', url })

describe('/openapi.json', () => {
  it('describes every operation under /v1 and /v3 with what it takes and how it refuses', async () => {
    const description = (await get('/openapi.json')).json()
    expect(description.openapi).toMatch(/^3\.1/)
    const described = Object.entries<Record<string, object>>(description.paths).flatMap(([path, methods]) =>
      Object.keys(methods).map((method) => `${method.toUpperCase()} ${path}`),
    )
    // Older spellings of what is described under /v3.
    const isAlias = (path: string) => /^\/v1\/(sessions|session-passes|agents|limits)\b/.test(path)
    const routes = house.composed.routes.rows.filter(
      ({ path, method }) => /^\/v[13]\//.test(path) && !isAlias(path) && method !== 'HEAD',
    )
    const wanted = routes.map(({ method, path }) => `${method} ${path.replace(/:(\w+)/g, '{$1}')}`)
    expect(described).toEqual(expect.arrayContaining(wanted))
    const create = description.paths['/v1/widget/sessions'].post
    expect(create).toMatchObject({ operationId: 'createWidgetSession', security: [{ ApiKeyAuth: [] }] })
    expect(Object.keys(create.responses)).toEqual(expect.arrayContaining(['200', '401', '403', '404', '422', '429']))
    const meet = description.paths['/v3/sessions'].post
    expect(meet).toMatchObject({ operationId: 'createAvatarSessionV3', security: [{ ApiKeyAuth: [] }] })
    expect(Object.keys(meet.responses)).toEqual(
      expect.arrayContaining(['201', '400', '401', '403', '404', '429', '503']),
    )
    expect(meet.responses).not.toHaveProperty('422')
    const pass = description.paths['/v3/session-passes'].post
    expect(pass.security).toEqual([{ ClientAuth: [] }])
    expect(create.requestBody.content['application/json'].schema.required).toEqual(['agentic_avatar_id'])
    const add = description.paths['/v1/knowledge-bases/{id}/documents'].post.requestBody.content
    expect(Object.keys(add)).toEqual(['application/json', 'multipart/form-data'])
    expect(add['multipart/form-data'].schema).toMatchObject({
      required: ['file'],
      properties: { file: { type: 'string', format: 'binary' } },
    })
  })

  it('has a sentence for each operation and none for what is gone', async () => {
    const description = (await get('/openapi.json')).json()
    const operations = Object.values<Record<string, { operationId: string; summary?: string }>>(
      description.paths,
    ).flatMap((methods) => Object.values(methods))
    expect(operations.filter(({ summary }) => !summary).map(({ operationId }) => operationId)).toEqual([])
    const known = new Set(operations.map(({ operationId }) => operationId))
    expect(new Set(operations.map((o) => o.operationId)).size).toBe(operations.length)
    expect(Object.keys(summaries).filter((id) => !known.has(id))).toEqual([])
  })
})

describe('/docs', () => {
  it('shows each operation with a place for its history, under a policy that lets nothing else in', async () => {
    const page = await get('/docs')
    expect(String(page.headers['content-security-policy'])).toContain("default-src 'none'")
    expect(page.body).toContain('data-operation="createWidgetSession"')
    expect(page.body).toContain('settings.max_duration')
    expect(page.body.match(/<script>|\son\w+=|\sstyle=/)).toBeNull()
    for (const file of ['/docs/docs.js', '/docs/docs.css']) expect((await get(file)).statusCode).toBe(200)
  })

  it('answers a page where there is none', async () => {
    const page = await get('/docs/nothing')
    expect(page.statusCode).toBe(404)
    expect(page.headers['content-type']).toContain('text/html')
  })
})
