import { Parlor } from '@parlor/sdk'
import { UsageError } from './usage-error.ts'

export interface Connection {
  url: string | undefined
  apiKey: string | undefined
  operatorSession: string | undefined
}

/** The only place in the command that reads the environment. An empty value counts as unset. */
export function readConnection(): Connection {
  const read = (name: string) => process.env[name]?.trim() || undefined
  return {
    url: read('PARLOR_URL'),
    apiKey: read('PARLOR_API_KEY'),
    operatorSession: read('PARLOR_OPERATOR_SESSION'),
  }
}

/** A client for the server that `PARLOR_URL` names. @throws UsageError with a sentence when a setting is missing or no address. */
export function connect(): Parlor {
  const { url, apiKey } = readConnection()
  if (url === undefined)
    throw new UsageError('PARLOR_URL is not set: write the address of the server, such as http://127.0.0.1:3001.')
  if (apiKey === undefined)
    throw new UsageError('PARLOR_API_KEY is not set: write a secret key with the scope "write".')
  return new Parlor({ baseUrl: checkAddress(url), apiKey: checkKey(apiKey) })
}

/** @throws UsageError unless it is an http or https address. */
export function checkAddress(url: string): string {
  const parsed = URL.parse(url)
  if (parsed !== null && /^https?:$/.test(parsed.protocol)) return url
  throw new UsageError(`PARLOR_URL is no address: write one such as http://127.0.0.1:3001, not ${JSON.stringify(url)}.`)
}

/** A header takes no other characters, and the words of the one that refuses them would help nobody. @throws UsageError. */
export function checkKey(apiKey: string): string {
  if (/^[\x21-\x7e]+$/.test(apiKey)) return apiKey
  throw new UsageError('PARLOR_API_KEY is no key: it has spaces or other characters that no key has.')
}

/** The environment for a server that this command starts: ours, with the changes a private server needs. */
export function serverEnvironment(changes: Record<string, string>): NodeJS.ProcessEnv {
  return { ...process.env, ...changes }
}
