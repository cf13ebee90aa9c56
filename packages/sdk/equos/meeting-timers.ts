/** As much of a livekit-client `Room` as is looked at. */
export interface MeetingRoom {
  readonly remoteParticipants: ReadonlyMap<string, { readonly identity: string }>
  on(event: 'participantConnected' | 'participantDisconnected', listener: OnParticipant): unknown
  on(event: 'disconnected', listener: () => void): unknown
  off(event: 'participantConnected' | 'participantDisconnected', listener: OnParticipant): unknown
  off(event: 'disconnected', listener: () => void): unknown
  disconnect(): unknown
}

type OnParticipant = (participant: { readonly identity: string }) => void

/** Why a meeting was left: its time was up, its avatar never came or went, the room closed, or somebody hung up. */
export type MeetingEnd = 'time_up' | 'avatar_missing' | 'avatar_left' | 'disconnected' | 'hung_up'

export interface MeetingTimersOptions {
  session: {
    id: string
    /** Seconds; without it nothing is counted down. */
    maxDuration?: number | undefined
    startedAt: Date | string
    avatar: { identity: string }
  }
  /** A livekit-client `Room`, the caller's own. */
  room: MeetingRoom
  /** Ends the session at the server; tried three times. */
  stop(sessionId: string): Promise<unknown>
  /** Every second, in whole seconds; at once too. */
  onRemaining?(seconds: number): void
  /** Once. `error` is what the last try to stop threw. */
  onEnd?(why: MeetingEnd, error?: unknown): void
  /** Seconds to wait for the avatar; 20 unless said. */
  allowedJoinTimeInSeconds?: number
  /** Seconds to wait for an avatar that left; 3 unless said. */
  allowedRecoveryTimeInSeconds?: number
}

export interface MeetingTimers {
  /** Seconds until the session's time is up, never below 0; null where nothing is counted down. */
  remaining(): number | null
  /** Stops the session and leaves the room. Resolves when both are done. */
  hangUp(): Promise<void>
  /** Stops counting and listening; the session goes on. */
  close(): void
}

/**
 * What a meeting's page has to watch (Q23): it counts down from `maxDuration` since `startedAt`, and hangs up by itself when time is up,
 * when no avatar has joined in 20 seconds, and 3 seconds after the avatar left unless it is back by then.
 * @example
 * const timers = createMeetingTimers({ session, room, stop: (id) => getEquosBrowser().sessions.stop(id), onRemaining: showClock })
 */
export function createMeetingTimers(options: MeetingTimersOptions): MeetingTimers {
  const { session, room, onRemaining, onEnd, allowedJoinTimeInSeconds = 20, allowedRecoveryTimeInSeconds = 3 } = options
  const { maxDuration, avatar } = session
  const endsAt = maxDuration === undefined ? null : new Date(session.startedAt).getTime() + maxDuration * 1000
  const remaining = () => (endsAt === null ? null : Math.max(0, Math.ceil((endsAt - Date.now()) / 1000)))
  let waiting: ReturnType<typeof setTimeout> | undefined
  let ticking: ReturnType<typeof setInterval> | undefined
  let ending: Promise<void> | undefined

  const waitFor = (seconds: number, why: MeetingEnd) => {
    waiting = setTimeout(() => void end(why), seconds * 1000)
  }
  const arrived: OnParticipant = ({ identity }) => {
    if (identity === avatar.identity) clearTimeout(waiting)
  }
  const left: OnParticipant = ({ identity }) => {
    if (identity !== avatar.identity) return
    clearTimeout(waiting)
    waitFor(allowedRecoveryTimeInSeconds, 'avatar_left')
  }
  const disconnected = () => {
    close()
    ending ??= Promise.resolve().then(() => onEnd?.('disconnected'))
  }
  const close = () => {
    clearTimeout(waiting)
    clearInterval(ticking)
    room.off('participantConnected', arrived)
    room.off('participantDisconnected', left)
    room.off('disconnected', disconnected)
  }
  const end = (why: MeetingEnd): Promise<void> => {
    close()
    ending ??= stopAndLeave(options).then((error) => onEnd?.(why, error))
    return ending
  }
  const tick = () => {
    const seconds = remaining()
    if (seconds === null) return
    onRemaining?.(seconds)
    if (seconds === 0) void end('time_up')
  }

  room.on('participantConnected', arrived)
  room.on('participantDisconnected', left)
  room.on('disconnected', disconnected)
  if (![...room.remoteParticipants.values()].some(({ identity }) => identity === avatar.identity))
    waitFor(allowedJoinTimeInSeconds, 'avatar_missing')
  ticking = setInterval(tick, 1000)
  tick()
  return { remaining, hangUp: () => end('hung_up'), close }
}

/** Leaves the room whether or not the server could be told. Resolves to what the last try threw. */
async function stopAndLeave({ session, stop, room }: MeetingTimersOptions): Promise<unknown> {
  let failure: unknown
  for (let tries = 0; tries < 3; tries++) {
    failure = await Promise.resolve()
      .then(() => stop(session.id))
      .then(
        () => undefined,
        (error: unknown) => error ?? new Error('The session was not stopped.'),
      )
    if (failure === undefined) break
  }
  await room.disconnect()
  return failure
}
