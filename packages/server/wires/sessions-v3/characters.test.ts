import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { House } from '../../admission/house.ts'
import { publicAvatarId, publicVoiceId } from '../../ops/seed.ts'
import { openNeighbourhood } from './testing/neighbour-house.ts'

let house: House
let mine: Awaited<ReturnType<typeof openNeighbourhood>>['mine']
let theirs: typeof mine
beforeAll(async () => {
  ;({ house, mine, theirs } = await openNeighbourhood())
})
afterAll(() => house.close())

const brain = { name: 'Host', instructions: 'Be brief.', greetingMessage: 'Hello', model: 'gpt-4o' }
const face = { identity: 'byron' }
const voice = { name: 'Low', description: 'Calm', sampleUrl: 'https://voices.example/low.mp3', voiceId: 'v1' }
const character = { name: 'Concierge', livekitIdentity: 'concierge' }
const make = async (plural: string, body: object, ask = mine) => (await ask('POST', `/v3/${plural}`, body)).body
const partsOf = (id: string) => house.composed.stores.agents.agents.find(id)

describe.each([
  ['brains', brain],
  ['faces', face],
  ['voices', voice],
  ['characters', character],
])('%s', (plural, body) => {
  const path = `/v3/${plural}`
  const idsOf = async (query: string, ask = mine) =>
    (await ask('GET', `${path}?take=50${query}`)).body[plural].map(({ id }: { id: string }) => id)

  it('are made with what was asked for, and read back the same', async () => {
    const made = await mine('POST', path, { ...body, client: 'shop', extra: [1] })
    expect(made).toMatchObject({ status: 201, body: { ...body, client: 'shop' } })
    expect(made.body).toMatchObject({ organizationId: house.mine.accountId, createdAt: expect.any(String) })
    expect(await mine('GET', `${path}/${made.body.id}`)).toMatchObject({ status: 200, body: made.body })
  })

  it('are listed by client and only to their account', async () => {
    const client = `of-${plural}`
    const { id } = await make(plural, { ...body, client })
    await make(plural, { ...body, client: null })
    expect(await idsOf(`&client=${client}`)).toEqual([id])
    expect(await idsOf('', theirs)).not.toContain(id)
    expect(await idsOf('')).not.toContain(house.mine[plural === 'characters' ? 'agent' : 'brain'])
  })

  it('that are deleted are answered once more and are gone; unknown and foreign ones are 404', async () => {
    const made = await make(plural, body)
    expect((await theirs('DELETE', `${path}/${made.id}`)).status).toBe(404)
    expect(await mine('DELETE', `${path}/${made.id}`)).toMatchObject({ status: 200, body: made })
    expect((await mine('DELETE', `${path}/${made.id}`)).status).toBe(404)
    expect((await mine('GET', `${path}/${made.id}`)).status).toBe(404)
    expect((await mine('GET', `${path}/none`)).status).toBe(404)
    expect(await idsOf('')).not.toContain(made.id)
  })

  it.each(Object.keys(body))('without %s are refused', async (field) => {
    const { [field]: _, ...rest } = body as Record<string, unknown>
    const refused = await mine('POST', path, rest)
    expect(refused).toMatchObject({ status: 400, body: { message: expect.stringContaining(field) } })
  })
})

describe('what is refused', () => {
  it.each([
    ['faces', { identity: 'nobody' }],
    ['voices', { ...voice, sampleUrl: 'file:///etc/passwd' }],
    ['voices', { ...voice, sampleUrl: 'low.mp3' }],
  ])('in %s: %j', async (plural, body) => {
    expect((await mine('POST', `/v3/${plural}`, body)).status).toBe(400)
  })
})

describe('a face', () => {
  it('is ready at once: it is drawn', async () => {
    expect(await make('faces', face)).toMatchObject({ status: 'ready', thumbnailUrl: null, videoUrl: null })
  })
})

describe('a character', () => {
  it('may lack its parts: they stay null, and the installation’s own stand in', async () => {
    const made = await make('characters', character)
    const nothing = { faceId: null, voiceId: null, brainId: null, knowledgeBaseId: null, elevenlabsAgentId: null }
    expect(made).toMatchObject({ ...nothing, search: false, face: null, voice: null, brain: null, knowledgeBase: null })
    expect(await partsOf(made.id)).toMatchObject({ avatarId: publicAvatarId, voiceId: publicVoiceId })
  })

  it('shows the parts it has', async () => {
    const [f, v, b] = [await make('faces', face), await make('voices', voice), await make('brains', brain)]
    const ids = { faceId: f.id, voiceId: v.id, brainId: b.id }
    const made = await make('characters', { ...character, ...ids, knowledgeBaseId: house.mine.base })
    expect(made).toMatchObject({ ...ids, face: f, voice: v, brain: b, knowledgeBase: { id: house.mine.base } })
    const agent = await partsOf(made.id)
    expect(agent).toMatchObject({ avatarId: f.id, voiceId: v.id, settings: { greeting: 'Hello' } })
    // A brain of this wire knows no base, so this character has one of its own that does.
    const own = await house.composed.stores.agents.brains.find(agent?.brainId ?? '')
    expect(own).toMatchObject({ instructions: 'Be brief.', knowledgeBaseId: house.mine.base })
    expect(own?.id).not.toBe(b.id)
  })

  it('is changed in what is given, and null takes a part away', async () => {
    const [f, b] = [await make('faces', face), await make('brains', brain)]
    const { id } = await make('characters', { ...character, faceId: f.id, client: 'shop' })
    const own = (await partsOf(id))?.brainId ?? ''
    const changed = await mine('PUT', `/v3/characters/${id}`, {
      name: 'Butler',
      faceId: null,
      brainId: b.id,
      search: true,
    })
    const wanted = {
      name: 'Butler',
      faceId: null,
      brainId: b.id,
      search: true,
      client: 'shop',
      livekitIdentity: 'concierge',
    }
    expect(changed).toMatchObject({ status: 200, body: wanted })
    expect(await partsOf(id)).toMatchObject({ avatarId: publicAvatarId, brainId: b.id })
    expect((await house.composed.stores.agents.brains.find(own))?.archivedAt).not.toBeNull()
    expect((await mine('GET', `/v3/characters/${id}`)).body).toEqual(changed.body)
    expect((await mine('PUT', '/v3/characters/none', { name: 'x' })).status).toBe(404)
  })

  it('keeps a part that was deleted since', async () => {
    const f = await make('faces', face)
    const { id } = await make('characters', { ...character, faceId: f.id })
    await mine('DELETE', `/v3/faces/${f.id}`)
    expect(await mine('PUT', `/v3/characters/${id}`, { name: 'x' })).toMatchObject({ status: 200, body: { face: f } })
  })

  it.each(['faceId', 'voiceId', 'brainId', 'knowledgeBaseId'])(
    'with another account’s %s is refused',
    async (field) => {
      const foreign = {
        faceId: (await make('faces', face, theirs)).id,
        voiceId: (await make('voices', voice, theirs)).id,
        brainId: (await make('brains', brain, theirs)).id,
        knowledgeBaseId: house.theirs.base,
      }[field]
      const { id } = await make('characters', character)
      for (const unknown of [foreign, 'none']) {
        const refusal = { status: 404, body: { message: expect.stringContaining(field) } }
        expect(await mine('POST', '/v3/characters', { ...character, [field]: unknown })).toMatchObject(refusal)
        expect(await mine('PUT', `/v3/characters/${id}`, { [field]: unknown })).toMatchObject(refusal)
      }
    },
  )
})
