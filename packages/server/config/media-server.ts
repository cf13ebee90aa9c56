import { ConfigError } from './parse-value.ts'

/** The LiveKit server of this installation. */
export interface MediaServer {
  /** Where browsers join, without a trailing slash: ws or wss. */
  url: string
  apiKey: string
  apiSecret: string
}

/** The variables that configure it, as they are named to whoever asks for a room and there is none. */
const mediaServerVariables = ['LIVEKIT_URL', 'LIVEKIT_API_KEY', 'LIVEKIT_API_SECRET'] as const

type Settings = Record<(typeof mediaServerVariables)[number], string | undefined>

/** Null where none is set. @throws ConfigError with one sentence that holds no secret. */
export function parseMediaServer(env: Settings): MediaServer | null {
  const { LIVEKIT_URL: address, LIVEKIT_API_KEY: apiKey, LIVEKIT_API_SECRET: apiSecret } = env
  if (address === undefined && apiKey === undefined && apiSecret === undefined) return null
  const url = address === undefined ? undefined : parseAddress(address)
  if (url === undefined || apiKey === undefined || apiSecret === undefined) {
    const missing = mediaServerVariables.find((name) => env[name] === undefined)
    throw new ConfigError(`${missing} is not set: a media server needs ${mediaServerVariables.join(', ')} together.`)
  }
  return { url, apiKey, apiSecret }
}

/** The value is not repeated in the error: people put keys into addresses. */
function parseAddress(text: string): string {
  const url = URL.parse(text)
  const isPlain = url !== null && /^(wss?|https?):$/.test(url.protocol) && !url.search && !url.hash
  if (!isPlain || url.username || url.password) {
    throw new ConfigError('LIVEKIT_URL is no plain media address: write one such as wss://media.parlor.example.')
  }
  return url.href.replace(/^http/, 'ws').replace(/\/+$/, '')
}
