import type { KnowledgeStore } from './knowledge-store.ts'

/** The same store, which tells when a document was put into it: every way in ends there. */
export function tellOfDocuments(knowledge: KnowledgeStore, tell: () => void): KnowledgeStore {
  return {
    ...knowledge,
    async putDocument(...given) {
      const put = await knowledge.putDocument(...given)
      tell()
      return put
    },
  }
}
