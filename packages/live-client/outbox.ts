import type { LiveError } from '@parlor/protocol'
import type { Line } from './line.ts'
import type { LivePlatform } from './platform.ts'
import type { Store } from './store.ts'
import { pendingMessages } from './transcript.ts'

/** Sends what the server has not stored: each message once per connection, for the server knows a message by its id. */
export interface Outbox {
  flush(): void
  /** A new connection knows nothing of what was on its way. */
  forget(): void
  /** The server has stored a message. */
  settle(id: string): void
  /** Takes an error about a message; false where it is about none of ours. */
  refuse(error: LiveError): boolean
}

/** Messages on their way at one time, so that a long outbox does not run into the server's rate limit. */
const maxInFlight = 8
const resendAfterMs = 2_000

export function createOutbox(store: Store, line: Line, platform: LivePlatform): Outbox {
  const inFlight = new Set<string>()
  let connection = 0

  function flush(): void {
    if (!line.isOpen()) return
    for (const { id, text } of pendingMessages(store.state.transcript)) {
      if (inFlight.size >= maxInFlight) return
      if (inFlight.has(id)) continue
      inFlight.add(id)
      line.say({ type: 'user.text', id, text })
    }
  }
  function settle(id: string): void {
    inFlight.delete(id)
    flush()
  }
  return {
    flush,
    settle,
    forget() {
      connection += 1
      inFlight.clear()
    },
    refuse({ ref, code, retryable }) {
      if (ref === undefined || !inFlight.has(ref)) return false
      if (retryable) {
        const mine = connection
        platform.setTimer(() => mine === connection && settle(ref), resendAfterMs)
        return true
      }
      store.transcribe({ type: 'local.rejected', id: ref, code })
      settle(ref)
      return true
    },
  }
}
