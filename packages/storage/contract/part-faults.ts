import type { AgentStore, PartFilter, Shelf } from '@parlor/core/agent'
import { acknowledgeEarly, type Fault } from './break-store.ts'
import type { Stores } from './contract-case.ts'

type Avatars = AgentStore['avatars']

/** Avatars on a shelf that is wrong in some way. */
const breakAvatars = (change: (sound: Avatars) => Partial<Avatars>) => (stores: Stores) => {
  const { avatars } = stores.agents
  return { agents: { avatars: { ...avatars, ...change(avatars) } } }
}

/** A list that asks for something else than it was asked for. */
const listing = (change: (filter: PartFilter) => PartFilter) =>
  breakAvatars(({ list }) => ({
    list: (account, visibility, page, filter = {}) => list(account, visibility, page, change(filter)),
  }))

function forgetful<T extends { id: string }>({ find }: Pick<Shelf<T>, 'find'>): Pick<Shelf<T>, 'find'> {
  const seen = new Map<string, T>()
  return {
    find: async (id) => {
      const found = seen.get(id) ?? (await find(id))
      if (found !== null) seen.set(id, found)
      return found
    },
  }
}

const updateFaults: readonly Fault[] = [
  {
    name: 'says that it updated and did not',
    noticedBy: 'avatars are updated by their own',
    breakIn: breakAvatars(() => ({ update: async () => true })),
  },
  {
    name: 'shows a part as it was before its update',
    noticedBy: 'avatars are updated by their own',
    breakIn: breakAvatars(forgetful),
  },
  {
    name: "updates another account's part",
    noticedBy: 'avatars are updated by their own',
    breakIn: breakAvatars(({ find, update }) => ({
      update: async (item) => update({ ...item, accountId: (await find(item.id))?.accountId ?? item.accountId }),
    })),
  },
  {
    name: 'says that it updated an archived part',
    noticedBy: 'avatars are updated by their own',
    breakIn: breakAvatars(({ find, update }) => ({
      update: async (item) => (await update(item)) || (await find(item.id))?.accountId === item.accountId,
    })),
  },
  {
    name: 'loses how a part was made with its update',
    noticedBy: 'avatars are listed by how they were made',
    breakIn: breakAvatars(({ update }) => ({ update: ({ madeAs: _, ...item }) => update(item) })),
  },
  {
    name: 'leaves an agent in the project it was in',
    noticedBy: 'an agent that moves to another project',
    breakIn: ({ agents: { agents } }) => ({
      agents: {
        agents: {
          ...agents,
          findNewest: async (project) => (project === 'shop' ? agents.findNewest('help') : agents.findNewest(project)),
        },
      },
    }),
  },
]

const listFaults: readonly Fault[] = [
  {
    name: 'lists parts however they were made',
    noticedBy: 'avatars are listed by how they were made',
    breakIn: listing(({ madeAs: _, ...filter }) => filter),
  },
  {
    name: 'lists parts whoever they were made for',
    noticedBy: 'avatars are listed by how they were made',
    breakIn: listing(({ client: _, ...filter }) => filter),
  },
  {
    name: 'narrows a list and not how many there are',
    noticedBy: 'avatars are listed by how they were made',
    breakIn: breakAvatars(({ list }) => ({
      list: async (account, visibility, page, filter) => ({
        items: (await list(account, visibility, page, filter)).items,
        total: (await list(account, visibility, page)).total,
      }),
    })),
  },
  {
    name: 'takes names for the same that only look alike',
    noticedBy: 'for whom a part was made is compared to the letter',
    breakIn: listing(({ client, ...filter }) => ({
      ...filter,
      ...(client !== undefined && { client: client.trim() }),
    })),
  },
]

const pictureFaults: readonly Fault[] = [
  {
    name: 'keeps the first picture',
    noticedBy: 'only the last one put is kept',
    breakIn: ({ agents: { pictures } }) => ({
      agents: {
        pictures: {
          ...pictures,
          putPicture: async (id, picture) => {
            if ((await pictures.findPicture(id)) === null) await pictures.putPicture(id, picture)
          },
        },
      },
    }),
  },
  {
    name: 'keeps a picture as text',
    noticedBy: 'byte by byte',
    breakIn: ({ agents: { pictures } }) => ({
      agents: {
        pictures: {
          ...pictures,
          putPicture: (id, { type, bytes }) =>
            pictures.putPicture(id, { type, bytes: Buffer.from(Buffer.from(bytes).toString()) }),
        },
      },
    }),
  },
  {
    name: 'cuts a large picture',
    noticedBy: 'a large picture is kept whole',
    breakIn: ({ agents: { pictures } }) => ({
      agents: {
        pictures: {
          ...pictures,
          putPicture: (id, { type, bytes }) => pictures.putPicture(id, { type, bytes: bytes.subarray(0, 1_000_000) }),
        },
      },
    }),
  },
  {
    name: 'has one picture for all',
    noticedBy: 'byte by byte',
    breakIn: ({ agents: { pictures } }) => ({
      agents: {
        pictures: {
          putPicture: (_, picture) => pictures.putPicture('all', picture),
          findPicture: () => pictures.findPicture('all'),
        },
      },
    }),
  },
  {
    name: 'acknowledges a picture before it is kept',
    noticedBy: 'byte by byte',
    breakIn: ({ agents: { pictures } }) => ({
      agents: { pictures: { ...pictures, putPicture: acknowledgeEarly(pictures.putPicture) } },
    }),
  },
]

export const partFaults: readonly Fault[] = [...updateFaults, ...listFaults, ...pictureFaults]
