import { type Fault, pauseAWhile } from './break-store.ts'

const forEver = Number.MAX_SAFE_INTEGER

export const vectorFaults: readonly Fault[] = [
  {
    name: 'looks what is free before it takes it',
    noticedBy: 'no two are given the same passage',
    breakIn: ({ vectors }) => {
      const freeNow: typeof vectors.claimUnread = (model, taking) =>
        vectors.claimUnread(model, { ...taking, until: taking.now })
      return {
        vectors: {
          claimUnread: async (model, taking) => {
            const seen = await freeNow(model, taking)
            await pauseAWhile()
            await vectors.claimUnread(model, taking)
            return seen
          },
        },
      }
    },
  },
  {
    name: 'gives the newest first',
    noticedBy: 'unread passages come oldest first',
    breakIn: ({ vectors }) => ({
      vectors: { claimUnread: async (...asked) => (await vectors.claimUnread(...asked)).reverse() },
    }),
  },
  {
    name: 'never lets go of what was taken',
    noticedBy: 'free again when its time is over',
    breakIn: ({ vectors }) => ({
      vectors: { claimUnread: (model, taking) => vectors.claimUnread(model, { ...taking, until: forEver }) },
    }),
  },
  {
    name: 'lets go of what was taken a moment early',
    noticedBy: 'free again when its time is over',
    breakIn: ({ vectors }) => ({
      vectors: { claimUnread: (model, taking) => vectors.claimUnread(model, { ...taking, until: taking.until - 1 }) },
    }),
  },
  {
    name: 'refuses who comes late',
    noticedBy: 'whoever comes late',
    breakIn: ({ vectors }) => {
      const given = new Set<string>()
      return {
        vectors: {
          claimUnread: async (...asked) => {
            const passages = await vectors.claimUnread(...asked)
            for (const { id } of passages) if (!given.delete(id)) given.add(id)
            return passages
          },
          putVectors: (model, put) =>
            vectors.putVectors(
              model,
              put.filter(({ id }) => given.has(id)),
            ),
        },
      }
    },
  },
  {
    name: 'keeps only on which side a number is',
    noticedBy: 'in the direction in which it was put',
    breakIn: ({ vectors }) => ({
      vectors: {
        putVectors: (model, put) =>
          vectors.putVectors(
            model,
            put.map(({ id, vector }) => ({ id, vector: vector.map(Math.sign) })),
          ),
      },
    }),
  },
  {
    name: 'leaves out what it has not',
    noticedBy: 'in the order of their places',
    breakIn: ({ vectors }) => ({
      vectors: {
        findVectors: async (...asked) => (await vectors.findVectors(...asked)).filter((one) => one !== null),
      },
    }),
  },
  {
    name: 'takes every model for the same',
    noticedBy: 'in place of those before it',
    breakIn: ({ vectors }) => ({
      vectors: {
        claimUnread: (_, taking) => vectors.claimUnread('m', taking),
        putVectors: (_, put) => vectors.putVectors('m', put),
        findVectors: (_, places) => vectors.findVectors('m', places),
      },
    }),
  },
  {
    name: 'keeps nothing beside what is gone',
    noticedBy: 'passed over, and those beside it are kept',
    breakIn: ({ vectors }) => ({
      vectors: { putVectors: async (model, put) => (put.length > 1 ? undefined : vectors.putVectors(model, put)) },
    }),
  },
  {
    name: 'knows a passage by what it says',
    noticedBy: 'a document that is put again',
    breakIn: ({ vectors }) => {
      const texts = new Map<string, string>()
      const ids = new Map<string, string>()
      return {
        vectors: {
          claimUnread: async (...asked) => {
            const passages = await vectors.claimUnread(...asked)
            for (const { id, text } of passages) {
              texts.set(id, text)
              ids.set(text, id)
            }
            return passages
          },
          putVectors: (model, put) =>
            vectors.putVectors(
              model,
              put.map(({ id, vector }) => ({ id: ids.get(texts.get(id) ?? '') ?? id, vector })),
            ),
        },
      }
    },
  },
  {
    name: 'still gives passages of a base that is gone',
    noticedBy: 'vectors go with their base',
    breakIn: () => ({ knowledge: { removeBase: async () => true } }),
  },
  {
    name: 'counts what was taken as read',
    noticedBy: 'counted for each base',
    breakIn: ({ vectors }) => {
      let taken = 0
      return {
        vectors: {
          claimUnread: async (...asked) => {
            const passages = await vectors.claimUnread(...asked)
            taken += passages.length
            return passages
          },
          countRead: async (...asked) => {
            const { passages } = await vectors.countRead(...asked)
            return { passages, read: Math.min(passages, taken) }
          },
        },
      }
    },
  },
]
