import { parseEmbeddings } from './embeddings-endpoint.ts'
import { type MediaServer, parseMediaServer } from './media-server.ts'
import { type ModelEndpoint, parseModelEndpoint } from './model-endpoint.ts'
import type { NamedEndpoint } from './named-endpoint.ts'
import {
  ConfigError,
  parseFlag,
  parseLevel,
  parsePlaces,
  parsePort,
  parsePublicUrl,
  parseRate,
  parseWhole,
} from './parse-value.ts'
import { parseSpeech, type SpeechEndpoints } from './speech-endpoints.ts'

/** The settings as they come: text, or unset. `docs/settings.md` says what each means. */
export type Environment = Record<
  | 'PORT'
  | 'HOST'
  | 'PARLOR_PUBLIC_URL'
  | 'PARLOR_DATA_DIR'
  | 'PARLOR_SECRET'
  | 'DATABASE_URL'
  | 'PARLOR_BOOTSTRAP_KEY'
  | 'PARLOR_BOOTSTRAP_CLIENT_KEY'
  | 'PARLOR_DEMO'
  | 'PARLOR_DEMO_PORT'
  | 'PARLOR_RATE_LIMIT'
  | 'PARLOR_LIMIT_MESSAGES'
  | 'PARLOR_LIMIT_TOKENS'
  | 'PARLOR_LLM_BASE_URL'
  | 'PARLOR_LLM_API_KEY'
  | 'PARLOR_LLM_MODEL'
  | 'PARLOR_TTS_BASE_URL'
  | 'PARLOR_TTS_API_KEY'
  | 'PARLOR_TTS_MODEL'
  | 'PARLOR_TTS_VOICE'
  | 'PARLOR_STT_BASE_URL'
  | 'PARLOR_STT_API_KEY'
  | 'PARLOR_STT_MODEL'
  | 'PARLOR_STT_LANGUAGE'
  | 'PARLOR_EMBEDDINGS_BASE_URL'
  | 'PARLOR_EMBEDDINGS_API_KEY'
  | 'PARLOR_EMBEDDINGS_MODEL'
  | 'LIVEKIT_URL'
  | 'LIVEKIT_API_KEY'
  | 'LIVEKIT_API_SECRET'
  | 'PARLOR_MAX_ROOMS'
  | 'PARLOR_ALLOW_PRIVATE_HOSTS'
  | 'PARLOR_TRUST_PROXY'
  | 'PARLOR_METRICS_TOKEN'
  | 'PARLOR_LOG_LEVEL',
  string | undefined
>

/** The settings as the server uses them, in groups. */
export interface Config {
  listen: { host: string; port: number; trustProxy: string | null }
  /** Where visitors and backends reach Parlor, without a trailing slash; never taken from a request. */
  publicUrl: URL
  /** `databaseUrl` null: a file in `dataDir`. */
  store: { dataDir: string; secret: string | null; databaseUrl: string | null }
  bootstrapKey: string | null
  bootstrapClientKey: string | null
  demo: { port: number } | null
  limits: { rate: { limit: number; windowSeconds: number }; messagesPerSession: number; tokensPerSession: number }
  /** The endpoint that answers for agents with a model; null: the documents answer alone. */
  llm: ModelEndpoint | null
  /** What speaks and listens in rooms, beside what is installed on this machine. */
  speech: SpeechEndpoints
  /** The sentence model that helps to find passages; null: words and the table of words decide. */
  embeddings: NamedEndpoint | null
  /** `server` null: avatar sessions only on media servers that customers bring. `mostAtOnce`: avatars in rooms on this node. */
  rooms: { server: MediaServer | null; mostAtOnce: number }
  /** `host:port` inside the network that documents may be read from all the same. */
  allowedPrivateHosts: ReadonlySet<string>
  metricsToken: string | null
  logLevel: string
}

const shortestSecret = 32
const defaultMessagesPerSession = 500
/** Some sixty answers from six passages each. */
const defaultTokensPerSession = 200_000
const defaultMostRooms = 20

/** @throws ConfigError with one sentence naming the variable that is wrong. */
export function parseConfig(env: Environment): Config {
  const port = parsePort('PORT', env.PORT, 3001)
  const host = env.HOST ?? '127.0.0.1'
  return {
    listen: { host, port, trustProxy: env.PARLOR_TRUST_PROXY ?? null },
    publicUrl: parsePublicUrl(env.PARLOR_PUBLIC_URL, host, port),
    store: parseStore(env),
    ...parseBootstrapKeys(env),
    demo: parseFlag('PARLOR_DEMO', env.PARLOR_DEMO, false)
      ? { port: parsePort('PARLOR_DEMO_PORT', env.PARLOR_DEMO_PORT, port + 1) }
      : null,
    limits: {
      rate: parseRate('PARLOR_RATE_LIMIT', env.PARLOR_RATE_LIMIT, { limit: 100, windowSeconds: 60 }),
      messagesPerSession: parseWhole('PARLOR_LIMIT_MESSAGES', env.PARLOR_LIMIT_MESSAGES, defaultMessagesPerSession),
      tokensPerSession: parseWhole('PARLOR_LIMIT_TOKENS', env.PARLOR_LIMIT_TOKENS, defaultTokensPerSession),
    },
    llm: parseModelEndpoint(env),
    speech: parseSpeech(env),
    embeddings: parseEmbeddings(env),
    rooms: {
      server: parseMediaServer(env),
      mostAtOnce: parseWhole('PARLOR_MAX_ROOMS', env.PARLOR_MAX_ROOMS, defaultMostRooms),
    },
    allowedPrivateHosts: parsePlaces('PARLOR_ALLOW_PRIVATE_HOSTS', env.PARLOR_ALLOW_PRIVATE_HOSTS),
    metricsToken: env.PARLOR_METRICS_TOKEN ?? null,
    logLevel: parseLevel('PARLOR_LOG_LEVEL', env.PARLOR_LOG_LEVEL),
  }
}

/** One is for backends alone, the other stands in pages: one text for both would publish the first. */
function parseBootstrapKeys(env: Environment): Pick<Config, 'bootstrapKey' | 'bootstrapClientKey'> {
  const bootstrapKey = longEnough('PARLOR_BOOTSTRAP_KEY', env.PARLOR_BOOTSTRAP_KEY)
  const bootstrapClientKey = longEnough('PARLOR_BOOTSTRAP_CLIENT_KEY', env.PARLOR_BOOTSTRAP_CLIENT_KEY)
  if (bootstrapKey !== null && bootstrapKey === bootstrapClientKey) {
    throw new ConfigError(
      'PARLOR_BOOTSTRAP_CLIENT_KEY is the same as PARLOR_BOOTSTRAP_KEY: a client key is published, so it must be another one.',
    )
  }
  return { bootstrapKey, bootstrapClientKey }
}

function parseStore(env: Environment): Config['store'] {
  const secret = longEnough('PARLOR_SECRET', env.PARLOR_SECRET)
  const databaseUrl = env.DATABASE_URL ?? null
  if (databaseUrl !== null && !/^postgres(ql)?:\/\//.test(databaseUrl)) {
    throw new ConfigError(
      'DATABASE_URL must begin with postgres://, such as postgres://user:password@db.internal/parlor.',
    )
  }
  if (databaseUrl !== null && secret === null) {
    throw new ConfigError(
      'PARLOR_SECRET is required with DATABASE_URL: every node needs the same one, of at least 32 random characters.',
    )
  }
  return { dataDir: env.PARLOR_DATA_DIR ?? './data', secret, databaseUrl }
}

function longEnough(name: string, text: string | undefined): string | null {
  if (text === undefined) return null
  if (text.length < shortestSecret) {
    throw new ConfigError(`${name} is too short: use at least ${shortestSecret} random characters.`)
  }
  return text
}
