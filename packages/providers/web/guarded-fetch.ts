import { isIP, type LookupFunction } from 'node:net'
import type { Readable } from 'node:stream'
import { ParlorError, refuseField } from '@parlor/core/errors'
import { Agent, type Dispatcher, request } from 'undici'
import { type Address, checkAddress, type Resolve, resolveName } from './check-address.ts'
import { unzipBody } from './unzip-body.ts'

/** What an installation allows; the same for every request. */
export interface GuardSettings {
  /** `host:port` that may be inside the network. Default none. */
  allowedHosts?: ReadonlySet<string>
  /** Default the system's. */
  resolve?: Resolve
}

export interface GuardedOptions {
  method?: 'GET' | 'HEAD' | 'POST'
  headers?: Readonly<Record<string, string>>
  body?: string | Uint8Array
  signal?: AbortSignal
  /** For everything, to the last byte. Default 20,000; null for no limit but `signal`. */
  timeoutMs?: number | null
  /** Of the body, unzipped. Default no limit. */
  limitBytes?: number
  /** Default 5, and 0 for a POST. */
  maxRedirects?: number
  /** Called with every address before anything is asked of it, redirects included; it throws to stop. */
  beforeHop?(url: URL): Promise<void>
  /** The way to the value that holds the address: refusals name it. Default `['url']`. */
  field?: readonly string[]
}

export interface GuardedResponse {
  status: number
  /** Names in small letters; of repeated ones the first. */
  headers: Readonly<Record<string, string>>
  /** Unzipped. It must be read to its end or destroyed; it fails with a ParlorError when it is too long or too late. */
  body: Readable
  finalUrl: string
}

export type GuardedFetch = (url: string, options?: GuardedOptions) => Promise<GuardedResponse>

const redirects = new Set([301, 302, 303, 307, 308])
const connectTimeoutMs = 10_000

/**
 * Makes the one way out of this server: it resolves a name once, refuses what is not the open internet, connects to the very
 * address it checked, and does the same for each redirect (design 7). Proxies of the environment are not used.
 *
 * The function rejects with ParlorError `validation_failed` (`address_refused`, `unreachable`, `too_slow`,
 * `too_many_redirects`) or `payload_too_large`; any status of the other side is an answer.
 */
export function guardedFetch({ allowedHosts = new Set(), resolve = resolveName }: GuardSettings = {}): GuardedFetch {
  return async (start, options = {}) => {
    const { method = 'GET', timeoutMs = 20_000, field = ['url'], body } = options
    const { maxRedirects = method === 'POST' ? 0 : 5 } = options
    const timeout = timeoutMs === null ? [] : [AbortSignal.timeout(timeoutMs)]
    const signal = AbortSignal.any([...timeout, ...(options.signal ? [options.signal] : [])])
    const explain = (error: unknown) => explainFailure(error, options, field)
    let url = parse(start, field)
    let headers = { ...options.headers }
    for (let hop = 0; ; hop++) {
      const { addresses } = await untilAborted(checkAddress(url, { resolve, allowedHosts, field }), signal).catch(
        explain,
      )
      await options.beforeHop?.(url)
      const sent = { method, headers, signal, ...(body !== undefined && { body }) }
      const { answer, dispatcher } = await send(url, addresses, sent).catch(explain)
      const location = redirects.has(answer.statusCode) ? first(answer.headers.location) : undefined
      if (location === undefined || maxRedirects === 0) {
        const { limitBytes = Number.POSITIVE_INFINITY } = options
        const whole = unzipBody(answer, { limitBytes, explain, field })
        whole.once('close', () => void dispatcher.destroy())
        return { status: answer.statusCode, headers: plain(answer.headers), body: whole, finalUrl: url.href }
      }
      answer.body.on('error', () => {}).destroy()
      await dispatcher.destroy()
      if (hop >= maxRedirects) {
        throw refuseField([...field], 'too_many_redirects', `it was sent on more than ${maxRedirects} times.`)
      }
      const next = parse(location, field, url)
      // What was meant for one place is not handed to another.
      if (next.origin !== url.origin) headers = withoutSecrets(headers)
      url = next
    }
  }
}

function parse(text: string, field: readonly string[], base?: URL): URL {
  const url = URL.parse(text, base?.href)
  if (url === null) throw refuseField([...field], 'not_allowed', 'it is not a web address.')
  return url
}

type Sent = Omit<Dispatcher.RequestOptions, 'origin' | 'path'>

/** One dispatcher per hop, so that no connection is shared with anything that was checked at another time. */
async function send(url: URL, addresses: readonly Address[], sent: Sent) {
  const dispatcher = new Agent({
    connect: { lookup: pinnedTo(addresses), timeout: connectTimeoutMs, autoSelectFamily: true },
    connections: 1,
    pipelining: 0,
    headersTimeout: 0,
    bodyTimeout: 0,
    maxHeaderSize: 64 * 1024,
  })
  try {
    const headers = { 'accept-encoding': 'gzip, deflate, br', ...sent.headers }
    return { answer: await request(url, { ...sent, headers, dispatcher }), dispatcher }
  } catch (error) {
    await dispatcher.destroy()
    throw error
  }
}

/** Answers with the addresses that were checked, whatever the name means by now. */
function pinnedTo(addresses: readonly Address[]): LookupFunction {
  return (_host, { all }, done) => {
    const [one] = addresses
    if (all) done(null, [...addresses])
    else done(null, one?.address ?? '', one?.family ?? isIP(one?.address ?? ''))
  }
}

async function untilAborted<T>(work: Promise<T>, signal: AbortSignal): Promise<T> {
  signal.throwIfAborted()
  let stop = () => {}
  const aborted = new Promise<never>((_, reject) => {
    stop = () => reject(signal.reason)
    signal.addEventListener('abort', stop, { once: true })
  })
  return Promise.race([work, aborted]).finally(() => signal.removeEventListener('abort', stop))
}

function explainFailure(error: unknown, { signal }: GuardedOptions, field: readonly string[]): never {
  if (error instanceof ParlorError || (signal?.aborted && error === signal.reason)) throw error
  const isLate = error instanceof DOMException && error.name === 'TimeoutError'
  const refusal = isLate
    ? refuseField([...field], 'too_slow', 'the address did not answer in time. Try again later.')
    : refuseField([...field], 'unreachable', 'the address could not be reached, or broke off. Check it and try again.')
  refusal.cause = error
  throw refusal
}

function withoutSecrets(headers: Record<string, string>): Record<string, string> {
  const kept = ['accept', 'accept-language', 'user-agent']
  return Object.fromEntries(Object.entries(headers).filter(([name]) => kept.includes(name.toLowerCase())))
}

function plain(headers: Dispatcher.ResponseData['headers']): Record<string, string> {
  return Object.fromEntries(Object.entries(headers).map(([name, value]) => [name, first(value) ?? '']))
}

function first(value: string | string[] | undefined): string | undefined {
  return Array.isArray(value) ? value[0] : value
}
