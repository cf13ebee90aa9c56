import type { Environment } from './config.ts'

/** The only place in the server that reads the environment. An empty value counts as unset, as compose files produce them. */
export function readEnvironment(source: NodeJS.ProcessEnv = process.env): Environment {
  const read = (name: string) => source[name]?.trim() || undefined
  return {
    PORT: read('PORT'),
    HOST: read('HOST'),
    PARLOR_PUBLIC_URL: read('PARLOR_PUBLIC_URL'),
    PARLOR_DATA_DIR: read('PARLOR_DATA_DIR'),
    PARLOR_SECRET: read('PARLOR_SECRET'),
    DATABASE_URL: read('DATABASE_URL'),
    PARLOR_BOOTSTRAP_KEY: read('PARLOR_BOOTSTRAP_KEY'),
    PARLOR_BOOTSTRAP_CLIENT_KEY: read('PARLOR_BOOTSTRAP_CLIENT_KEY'),
    PARLOR_DEMO: read('PARLOR_DEMO'),
    PARLOR_DEMO_PORT: read('PARLOR_DEMO_PORT'),
    PARLOR_RATE_LIMIT: read('PARLOR_RATE_LIMIT'),
    PARLOR_LIMIT_MESSAGES: read('PARLOR_LIMIT_MESSAGES'),
    PARLOR_LIMIT_TOKENS: read('PARLOR_LIMIT_TOKENS'),
    PARLOR_LLM_BASE_URL: read('PARLOR_LLM_BASE_URL'),
    PARLOR_LLM_API_KEY: read('PARLOR_LLM_API_KEY'),
    PARLOR_LLM_MODEL: read('PARLOR_LLM_MODEL'),
    PARLOR_TTS_BASE_URL: read('PARLOR_TTS_BASE_URL'),
    PARLOR_TTS_API_KEY: read('PARLOR_TTS_API_KEY'),
    PARLOR_TTS_MODEL: read('PARLOR_TTS_MODEL'),
    PARLOR_TTS_VOICE: read('PARLOR_TTS_VOICE'),
    PARLOR_STT_BASE_URL: read('PARLOR_STT_BASE_URL'),
    PARLOR_STT_API_KEY: read('PARLOR_STT_API_KEY'),
    PARLOR_STT_MODEL: read('PARLOR_STT_MODEL'),
    LIVEKIT_URL: read('LIVEKIT_URL'),
    LIVEKIT_API_KEY: read('LIVEKIT_API_KEY'),
    LIVEKIT_API_SECRET: read('LIVEKIT_API_SECRET'),
    PARLOR_MAX_ROOMS: read('PARLOR_MAX_ROOMS'),
    PARLOR_ALLOW_PRIVATE_HOSTS: read('PARLOR_ALLOW_PRIVATE_HOSTS'),
    PARLOR_TRUST_PROXY: read('PARLOR_TRUST_PROXY'),
    PARLOR_METRICS_TOKEN: read('PARLOR_METRICS_TOKEN'),
    PARLOR_LOG_LEVEL: read('PARLOR_LOG_LEVEL'),
  }
}
