import type { AgentStore, Shelf } from '@parlor/core/agent'
import { expect } from 'vitest'
import type { ContractCase } from './contract-case.ts'
import { agent, avatar, brain, type Thing, voice } from './part-samples.ts'
import { brokenTexts, hostileTexts } from './samples.ts'

const all = { offset: 0, limit: 100 }

/** The same sentences for each kind of thing. */
function casesOf<T extends Thing>(
  kind: string,
  pick: (store: AgentStore) => Shelf<T>,
  make: (accountId: string) => T,
): ContractCase[] {
  return [
    {
      name: `${kind} are updated by their own account only and until they are archived; their birth and place stay`,
      run: async ({ stores }) => {
        const shelf = pick(stores.agents)
        const [item, later] = [make('mine'), { ...make('mine'), createdAt: 2_000 }]
        for (const one of [item, later]) await shelf.insert(one)
        // Read before, so that what is remembered of it has to be forgotten.
        expect(await shelf.find(item.id)).toEqual(item)
        const changed = { ...item, name: 'new', description: 'new', madeAs: 'face', client: 'bob', remarks: { a: [1] } }
        expect(await shelf.update({ ...changed, createdAt: 9_000, archivedAt: 9_000 })).toBe(true)
        expect(await shelf.find(item.id)).toEqual(changed)
        expect(await shelf.list('mine', 'all', all)).toEqual({ items: [later, changed], total: 2 })
        for (const accountId of ['theirs', null]) {
          expect(await shelf.update({ ...changed, accountId, name: 'stolen' })).toBe(false)
        }
        expect(await shelf.update({ ...changed, id: 'unknown' })).toBe(false)
        await shelf.archive('mine', item.id, 5)
        expect(await shelf.update({ ...changed, name: 'revived' })).toBe(false)
        expect(await shelf.find(item.id)).toEqual({ ...changed, archivedAt: 5 })
        expect(await shelf.find(later.id)).toEqual(later)
      },
    },
    {
      name: `${kind} are listed by how they were made and for whom, alone and together, as they were last said to be`,
      run: async ({ stores }) => {
        const shelf = pick(stores.agents)
        const put = async (createdAt: number, made: Pick<Thing, 'madeAs' | 'client'>, accountId = 'mine') => {
          const item = { ...make(accountId), createdAt, ...made }
          await shelf.insert(item)
          return item
        }
        const face = await put(1, { madeAs: 'face', client: 'ada' })
        const other = await put(2, { madeAs: 'other', client: 'ada' })
        const bobs = await put(3, { madeAs: 'face', client: 'bob' })
        const nobodys = await put(4, { madeAs: 'face', client: null })
        const plain = await put(5, {})
        await put(6, { madeAs: 'face', client: 'ada' }, 'theirs')
        const archived = await put(7, { madeAs: 'face', client: 'ada' })
        await shelf.archive('mine', archived.id, 8)
        const list = (filter: Pick<Thing, 'madeAs'> & { client?: string }, page = all) =>
          shelf.list('mine', 'all', page, filter)
        expect(await list({})).toEqual({ items: [plain, nobodys, bobs, other, face], total: 5 })
        expect(await list({ madeAs: 'face' })).toEqual({ items: [nobodys, bobs, face], total: 3 })
        expect(await list({ madeAs: 'face' }, { offset: 1, limit: 1 })).toEqual({ items: [bobs], total: 3 })
        expect(await list({ client: 'ada' })).toEqual({ items: [other, face], total: 2 })
        expect(await list({ madeAs: 'face', client: 'ada' })).toEqual({ items: [face], total: 1 })
        expect(await list({ madeAs: 'voice' })).toEqual({ items: [], total: 0 })
        await shelf.update({ ...bobs, madeAs: 'other', client: 'ada' })
        expect(await list({ madeAs: 'face', client: 'bob' })).toEqual({ items: [], total: 0 })
        expect((await list({ madeAs: 'other', client: 'ada' })).total).toBe(2)
      },
    },
  ]
}

const near: readonly string[] = ['Ada', 'ada', 'ada ', 'ad_', 'ada%', 'ádá']

const exactCase: ContractCase = {
  name: 'for whom a part was made is compared to the letter, whatever it is called',
  run: async ({ stores: { agents } }) => {
    const texts = [...near, ...hostileTexts]
    for (const client of texts) await agents.avatars.insert({ ...avatar('mine'), client })
    for (const client of [...texts, ...brokenTexts]) {
      const { items, total } = await agents.avatars.list('mine', 'private', all, { client })
      expect([items.map((item) => item.client), total]).toEqual(texts.includes(client) ? [[client], 1] : [[], 0])
    }
    for (const client of brokenTexts) {
      const made = { ...avatar('theirs'), client, remarks: { said: client } }
      await agents.avatars.insert(made)
      expect((await agents.avatars.list('theirs', 'private', all, { client })).items).toContainEqual(made)
    }
  },
}

export const partCases: readonly ContractCase[] = [
  ...casesOf('agents', (store) => store.agents, agent),
  ...casesOf('avatars', (store) => store.avatars, avatar),
  ...casesOf('voices', (store) => store.voices, voice),
  ...casesOf('brains', (store) => store.brains, brain),
  exactCase,
  {
    name: 'an agent that moves to another project is the newest there, and no longer where it was',
    run: async ({ stores: { agents } }) => {
      const made = { ...agent('mine'), projectId: 'shop' }
      await agents.agents.insert(made)
      expect(await agents.agents.update({ ...made, projectId: 'help' })).toBe(true)
      expect(await agents.agents.findNewest('shop')).toBeNull()
      expect(await agents.agents.findNewest('help')).toEqual({ ...made, projectId: 'help' })
    },
  },
]
