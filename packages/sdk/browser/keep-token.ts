import { checkToken } from './refuse-keys.ts'

/** Where a page's tokens come from: your backend, asked whenever one is needed; or one token, as it is. */
export type TokenSource = string | (() => string | Promise<string>)

/** A question that is asked now must not find a token that is over before the answer is. */
const renewBelowMs = 30_000

/**
 * Keeps the token a page calls Parlor with, in memory alone. What it returns gives the token that is held, or a new one from
 * `source` when fewer than 30 seconds of it are left by the page's clock; calls at the same time ask for one. A token that was given as it
 * is, it leaves alone, and one that does not say when it ends never ends. What `source` throws is passed on, and the next call asks
 * again.
 * @throws TypeError, from the call, for an API key in place of a token.
 * @example
 * const takeToken = keepToken(async () => {
 *   const made = await fetch('/chat/session', { method: 'POST' })
 *   return (await made.json()).client_token
 * })
 * const events = streamChat({ url, token: await takeToken(), messages })
 */
export function keepToken(source: TokenSource): () => Promise<string> {
  if (typeof source === 'string') return async () => checked(source)
  let held = ''
  let asking: Promise<string> | null = null
  const ask = async () => {
    held = checked(await source())
    return held
  }
  return async () => {
    if (held !== '' && endOf(held) - Date.now() >= renewBelowMs) return held
    asking ??= ask().finally(() => {
      asking = null
    })
    return asking
  }
}

function checked(token: string): string {
  checkToken(token)
  return token
}

/** Milliseconds since 1970 by the token's own word, which only Parlor can check. */
function endOf(token: string): number {
  try {
    const claims = token.split('.')[1] ?? ''
    const { exp } = JSON.parse(atob(claims.replaceAll('-', '+').replaceAll('_', '/'))) as { exp?: unknown }
    return typeof exp === 'number' ? exp * 1000 : Number.POSITIVE_INFINITY
  } catch {
    return Number.POSITIVE_INFINITY
  }
}
