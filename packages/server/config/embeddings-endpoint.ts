import { type NamedEndpoint, parseNamedEndpoint } from './named-endpoint.ts'

/** As they come: text, or unset. */
export type EmbeddingsSettings = Record<
  'PARLOR_EMBEDDINGS_BASE_URL' | 'PARLOR_EMBEDDINGS_API_KEY' | 'PARLOR_EMBEDDINGS_MODEL',
  string | undefined
>

/** The sentence model behind OpenAI's `/embeddings`; null where none is set. @throws ConfigError with one sentence that holds no secret. */
export function parseEmbeddings(env: EmbeddingsSettings): NamedEndpoint | null {
  return parseNamedEndpoint(
    'PARLOR_EMBEDDINGS',
    env.PARLOR_EMBEDDINGS_BASE_URL,
    env.PARLOR_EMBEDDINGS_API_KEY,
    env.PARLOR_EMBEDDINGS_MODEL,
  )
}
