import { ConfigError } from './parse-value.ts'

/** An OpenAI-compatible endpoint the operator chose, with the one model it is asked for. */
export interface NamedEndpoint {
  /** Without a trailing slash; what it is asked for comes behind it. */
  baseUrl: string
  apiKey: string | null
  model: string
}

/** What the names of its settings begin with. */
type Family = 'PARLOR_TTS' | 'PARLOR_STT' | 'PARLOR_EMBEDDINGS'

/** Null where none is set. @throws ConfigError with one sentence that holds no secret. */
export function parseNamedEndpoint(
  family: Family,
  address: string | undefined,
  apiKey: string | undefined,
  model: string | undefined,
): NamedEndpoint | null {
  if (address === undefined) {
    if (apiKey === undefined && model === undefined) return null
    throw unsetEndpoint(family)
  }
  const baseUrl = parseBaseUrl(family, address)
  if (model === undefined) {
    throw new ConfigError(`${family}_MODEL is not set: write the name of a model that ${family}_BASE_URL serves.`)
  }
  if (apiKey !== undefined && !/^[\x21-\x7e]+$/.test(apiKey)) {
    throw new ConfigError(`${family}_API_KEY holds a space or a sign that no key has: write the key alone.`)
  }
  return { baseUrl, apiKey: apiKey ?? null, model }
}

/** An endpoint of which something is said, but not where it is. */
export function unsetEndpoint(family: Family): ConfigError {
  return new ConfigError(
    `${family}_BASE_URL is not set: write the address of the endpoint, such as http://127.0.0.1:8000/v1.`,
  )
}

/** The value is not repeated in the error: people put keys into addresses. */
function parseBaseUrl(family: Family, text: string): string {
  const url = URL.parse(text)
  const isPlain = url !== null && /^https?:$/.test(url.protocol) && !url.search && !url.hash
  if (isPlain && !url.username && !url.password) return url.href.replace(/\/+$/, '')
  throw new ConfigError(
    `${family}_BASE_URL is no plain http or https address: write one such as https://api.openai.com/v1, and the key into ${family}_API_KEY.`,
  )
}
