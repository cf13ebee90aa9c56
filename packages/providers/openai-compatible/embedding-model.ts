import type { SentenceModel } from '@parlor/conversation/knowledge'
import { carefulFetch, type Fetch } from './careful-fetch.ts'
import { startDeadlines } from './deadlines.ts'
import { asEmbeddingFault, EmbeddingFault } from './embedding-fault.ts'
import { postText } from './post-text.ts'
import { readVectors } from './read-vectors.ts'

/** Where texts become vectors. Operators choose it; nothing a visitor, a document or a model says does. */
export interface EmbeddingEndpoint {
  /** Without a trailing slash; `/embeddings` comes behind it. */
  baseUrl: string
  apiKey: string | null
  model: string
  fetch?: Fetch
  /** How long it may take over one request, in milliseconds. */
  timeoutMs?: number
}

/** The first request may have to wait until a local server has read the model from its disk. */
const usualTimeoutMs = 60_000
/** In characters; what a longer text says further on is not read. */
const longestText = 2_000
/** What even a model of 512 tokens takes, in whatever script. */
const shortText = 400
/** Of one request. */
const mostTexts = 64
const mostCharacters = 64_000
/** With which endpoints refuse a text that is too long for the model: by the book, or as if they had failed. */
const maybeTooLong: ReadonlySet<number> = new Set([400, 413, 422, 500])

/**
 * The model behind `/embeddings` of an OpenAI-compatible endpoint. Where it refuses texts, they may be too long for it: then it gets
 * the beginnings of those that are. Its name holds the endpoint's host, since two hosts may call two models alike.
 * @throws EmbeddingFault, or the signal's reason.
 */
export function embeddingModel(endpoint: EmbeddingEndpoint): SentenceModel {
  const ask = askOnce(endpoint)
  return {
    name: `${endpoint.model}@${new URL(endpoint.baseUrl).host}`,
    async embed(texts, signal) {
      signal.throwIfAborted()
      const vectors: Float32Array[] = []
      for (const batch of inBatches(texts.map(toSend))) vectors.push(...(await askForAll(ask, batch, signal)))
      if (new Set(vectors.map(({ length }) => length)).size > 1) throw new EmbeddingFault('broken')
      return vectors
    },
  }
}

type Ask = (texts: readonly string[], signal: AbortSignal) => Promise<Float32Array[]>

function askOnce({ baseUrl, apiKey, model, fetch = postText, timeoutMs = usualTimeoutMs }: EmbeddingEndpoint): Ask {
  const send = carefulFetch(fetch)
  const headers = { 'content-type': 'application/json', ...(apiKey !== null && { authorization: `Bearer ${apiKey}` }) }
  return async (input, outer) => {
    const wait = startDeadlines({ firstTokenMs: timeoutMs, silenceMs: timeoutMs, totalMs: timeoutMs }, outer)
    try {
      const body = JSON.stringify({ model, input, encoding_format: 'float' })
      const { signal } = wait
      const answer = await send(`${baseUrl}/embeddings`, { method: 'POST', headers, body, signal })
      return readVectors(await answer.text(), input.length)
    } catch (error) {
      outer.throwIfAborted()
      throw asEmbeddingFault(wait.signal.aborted ? wait.signal.reason : error)
    } finally {
      wait.stop()
    }
  }
}

/** A refusal costs one more request; only where the beginnings pass are the texts asked for one by one. */
async function askForAll(ask: Ask, texts: readonly string[], signal: AbortSignal): Promise<Float32Array[]> {
  try {
    return await ask(texts, signal)
  } catch (error) {
    if (!mayBeTooLong(error) || texts.every(isShort)) throw error
  }
  const vectors = await ask(texts.map(beginningOf), signal)
  for (const [index, text] of texts.entries()) {
    if (texts.length === 1 || isShort(text)) continue
    try {
      vectors.splice(index, 1, ...(await ask([text], signal)))
    } catch (error) {
      if (!mayBeTooLong(error)) throw error
    }
  }
  return vectors
}

function mayBeTooLong(error: unknown): boolean {
  return error instanceof EmbeddingFault && maybeTooLong.has(error.statusCode ?? 0)
}

const isShort = (text: string) => text.length <= shortText
const beginningOf = (text: string) => text.slice(0, shortText).toWellFormed()

/** Endpoints refuse an empty text, and half a character with it. */
function toSend(text: string): string {
  return text.slice(0, longestText).toWellFormed().trim() || '-'
}

function* inBatches(texts: readonly string[]): Generator<string[]> {
  let batch: string[] = []
  let characters = 0
  for (const text of texts) {
    if (batch.length === mostTexts || characters + text.length > mostCharacters) {
      yield batch
      batch = []
      characters = 0
    }
    batch.push(text)
    characters += text.length
  }
  if (batch.length > 0) yield batch
}
