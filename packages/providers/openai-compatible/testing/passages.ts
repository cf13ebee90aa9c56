import type { FoundPassage, Retriever } from '@parlor/conversation/knowledge'

/** A passage of a document with a link. */
export function passage(text: string, name = 'visiting.md'): FoundPassage {
  return {
    document: {
      id: name,
      knowledgeBaseId: 'kb',
      name,
      title: 'Visiting',
      url: 'https://museum.example/visit',
      mediaType: 'text/markdown',
      bytes: text.length,
      hash: '',
      createdAt: 0,
      updatedAt: 0,
    },
    chunk: { position: 0, headings: ['Visiting', 'Tickets'], anchor: 'tickets', text, keywords: '' },
    score: 1,
    rank: 1,
    coverage: 1,
  }
}

/** A retriever that finds these whatever is asked; it remembers the questions, each with the one before it. */
export function findAlways(passages: FoundPassage[]) {
  const asked: { question: string; before: string | null | undefined }[] = []
  const retriever: Retriever = {
    async search(_base, question, _signal, within) {
      asked.push({ question, before: within?.before })
      const answerability = { fit: 1, exact: 1, inDocument: 1, unknown: 0, confidence: 1 }
      return { passages, terms: [], answerability }
    },
  }
  return { retriever, asked }
}
