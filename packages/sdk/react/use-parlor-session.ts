import type { TranscriptEntry } from '@parlor/live-client'
import { useMemo, useState, useSyncExternalStore } from 'react'
import { useParlorContext } from './parlor-provider.ts'
import { readAccess, type SessionAccess } from './session-access.ts'
import { createTalk, firstView, type Talk, type TalkOptions, type TalkView } from './talk.ts'

/** A session as a component sees it. The functions stay the same for as long as the session does. */
export interface ParlorSession extends TalkView, Pick<Talk, 'send' | 'interrupt' | 'typing' | 'leave' | 'connect'> {
  /** What was said, oldest first. */
  entries: readonly TranscriptEntry[]
}

/**
 * Joins a session while the component is there, and leaves its socket when it is gone. Components below one `ParlorProvider` with the
 * same token share one connection, and one that comes back is the same visitor. On a server nothing is joined.
 *
 * `access` is the session's token and address; null while there is none yet; left out, the session comes from `fetchSession` of the
 * provider. `options` count when a connection is made.
 * @throws TypeError where the token is none (an API key is none), and where there is neither `access` nor `fetchSession`.
 * @example
 * const { phase, entries, send } = useParlorSession({ token, url: 'wss://parlor.example/v1/rt' })
 */
export function useParlorSession(access?: SessionAccess | null, options?: TalkOptions): ParlorSession {
  const context = useParlorContext()
  const [own] = useState(() => new Map<string, Talk>())
  const talk = access === null ? noTalk : findTalk(context?.talks ?? own, access ?? context?.fetchSession, options)
  const view = useSyncExternalStore(talk.subscribe, talk.read, readOnServer)
  return useMemo(() => {
    const { send, interrupt, typing, leave, connect } = talk
    return { ...view, entries: view.state.transcript.entries, send, interrupt, typing, leave, connect }
  }, [view, talk])
}

function findTalk(
  talks: Map<string, Talk>,
  source: Parameters<typeof createTalk>[0] | undefined,
  options: TalkOptions | undefined,
): Talk {
  if (!source) throw new TypeError('There is no session: give { token, url }, or fetchSession to <ParlorProvider>.')
  const given = typeof source === 'function' ? source : readAccess(source)
  const key = typeof given === 'function' ? '' : JSON.stringify([given.url, given.token, given.session])
  const known = talks.get(key)
  if (known) return known
  const talk = createTalk(given, options)
  talks.set(key, talk)
  return talk
}

const readOnServer = () => firstView

const noTalk: Talk = {
  read: readOnServer,
  subscribe: () => () => {},
  send: () => null,
  interrupt() {},
  typing() {},
  leave() {},
  connect() {},
}
