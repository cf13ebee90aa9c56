import type { Page } from 'playwright-core'

/** What the network saw, also of answers a page may not read. */
export interface Network {
  /**
   * Resolves to the status and the headers of the next answer to a call of this page to `path`, preflights left out.
   * @throws Error when none comes in 15 s.
   */
  next(path: string): Promise<{ status: number; headers: Record<string, string>; sent: Record<string, string> }>
}

type Headers = Record<string, string>
interface Exchange {
  url?: string
  method?: string
  sent?: Headers
  status?: number
  headers?: Headers
}

const longestWaitMs = 15_000

/** Begins to watch a page; call it before the page calls anything. */
export async function watchNetwork(page: Page): Promise<Network> {
  const exchanges = new Map<string, Exchange>()
  const waiting = new Set<(exchange: Exchange) => boolean>()
  const note = (id: string, facts: Exchange) => {
    const exchange = { ...exchanges.get(id), ...facts }
    exchanges.set(id, exchange)
    const { url, method, sent, status } = exchange
    if (url === undefined || sent === undefined || status === undefined || method === 'OPTIONS') return
    exchanges.delete(id)
    for (const take of waiting) if (take(exchange)) waiting.delete(take)
  }
  const tools = await page.context().newCDPSession(page)
  tools.on('Network.requestWillBeSent', ({ requestId, request: { url, method } }) => note(requestId, { url, method }))
  tools.on('Network.requestWillBeSentExtraInfo', ({ requestId, headers }) => note(requestId, { sent: lower(headers) }))
  tools.on('Network.responseReceivedExtraInfo', ({ requestId, statusCode, headers }) =>
    note(requestId, { status: statusCode, headers: lower(headers) }),
  )
  await tools.send('Network.enable')
  return {
    next: (path) =>
      new Promise((resolve, reject) => {
        const late = setTimeout(() => reject(new Error(`No answer to ${path} was seen.`)), longestWaitMs)
        waiting.add(({ url = '', status = 0, headers = {}, sent = {} }) => {
          if (new URL(url).pathname !== path) return false
          clearTimeout(late)
          resolve({ status, headers, sent })
          return true
        })
      }),
  }
}

function lower(headers: Headers): Headers {
  return Object.fromEntries(Object.entries(headers).map(([name, value]) => [name.toLowerCase(), value]))
}
