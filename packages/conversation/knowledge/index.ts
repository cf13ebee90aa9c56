export {
  type AddedDocument,
  addDocument,
  type DocumentInput,
  type DocumentPorts,
  type InHand,
  putRead,
  wasFetched,
} from './add-document.ts'
export * from './add-page.ts'
export * from './await-document.ts'
export * from './create-base.ts'
export { checkPassages, readTextDocument } from './decode-document.ts'
export * from './document-reader.ts'
export * from './document-types.ts'
export * from './knowledge-store.ts'
export * from './page-fetcher.ts'
export * from './read-markdown.ts'
export * from './read-passages.ts'
export * from './read-pieces.ts'
export * from './read-plain-text.ts'
export * from './remove-document.ts'
export * from './retriever.ts'
export * from './score-text.ts'
export * from './search-knowledge.ts'
export * from './sentence-model.ts'
export * from './split-sentences.ts'
export * from './split-words.ts'
export * from './tell-of-documents.ts'
export * from './text-to-read.ts'
export * from './vector-store.ts'
export * from './word-vectors.ts'
