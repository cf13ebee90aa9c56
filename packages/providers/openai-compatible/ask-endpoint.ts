import { carefulFetch, type Fetch } from './careful-fetch.ts'
import { ModelFault } from './model-fault.ts'
import { postText } from './post-text.ts'

/** Where models answer. Operators choose it; nothing a visitor, a document or a model says does. */
export interface Endpoint {
  /** Without a trailing slash; `/chat/completions` comes behind it. */
  baseUrl: string
  apiKey: string | null
  fetch?: Fetch
}

/** Sends a request, as JSON; resolves once the answer begins, with its bytes as they come. @throws ModelFault */
export type Ask = (body: string, signal: AbortSignal) => Promise<ReadableStream<Uint8Array>>

export function askEndpoint({ baseUrl, apiKey, fetch = postText }: Endpoint): Ask {
  const send = carefulFetch(fetch)
  const headers = { 'content-type': 'application/json', ...(apiKey !== null && { authorization: `Bearer ${apiKey}` }) }
  return async (body, signal) => {
    const answer = await send(`${baseUrl}/chat/completions`, { method: 'POST', headers, body, signal })
    if (answer.body === null) throw new ModelFault('broken')
    return answer.body
  }
}
