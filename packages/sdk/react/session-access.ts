import { checkAddress } from '../browser/refuse-keys.ts'

/** What joins a session: its token, and where its live socket is. */
export interface SessionAccess {
  token: string
  /** Where Parlor is reached, such as `https://parlor.example`, or the `websocket_url` your backend was given. */
  url: string
  /** The session the token must belong to. */
  session?: string | undefined
}

/** The same as Parlor, and an adapter of `@parlor/sdk/server/…`, says it. */
export interface AnsweredSession {
  session_token: string
  websocket_url: string
  session_id?: string
}

/** Gets a session from the site's own backend. What it throws is shown as `failure`. */
export type FetchSession = () => Promise<SessionAccess | AnsweredSession>

/** @throws TypeError where that is no session, or where its token is an API key. */
export function readAccess(given: SessionAccess | AnsweredSession): SessionAccess {
  const access: SessionAccess =
    'session_token' in given
      ? { token: given.session_token, url: given.websocket_url, session: given.session_id }
      : given
  if (typeof access?.token !== 'string' || typeof access.url !== 'string')
    throw new TypeError('A session is { token, url }, or what Parlor answers to creating one.')
  // Every token is a JWT and no key is; the message shows neither.
  if (!/^[\w-]+\.[\w-]+\.[\w-]+$/.test(access.token))
    throw new TypeError('This is no session token. A page never holds an API key: let your backend make a session.')
  checkAddress(access.url, /^(http|ws)s?:\/\/./)
  return access
}
