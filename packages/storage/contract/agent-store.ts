import type { AgentStore, Shelf } from '@parlor/core/agent'
import { expect } from 'vitest'
import { agentUsageCases } from './agent-usage.ts'
import { type ContractCase, describeCases, type OpenStores } from './contract-case.ts'
import { agent, avatar, brain, type Thing, voice } from './part-samples.ts'
import { partCases } from './parts.ts'
import { pictureCases } from './pictures.ts'
import { brokenTexts, hostileTexts } from './samples.ts'

const all = { offset: 0, limit: 100 }

/** The same sentences for each kind of thing. */
function shelfCases<T extends Thing>(
  kind: string,
  pick: (store: AgentStore) => Shelf<T>,
  make: (accountId: string) => T,
): ContractCase[] {
  return [
    {
      name: `${kind} come back as they were made, newest first, a page at a time`,
      run: async ({ stores }) => {
        const shelf = pick(stores.agents)
        const made = [3, 1, 2].map((createdAt) => ({ ...make('mine'), createdAt }))
        for (const item of made) await shelf.insert(item)
        await shelf.insert(make('theirs'))
        const [third, first, second] = made
        for (const item of made) expect(await shelf.find(item.id)).toEqual(item)
        expect(await shelf.find('unknown')).toBeNull()
        expect(await shelf.list('mine', 'all', all)).toEqual({ items: [third, second, first], total: 3 })
        expect(await shelf.list('mine', 'private', { offset: 1, limit: 1 })).toEqual({ items: [second], total: 3 })
        expect(await shelf.list('mine', 'all', { offset: 9, limit: 1 })).toEqual({ items: [], total: 3 })
      },
    },
    {
      name: `${kind} are archived by their own account only; lists leave them out, a look by id finds them`,
      run: async ({ stores }) => {
        const shelf = pick(stores.agents)
        const [item, kept] = [make('mine'), make('mine')]
        await shelf.insert(item)
        await shelf.insert(kept)
        expect(await shelf.archive('theirs', item.id, 5)).toBe(false)
        expect(await shelf.archive('mine', 'unknown', 5)).toBe(false)
        expect(await shelf.archive('mine', item.id, 5)).toBe(true)
        expect(await shelf.archive('mine', item.id, 9)).toBe(true)
        expect(await shelf.find(item.id)).toEqual({ ...item, archivedAt: 5 })
        expect(await shelf.list('mine', 'all', all)).toEqual({ items: [kept], total: 1 })
      },
    },
    {
      name: `${kind} keep hostile text to the letter`,
      run: async ({ stores }) => {
        const shelf = pick(stores.agents)
        const made = hostileTexts.map((name) => ({ ...make('mine'), name }))
        for (const item of made) await shelf.insert(item)
        for (const item of made) expect(await shelf.find(item.id)).toEqual(item)
        for (const text of hostileTexts) expect(await shelf.list(text, 'private', all)).toEqual({ items: [], total: 0 })
      },
    },
  ]
}

/** Public things belong to nobody, and everybody sees them. */
function publicCase<T extends Thing>(
  kind: string,
  pick: (store: AgentStore) => Shelf<T>,
  make: (accountId: string | null) => T,
): ContractCase {
  return {
    name: `public ${kind} are in everybody's lists and nobody may archive them`,
    run: async ({ stores }) => {
      const shelf = pick(stores.agents)
      const [open, mine, theirs] = [make(null), { ...make('mine'), createdAt: 2_000 }, make('theirs')]
      for (const item of [open, mine, theirs]) await shelf.insert(item)
      expect(await shelf.list('mine', 'all', all)).toEqual({ items: [mine, open], total: 2 })
      expect(await shelf.list('mine', 'public', all)).toEqual({ items: [open], total: 1 })
      expect(await shelf.list('mine', 'private', all)).toEqual({ items: [mine], total: 1 })
      expect(await shelf.archive('mine', open.id, 5)).toBe(false)
      expect(await shelf.find(open.id)).toEqual(open)
    },
  }
}

const newestCase: ContractCase = {
  name: "a project's newest agent is the last made that is not archived, of those made at once the one with the highest id",
  run: async ({ stores: { agents } }) => {
    const make = async (id: string, createdAt: number, projectId = 'shop') => {
      const made = { ...agent('mine'), id, createdAt, projectId }
      await agents.agents.insert(made)
      return made
    }
    expect(await agents.agents.findNewest('shop')).toBeNull()
    const made = [await make('b', 2), await make('a', 2), await make('Z', 2), await make('z', 1), await make('y', 3)]
    const elsewhere = await make('other', 9, 'help')
    const [b, a, capital, oldest, last] = made
    for (const newest of [last, b, a, capital, oldest]) {
      expect(await agents.agents.findNewest('shop')).toEqual(newest)
      await agents.agents.archive('mine', newest?.id ?? '', 5)
    }
    expect(await agents.agents.findNewest('shop')).toBeNull()
    expect(await agents.agents.findNewest('help')).toEqual(elsewhere)
    for (const text of [...hostileTexts, ...brokenTexts]) expect(await agents.agents.findNewest(text)).toBeNull()
  },
}

export const agentStoreCases: readonly ContractCase[] = [
  ...shelfCases('agents', (store) => store.agents, agent),
  ...shelfCases('avatars', (store) => store.avatars, avatar),
  ...shelfCases('voices', (store) => store.voices, voice),
  ...shelfCases('brains', (store) => store.brains, brain),
  publicCase('avatars', (store) => store.avatars, avatar),
  publicCase('voices', (store) => store.voices, voice),
  publicCase('brains', (store) => store.brains, brain),
  ...partCases,
  newestCase,
  ...pictureCases,
  ...agentUsageCases,
]

export function describeAgentStore(open: OpenStores): void {
  describeCases('AgentStore', agentStoreCases, open)
}
