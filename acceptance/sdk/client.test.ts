import { readFileSync } from 'node:fs'
import { Parlor, type ParlorRequestError } from '@parlor/sdk'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { type Parlor as House, startParlor } from '../harness/start-parlor.ts'

let house: House
let parlor: Parlor

beforeAll(async () => {
  house = await startParlor()
  parlor = new Parlor({ baseUrl: house.url, apiKey: house.key })
})
afterAll(() => house[Symbol.asyncDispose]())

async function names(items: AsyncIterable<{ name: string }>): Promise<string[]> {
  const found: string[] = []
  for await (const { name } of items) found.push(name)
  return found
}

test('an agent is made from its parts, speaks in sessions, and is taken away', async () => {
  const [avatar] = (await parlor.avatars.list()).data
  const [voice] = (await parlor.voices.list()).data
  expect((await parlor.avatars.get(avatar?.id ?? '')).name).toBe(avatar?.name)
  expect((await parlor.voices.get(voice?.id ?? '')).name).toBe(voice?.name)
  expect((await parlor.models.list()).data.length).toBeGreaterThan(0)
  const brain = await parlor.brains.create({ name: 'Guide', system_prompt: 'Be kind.', llm_name: 'extractive' })
  const looks = { avatar_id: avatar?.id ?? '', voice_id: voice?.id ?? '', brain_id: brain.id }
  const agent = await parlor.agents.create({ name: 'Guide', ...looks })
  expect(await names(parlor.agents.list())).toContain('Guide')
  expect((await parlor.agents.get(agent.id)).brain_id).toBe(brain.id)

  const made = await parlor.widgetSessions.create({ agentic_avatar_id: agent.id, max_duration: 60 })
  expect((await parlor.widgetSessions.get(made.session_id)).status).toBe('active')
  await parlor.widgetSessions.revoke(made.session_id)
  expect((await parlor.widgetSessions.get(made.session_id)).status).toBe('terminated')

  const chat = await parlor.chatSessions.create({ embed_origin: 'https://shop.example', expires_after: 60 })
  await parlor.chatSessions.revoke(chat.client_token)
  const again = await parlor.chatSessions.revoke(chat.client_token).catch((error: ParlorRequestError) => error)
  expect(again).toMatchObject({ name: 'ParlorRequestError', status: 400, code: 'bad_request' })

  await parlor.agents.delete(agent.id)
  await parlor.brains.delete(brain.id)
  const gone = await parlor.agents.get(agent.id).catch((error: ParlorRequestError) => error)
  expect(gone).toMatchObject({ status: 404, code: 'NOT_FOUND', requestId: expect.stringMatching(/^req-/) })
})

/** What the types say of answers whose schema says nothing, as it stands in the file that says it. */
function fieldsOf(type: string): string[] {
  const text = readFileSync(new URL('../../packages/sdk/types/open-answers.ts', import.meta.url), 'utf8')
  const [, body = ''] = new RegExp(`interface ${type} (?:extends \\w+ )?\\{(.*?)\\n\\}`, 's').exec(text) ?? []
  return [...body.matchAll(/^ {2}(\w+):/gm)].map(([, name = '']) => name).sort()
}

test('what is written down by hand of knowledge bases and documents is what comes', async () => {
  const base = await parlor.knowledgeBases.create({ name: 'Hours', description: 'When it is open.' })
  expect(Object.keys(base.data).sort()).toEqual(fieldsOf('KnowledgeBase'))
  const { documents } = parlor.knowledgeBases
  const added = await documents.add({
    id: base.id,
    name: 'a.md',
    text: '# A\n\nTen to six.',
    url: 'https://shop.example/a',
  })
  expect(added).toMatchObject({ outcome: 'added', url: 'https://shop.example/a', chunk_count: 1 })
  const all = [...fieldsOf('KnowledgeDocument'), ...fieldsOf('AddedDocument')].sort()
  expect(Object.keys(added.data).sort()).toEqual(all)
  const file = { id: base.id, name: 'b.md', bytes: new Blob(['# B\n\nClosed.']) }
  expect((await documents.upload(file)).outcome).toBe('added')
  expect((await documents.upload(file)).outcome).toBe('unchanged')
  expect((await names(documents.list(base.id, { page_size: 1 }))).sort()).toEqual(['a.md', 'b.md'])
  const listed = await documents.list(base.id)
  expect(Object.keys(listed.data[0] ?? {}).sort()).toEqual(fieldsOf('KnowledgeDocument'))
  expect(Object.keys(listed.meta).sort()).toEqual([
    'has_next',
    'has_prev',
    'limit',
    'page',
    'page_size',
    'total',
    'total_pages',
  ])
  expect(await documents.reindex(base.id, added.id)).toMatchObject({ id: added.id, outcome: 'replaced' })
  expect((await documents.delete(base.id, added.id)).deleted_id).toBe(added.id)
  expect((await parlor.knowledgeBases.get(base.id)).document_count).toBe(1)
  await parlor.knowledgeBases.delete(base.id)
  expect(await names(parlor.knowledgeBases.list())).not.toContain('Hours')
})

test('keys, projects, accounts and requests are an operator’s to see and to make', async () => {
  const { is_operator, account } = await parlor.operator.access()
  expect(is_operator).toBe(true)
  const project = await parlor.projects.create({ name: 'Shop', slug: 'shop' })
  await parlor.projects.set({ id: project.id, strict_origins: true })
  const key = await parlor.keys.create({ name: 'backend', project: 'shop', scopes: ['read'] })
  const reader = new Parlor({ baseUrl: house.url, apiKey: key.key })
  const refused = await reader.brains
    .create({ name: 'x', system_prompt: 'x', llm_name: 'extractive' })
    .catch((error: ParlorRequestError) => error)
  expect(refused).toMatchObject({ status: 403, code: 'INSUFFICIENT_PERMISSIONS' })
  await parlor.keys.revoke(key.id)
  await expect(reader.agents.list()).rejects.toMatchObject({ status: 401, code: 'INVALID_API_KEY' })
  expect(await names(parlor.keys.list({ page_size: 1 }))).toContain('backend')
  expect(await names(parlor.projects.list())).toContain('Shop')
  expect(await names(parlor.operator.accounts.list())).toContain(account.name)
  const museum = await parlor.operator.accounts.create({ name: 'Museum', concurrency: 5 })
  expect((await parlor.operator.accounts.set({ id: museum.id, suspended: true })).suspended).toBe(true)
  await parlor.projects.delete(project.id)
  const { operator_session } = await parlor.operator.login()
  await parlor.operator.logout(operator_session)
  expect((await parlor.health()).status).toBe('ok')
})
