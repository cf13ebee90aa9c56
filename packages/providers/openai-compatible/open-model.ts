import { createOpenAICompatible } from '@ai-sdk/openai-compatible'
import { carefulFetch, type Fetch } from './careful-fetch.ts'

/** Where models answer. Operators choose it; nothing a visitor, a document or a model says does. */
export interface Endpoint {
  /** Without a trailing slash; `/chat/completions` comes behind it. */
  baseUrl: string
  apiKey: string | null
  fetch?: Fetch
}

/** A model as the AI SDK knows it. */
export type Model = ReturnType<ReturnType<typeof createOpenAICompatible>>
export type ModelRequest = Parameters<Model['doStream']>[0]
type ModelStream = Awaited<ReturnType<Model['doStream']>>['stream']
export type ModelPart = ModelStream extends ReadableStream<infer Part> ? Part : never

/** The model of this name at the endpoint. */
export function openModel({ baseUrl, apiKey, fetch }: Endpoint, name: string): Model {
  const provider = createOpenAICompatible({
    name: 'endpoint',
    baseURL: baseUrl,
    ...(apiKey !== null && { apiKey }),
    includeUsage: true,
    fetch: carefulFetch(fetch),
  })
  return provider(name)
}
