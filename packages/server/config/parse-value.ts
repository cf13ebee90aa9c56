import { isIP } from 'node:net'

/** A setting that cannot be used. The message is one sentence that names the variable and says what to write. */
export class ConfigError extends Error {}

const wildcards = new Set(['0.0.0.0', '::', '[::]', '*'])
const levels = ['fatal', 'error', 'warn', 'info', 'debug', 'trace', 'silent']

export function parsePort(name: string, text: string | undefined, fallback: number): number {
  if (text === undefined) return fallback
  const port = Number(text)
  if (/^\d{1,5}$/.test(text) && port <= 65535) return port
  throw new ConfigError(`${name} is "${text}": write a port number from 0 to 65535.`)
}

export function parseWhole(name: string, text: string | undefined, fallback: number): number {
  if (text === undefined) return fallback
  if (/^\d{1,9}$/.test(text) && Number(text) > 0) return Number(text)
  throw new ConfigError(`${name} is "${text}": write a whole number above 0.`)
}

export function parseFlag(name: string, text: string | undefined, fallback: boolean): boolean {
  if (text === undefined) return fallback
  if (/^(1|true|on|yes)$/i.test(text)) return true
  if (/^(0|false|off|no)$/i.test(text)) return false
  throw new ConfigError(`${name} is "${text}": write on or off.`)
}

/** `100/60s`: so many requests in so many seconds. */
export function parseRate(name: string, text: string | undefined, fallback: { limit: number; windowSeconds: number }) {
  if (text === undefined) return fallback
  const match = /^(\d{1,9})\/(\d{1,6})s$/.exec(text)
  const [limit, windowSeconds] = [Number(match?.[1]), Number(match?.[2])]
  if (limit > 0 && windowSeconds > 0) return { limit, windowSeconds }
  throw new ConfigError(`${name} is "${text}": write a count and a window in seconds, such as 100/60s.`)
}

export function parseLevel(name: string, text: string | undefined): string {
  if (text === undefined || levels.includes(text)) return text ?? 'info'
  throw new ConfigError(`${name} is "${text}": write one of ${levels.join(', ')}.`)
}

/** `host:port` with commas between them, each as a URL would write it. */
export function parsePlaces(name: string, text: string | undefined): ReadonlySet<string> {
  const entries = (text ?? '').split(',').flatMap((entry) => entry.trim() || [])
  return new Set(entries.map((entry) => parsePlace(name, entry)))
}

function parsePlace(name: string, entry: string): string {
  const port = /:(\d{1,5})$/.exec(entry)?.[1]
  const url = URL.parse(`http://${entry}`)
  const isPlain = url !== null && url.pathname === '/' && !url.search && !url.hash && !url.username && !url.password
  if (port !== undefined && isPlain && !entry.endsWith('/')) return `${url.hostname}:${Number(port)}`
  throw new ConfigError(
    `${name} holds "${entry}": write hosts with their ports, such as wiki.internal:8080,10.0.0.5:80.`,
  )
}

/** Required when listening on every address, because then nothing says which name visitors use. */
export function parsePublicUrl(text: string | undefined, host: string, port: number): URL {
  if (text === undefined) {
    if (wildcards.has(host)) {
      throw new ConfigError(
        `PARLOR_PUBLIC_URL is not set: with HOST=${host} write the address visitors use, such as https://parlor.example.`,
      )
    }
    return new URL(`http://${isIP(host) === 6 ? `[${host}]` : host}:${port}`)
  }
  const url = URL.parse(text)
  const plain = url !== null && /^https?:$/.test(url.protocol) && url.pathname === '/' && !url.search && !url.hash
  if (plain && !url.username && !url.password) return url
  throw new ConfigError(
    `PARLOR_PUBLIC_URL is "${text}": write an http or https address without a path, such as https://parlor.example.`,
  )
}
