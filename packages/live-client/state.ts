import type { AgentCard, AvatarLook, Features, Kept, LiveError, Notice, Ready, State } from '@parlor/protocol'
import type { Connection } from './connection.ts'
import { emptyTranscript, type Transcript } from './transcript.ts'

/** Everything a screen needs to know. A new object for each change; parts that did not change keep their identity. */
export interface LiveState {
  connection: Connection
  agentState: State['agent']
  transcript: Transcript
  /** The last 20, oldest first. */
  notices: readonly Notice[]
  /** The last error that belongs to no message. */
  error: LiveError | null
  /** What the last `ready` said; null before the first. */
  session: SessionCard | null
  visitor: { id: string; resume_key: string } | null
  /** By the server's clock, milliseconds since 1970; null while unknown. */
  expiresAt: number | null
  /** The server's clock minus the local one, milliseconds. */
  clockSkewMs: number
}

export interface SessionCard {
  id: string
  features: Features
  agent: AgentCard
  avatar: { kind: Ready['avatar']['kind']; config: AvatarLook }
  brain: Ready['brain']['mode']
  voice: Ready['voice']['mode']
  ears: Ready['ears']['mode']
  audioOnly: boolean
}

export const keptNotices = 20

export function firstState(visitor: LiveState['visitor'], expiresAt: number | null): LiveState {
  return {
    connection: { phase: 'idle' },
    agentState: 'idle',
    transcript: emptyTranscript,
    notices: [],
    error: null,
    session: null,
    visitor,
    expiresAt,
    clockSkewMs: 0,
  }
}

/** The state after a `ready` that came when the local clock said `now`. */
export function afterReady(state: LiveState, ready: Ready, now: number): LiveState {
  const serverNow = Date.parse(ready.now)
  const expiresAt = Date.parse(ready.expires_at)
  return {
    ...state,
    session: {
      id: ready.session,
      features: ready.features,
      agent: ready.agent,
      avatar: ready.avatar,
      brain: ready.brain.mode,
      voice: ready.voice.mode,
      ears: ready.ears.mode,
      audioOnly: ready.audio_only,
    },
    visitor: ready.visitor,
    error: null,
    expiresAt: Number.isNaN(expiresAt) ? state.expiresAt : expiresAt,
    clockSkewMs: Number.isNaN(serverNow) ? 0 : serverNow - now,
  }
}

/** Milliseconds until the session expires when the local clock says `now`; never below 0; null while unknown. */
export function remainingMs(state: LiveState, now: number): number | null {
  if (state.expiresAt === null) return null
  return Math.max(0, state.expiresAt - (now + state.clockSkewMs))
}

/** What to keep over a reload; null before the first `ready`. */
export function keptOf(state: LiveState): Kept | null {
  return state.visitor && { visitor: state.visitor, last_seq: state.transcript.lastSeq }
}
