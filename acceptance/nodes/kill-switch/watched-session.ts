/** Milliseconds of the machine's monotonic clock, which all processes of this machine share. */
export function monotonicMs(): number {
  return Number(process.hrtime.bigint()) / 1e6
}

/** What visitors saw of one session. */
export interface WatchedSession {
  id: string
  /** When the call that ended it had returned. */
  returnedAt: number | null
  accepted: number
  /** When the latest use that was accepted had been sent. */
  lastAcceptedSentAt: number
  /** When the server's latest frame was read here, but for `ended`, and how late this process was with its reading then. */
  lastFrameAt: number
  lastFrameLagMs: number
  /** Uses that were begun after the return, by how they were met. */
  met: Record<string, number>
  /** Pings and messages on lines that were still open after the return. */
  sentAfter: number
}

export function watchSession(id: string): WatchedSession {
  return {
    id,
    returnedAt: null,
    accepted: 0,
    lastAcceptedSentAt: 0,
    lastFrameAt: 0,
    lastFrameLagMs: 0,
    met: {},
    sentAfter: 0,
  }
}

/** The server did what somebody with the session's token asked of it. */
export function noteAccepted(session: WatchedSession, sentAt: number): void {
  session.accepted += 1
  session.lastAcceptedSentAt = Math.max(session.lastAcceptedSentAt, sentAt)
}

/** @param lagMs how late this process was lately. */
export function noteFrameAt(session: WatchedSession, at: number, lagMs: number): void {
  session.lastFrameAt = at
  session.lastFrameLagMs = lagMs
}

/** A use begun after the return came to its end. */
export function noteMet(session: WatchedSession, how: string): void {
  session.met[how] = (session.met[how] ?? 0) + 1
}

export interface Figures {
  endings: number
  /** Uses accepted of sessions that were ended later, and of all. */
  acceptedBefore: number
  accepted: number
  /** `hello` and calls with an ended token, by how they were met. */
  met: Record<string, number>
  /** Newcomers and calls that were refused in so many words. */
  refusedAfter: number
  /** Pings and messages sent after the return on lines that were still open, none of which was answered. */
  unansweredAfter: number
  /** The latest frame of an ended session, in milliseconds after the return; negative where all came before. */
  latestFrameMs: number
  /** How much of that this process may have been late with its reading. */
  latestFrameLagMs: number
  /** What breaks the promise, in sentences. */
  broken: string[]
}

/** How long a frame that was on its way at the return may take to come here, in milliseconds. */
const onItsWayMs = 500

export function judge(sessions: readonly WatchedSession[]): Figures {
  const ended = sessions.filter(({ returnedAt }) => returnedAt !== null)
  const met: Record<string, number> = {}
  for (const session of ended)
    for (const [how, count] of Object.entries(session.met)) met[how] = (met[how] ?? 0) + count
  const latest = [...ended].sort((a, b) => frameAfter(b) - frameAfter(a))[0]
  const refusals = ['hello 4411', 'call 401', 'call 403']
  return {
    endings: ended.length,
    acceptedBefore: sum(ended, ({ accepted }) => accepted),
    accepted: sum(sessions, ({ accepted }) => accepted),
    met,
    refusedAfter: refusals.reduce((count, how) => count + (met[how] ?? 0), 0),
    unansweredAfter: sum(ended, ({ sentAfter }) => sentAfter),
    latestFrameMs: latest === undefined ? 0 : frameAfter(latest),
    latestFrameLagMs: latest?.lastFrameLagMs ?? 0,
    broken: ended.flatMap(faultsOf),
  }
}

function frameAfter({ lastFrameAt, returnedAt }: WatchedSession): number {
  return lastFrameAt - (returnedAt ?? 0)
}

function faultsOf(session: WatchedSession): string[] {
  const { id, returnedAt, lastAcceptedSentAt, lastFrameLagMs } = session
  if (returnedAt === null) return []
  const [late, frame] = [lastAcceptedSentAt - returnedAt, frameAfter(session)]
  return [
    ...(late > 0 ? [`session ${id}: a use sent ${late.toFixed(1)} ms after the return was accepted`] : []),
    ...(frame > onItsWayMs + lastFrameLagMs
      ? [`session ${id}: a frame came ${frame.toFixed(1)} ms after the return`]
      : []),
  ]
}

function sum<T>(items: readonly T[], of: (item: T) => number): number {
  return items.reduce((total, item) => total + of(item), 0)
}
