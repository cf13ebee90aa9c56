import { ModelFault } from './model-fault.ts'

export type Fetch = typeof globalThis.fetch

const longestRetryAfterMs = 5_000
const pauseMs = 500
/** Far more than an answer with its wrapping; a reasoning model may send ten times what it says. */
const mostBytes = 8 * 1024 * 1024
const mayPass: ReadonlySet<number> = new Set([429, 503])

/**
 * A fetch for one endpoint: follows no redirect, tries once more when the endpoint is busy (429, 503) or out of reach and
 * asks for no more than five seconds, and breaks off answers without end. @throws ModelFault, or the signal's reason.
 */
export function carefulFetch(fetch: Fetch = globalThis.fetch): Fetch {
  return async (input, init) => {
    const attempt = () => fetch(input, { ...init, redirect: 'manual' })
    const first = await settle(attempt(), init?.signal)
    const waitMs = first === null ? pauseMs : readPause(first)
    if (waitMs === null) return check(first)
    await first?.body?.cancel()
    await pause(waitMs, init?.signal)
    return check(await settle(attempt(), init?.signal))
  }
}

/** The response, or null where none came. */
async function settle(attempt: Promise<Response>, signal: AbortSignal | null | undefined): Promise<Response | null> {
  try {
    return await attempt
  } catch {
    signal?.throwIfAborted()
    return null
  }
}

/** How long to wait before the second attempt; null: there is no point in one. */
function readPause({ status, headers }: Response): number | null {
  if (!mayPass.has(status)) return null
  const wanted = headers.get('retry-after')
  if (wanted === null) return pauseMs
  const waitMs = /^\d{1,9}$/.test(wanted) ? Number(wanted) * 1000 : Date.parse(wanted) - Date.now()
  if (Number.isNaN(waitMs)) return pauseMs
  return waitMs > longestRetryAfterMs ? null : Math.max(0, waitMs)
}

function pause(ms: number, signal: AbortSignal | null | undefined): Promise<void> {
  return new Promise((resolve, reject) => {
    signal?.throwIfAborted()
    const stop = () => {
      clearTimeout(timer)
      reject(signal?.reason)
    }
    const timer = setTimeout(() => {
      signal?.removeEventListener('abort', stop)
      resolve()
    }, ms)
    signal?.addEventListener('abort', stop, { once: true })
  })
}

/** What an endpoint says with an error is not even read. */
async function check(response: Response | null): Promise<Response> {
  if (response === null) throw new ModelFault('unreachable')
  if (response.status !== 200) {
    await response.body?.cancel()
    throw new ModelFault('refused', response.status)
  }
  const body = response.body && bounded(response.body)
  return new Response(body, { status: 200, headers: response.headers })
}

/** By hand, for a TransformStream would cost several times as much for every piece that comes. */
function bounded(body: ReadableStream<Uint8Array>): ReadableStream<Uint8Array> {
  const reader = body.getReader()
  let bytes = 0
  const source: UnderlyingDefaultSource<Uint8Array> = {
    async pull(controller) {
      const { done, value } = await reader.read()
      if (done) return controller.close()
      bytes += value.byteLength
      if (bytes <= mostBytes) return controller.enqueue(value)
      controller.error(new ModelFault('endless'))
      await reader.cancel()
    },
    cancel: (reason) => reader.cancel(reason),
  }
  return new ReadableStream(source, { highWaterMark: 0 })
}
