import {
  createContext,
  createElement,
  type ReactElement,
  type ReactNode,
  useContext,
  useEffect,
  useMemo,
  useRef,
  useState,
} from 'react'
import type { ParlorCore } from '../functions/index.ts'
import type { FetchSession } from './session-access.ts'
import type { Talk } from './talk.ts'

interface ParlorContextValue {
  client: ParlorCore | undefined
  /** Calls the newest function the provider was given; undefined without one. */
  fetchSession: FetchSession | undefined
  /** Talks of the components below, so that two of them with one token have one connection. */
  talks: Map<string, Talk>
}

const ParlorContext = createContext<ParlorContextValue | null>(null)

export interface ParlorProviderProps {
  /**
   * What the hooks of a back office call with: a client without a key, whose `baseUrl` is a route of your own backend that knows who
   * is logged in and adds the key.
   */
  client?: ParlorCore | undefined
  /** Gets a session from your own backend, for `useParlorSession()`; an adapter of `@parlor/sdk/server/…` answers what fits. */
  fetchSession?: FetchSession | undefined
  children?: ReactNode
}

/**
 * Holds what the hooks below it need, and their live connections. Nothing happens before a hook asks.
 * @throws TypeError where `client` has a key: what React draws with is in every visitor's browser.
 * @example
 * <ParlorProvider fetchSession={() => fetch('/session', { method: 'POST' }).then((answer) => answer.json())}>
 *   <Chat />
 * </ParlorProvider>
 */
export function ParlorProvider({ client, fetchSession, children }: ParlorProviderProps): ReactElement {
  if (client) refuseKey(client)
  const newest = useRef(fetchSession)
  useEffect(() => {
    newest.current = fetchSession
  })
  const [talks] = useState(() => new Map<string, Talk>())
  const [fetchNewest] = useState<FetchSession>(() => async () => {
    if (!newest.current) throw new TypeError('ParlorProvider was given no fetchSession.')
    return newest.current()
  })
  const canFetch = fetchSession !== undefined
  const value = useMemo(
    () => ({ client, talks, fetchSession: canFetch ? fetchNewest : undefined }),
    [client, talks, canFetch, fetchNewest],
  )
  return createElement(ParlorContext.Provider, { value }, children)
}

/** What the provider above holds; null without one. */
export function useParlorContext(): ParlorContextValue | null {
  return useContext(ParlorContext)
}

/** The client of the provider above. @throws TypeError where there is none. */
export function useParlorClient(): ParlorCore {
  const client = useParlorContext()?.client
  if (!client) throw new TypeError('There is no client: put <ParlorProvider client={…}> above this component.')
  return client
}

const keyHeaders: ReadonlySet<string> = new Set(['x-api-key', 'gram-key', 'gram-session'])

function refuseKey({ options }: ParlorCore): void {
  const named = Object.keys(options.headers ?? {}).some((name) => keyHeaders.has(name.toLowerCase()))
  if (options.apiKey !== undefined || options.operatorSession !== undefined || named)
    throw new TypeError(
      'A client with a key does not go into a page. Give one whose baseUrl is your own backend, without a key.',
    )
}
