import { version } from '../functions/version.ts'
import { fromEnvironment } from './environment.ts'
import { translate } from './fields.ts'
import { credentialFields } from './models.ts'
import type { RequestOptions, SDKOptions } from './options.ts'
import { authorize, type ChatSessionsSecurity, type Credentials } from './security.ts'
import { ServerList } from './server-list.ts'

/** What one operation puts on the wire, beside its credentials. */
export interface WireCall {
  method: 'POST' | 'DELETE'
  path: string
  query?: object
  body?: object
}

/** A call as the caller made it. */
export interface Asking<Asked extends Credentials = Credentials> {
  request: Asked
  security: ChatSessionsSecurity | undefined
  options: RequestOptions | undefined
}

export interface Written {
  url: string
  init: RequestInit
}

/** Throws what the runtime does where it cannot be written, and ShapeError for credentials that are no text. */
export function writeRequest(
  client: SDKOptions,
  { method, path, query, body }: WireCall,
  { request, security, options = {} }: Asking,
): Written {
  const { fetchOptions, serverURL = client.serverURL, retries = client.retryConfig } = options
  const url = new URL(serverURL ?? usualServer(client.serverIdx))
  url.pathname = url.pathname.replace(/\/*$/, path)
  url.search = `${new URLSearchParams({ ...query })}`
  const headers = new Headers({
    accept: 'application/json',
    ...translate(authorize(security, request, client.security), credentialFields, 'out', '-'),
  })
  if (body) headers.set('content-type', 'application/json')
  // What is asked again must not be made twice; the server knows it by this. `randomUUID` is missing on pages without HTTPS.
  if (body && retries?.strategy === 'backoff') {
    headers.set('idempotency-key', `${crypto.getRandomValues(new Uint32Array(4))}`)
  }
  // A browser names itself, and would first ask the server whether a page may.
  if (!('document' in globalThis || 'WorkerGlobalScope' in globalThis)) {
    headers.set('user-agent', client.userAgent ?? `parlor-sdk/${version} (gram)`)
  }
  for (const more of [fetchOptions?.headers, options.headers]) {
    new Headers(more).forEach((value, name) => {
      headers.set(name, value)
    })
  }
  const signal = AbortSignal.any([fetchOptions?.signal, options.signal].filter((given) => !!given))
  const init = { ...fetchOptions, ...options, method, headers, body: body ? JSON.stringify(body) : null, signal }
  // Whatever `fetch` would not take shows here, and not as a connection that failed.
  new Request(url, init)
  return { url: url.href, init }
}

function usualServer(serverIdx: number | undefined): string {
  if (serverIdx !== undefined) return ServerList[serverIdx as 0] ?? ''
  return fromEnvironment('GRAM_API_URL') ?? fromEnvironment('PARLOR_BASE_URL') ?? ServerList[0]
}
