import { ConfigError } from './parse-value.ts'

/** An OpenAI-compatible endpoint the operator chose. */
export interface ModelEndpoint {
  /** Without a trailing slash; `/chat/completions` comes behind it. */
  baseUrl: string
  apiKey: string | null
  /** The model of agents that name none. */
  model: string
}

/** As they come: text, or unset. */
type Settings = Record<'PARLOR_LLM_BASE_URL' | 'PARLOR_LLM_API_KEY' | 'PARLOR_LLM_MODEL', string | undefined>

/** Names an agent's brain may have that are no model of an endpoint. */
const reserved: ReadonlySet<string> = new Set(['extractive', 'default'])

/** Null where none is set. @throws ConfigError with one sentence that holds no secret. */
export function parseModelEndpoint(env: Settings): ModelEndpoint | null {
  const { PARLOR_LLM_BASE_URL: address, PARLOR_LLM_API_KEY: apiKey = null, PARLOR_LLM_MODEL: model } = env
  if (address === undefined) {
    if (apiKey === null && model === undefined) return null
    throw new ConfigError(
      'PARLOR_LLM_BASE_URL is not set: write the address of the model’s endpoint, such as http://127.0.0.1:11434/v1.',
    )
  }
  const baseUrl = parseBaseUrl(address)
  if (model === undefined || reserved.has(model)) {
    throw new ConfigError('PARLOR_LLM_MODEL is not set: write the name of a model that PARLOR_LLM_BASE_URL serves.')
  }
  if (apiKey !== null && !/^[\x21-\x7e]+$/.test(apiKey)) {
    throw new ConfigError('PARLOR_LLM_API_KEY holds a space or a sign that no key has: write the key alone.')
  }
  return { baseUrl, apiKey, model }
}

/** The value is not repeated in the error: people put keys into addresses. */
function parseBaseUrl(text: string): string {
  const url = URL.parse(text)
  const isPlain = url !== null && /^https?:$/.test(url.protocol) && !url.search && !url.hash
  if (isPlain && !url.username && !url.password) return url.href.replace(/\/+$/, '')
  throw new ConfigError(
    'PARLOR_LLM_BASE_URL is no plain http or https address: write one such as https://api.openai.com/v1, and the key into PARLOR_LLM_API_KEY.',
  )
}
