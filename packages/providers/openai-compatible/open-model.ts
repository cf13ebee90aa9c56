import { createOpenAICompatible } from '@ai-sdk/openai-compatible'
import { carefulFetch, type Fetch } from './careful-fetch.ts'
import { postText } from './post-text.ts'

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
export function openModel(endpoint: Endpoint, name: string): Model {
  return openModels(endpoint)(name)
}

/** Whoever writes an agent chooses the name of its model, so that there is no end of names. */
const mostKept = 64

/** Opens the models of an endpoint and keeps those used last: making one costs as much as asking it. */
export function openModels({ baseUrl, apiKey, fetch = postText }: Endpoint): (name: string) => Model {
  const provider = createOpenAICompatible({
    name: 'endpoint',
    baseURL: baseUrl,
    ...(apiKey !== null && { apiKey }),
    includeUsage: true,
    fetch: carefulFetch(fetch),
  })
  const kept = new Map<string, Model>()
  return (name) => {
    const model = kept.get(name) ?? provider(name)
    kept.delete(name)
    kept.set(name, model)
    const [oldest = name] = kept.keys()
    if (kept.size > mostKept) kept.delete(oldest)
    return model
  }
}
