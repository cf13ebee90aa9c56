import { type LiveClient, type LiveState, remainingMs } from '@parlor/live-client'
import { useEffect, useState } from 'preact/hooks'

/** The state of a client, drawn anew at each change. */
export function useLive(client: LiveClient): LiveState {
  const [state, show] = useState(client.state)
  useEffect(() => {
    show(client.state)
    return client.subscribe(show)
  }, [client])
  return state
}

const shownFromSeconds = 60

/** Whole seconds to the end within the last minute, else null. */
export function useCountdown(state: LiveState): number | null {
  const [now, tick] = useState(Date.now())
  const isOver = state.connection.phase === 'closed'
  useEffect(() => {
    if (isOver) return
    const timer = setInterval(() => tick(Date.now()), 1000)
    return () => clearInterval(timer)
  }, [isOver])
  const leftMs = remainingMs(state, now)
  if (isOver || leftMs === null) return null
  const seconds = Math.ceil(leftMs / 1000)
  return seconds <= shownFromSeconds ? seconds : null
}
