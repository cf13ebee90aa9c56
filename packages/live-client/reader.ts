import { liveLimits, type Ready, type ServerEvent } from '@parlor/protocol'
import type { Line } from './line.ts'
import type { Outbox } from './outbox.ts'
import type { LivePlatform } from './platform.ts'
import { afterReady, keptNotices } from './state.ts'
import type { Store } from './store.ts'
import type { TranscriptEvent } from './transcript.ts'

/** Makes the function that takes in what the server says, one event after the other. */
export function createReader(store: Store, line: Line, outbox: Outbox, platform: LivePlatform) {
  let unacknowledged = 0

  function takeReady(ready: Ready): void {
    const now = platform.now()
    unacknowledged = 0
    outbox.forget()
    store.update(afterReady(store.state, ready, now))
    line.move({ type: 'ready', now })
    outbox.flush()
  }

  function takeTold(event: Told): void {
    const isDurable = 'seq' in event && event.type !== 'snapshot'
    if (isDurable && event.seq <= store.state.transcript.lastSeq) return
    if (event.type === 'notice') store.update({ notices: [...store.state.notices, event].slice(-keptNotices) })
    store.transcribe(event)
    if (isDurable) acknowledge()
    if (event.type === 'user.message') outbox.settle(event.id)
  }

  /** Lets the server trim its replay buffer. */
  function acknowledge(): void {
    unacknowledged += 1
    if (unacknowledged < liveLimits.ackEvery) return
    unacknowledged = 0
    line.say({ type: 'ack', seq: store.state.transcript.lastSeq })
  }

  return (event: ServerEvent): void => {
    if (event.type === 'ready') takeReady(event)
    else if (event.type === 'state') store.update({ agentState: event.agent })
    else if (event.type === 'ended') line.move({ type: 'ended', reason: event.reason, code: event.code })
    else if (event.type === 'error') outbox.refuse(event) || store.update({ error: event })
    else if (isTold(event)) takeTold(event)
  }
}

type Told = Exclude<TranscriptEvent, { type: `local.${string}` }>
const told: ReadonlySet<string> = new Set<Told['type']>([
  'snapshot',
  'user.message',
  'message.start',
  'message.delta',
  'message.end',
  'message.truncated',
  'notice',
])

function isTold(event: ServerEvent): event is Told {
  return told.has(event.type)
}
