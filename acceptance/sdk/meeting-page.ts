import { createMeetingTimers, initEquosBrowser, type MeetingTimers } from '@parlor/sdk/equos'
import { Room } from 'livekit-client'

/* Runs in a page: a customer's own page, with the published client of the media server and the face of the avatar wire. */

export interface Wish {
  endpoint: string
  clientKey: string
  avatarId: string
  agentId: string
  maxDuration: number
  /** Whom the page waits for, if not for the avatar. */
  awaits?: string
  /** Seconds. */
  patience?: number
}

export interface Noted {
  remaining: number[]
  ends: string[]
  isConnected: boolean
  /** Identities of those who are there. */
  others: string[]
}

const room = new Room()
const remaining: number[] = []
const ends: string[] = []
let timers: MeetingTimers

/** Starts a session, joins its room and watches it. Resolves to the session's id. */
export async function meet(wish: Wish): Promise<string> {
  const equos = initEquosBrowser(wish.clientKey, { endpoint: wish.endpoint, version: 'v3' })
  const { session, consumerAccessToken } = await equos.sessions.start({
    name: 'A visit',
    avatar: { id: wish.avatarId },
    agent: { id: wish.agentId },
    maxDuration: wish.maxDuration,
  })
  await room.connect(session.host.serverUrl, consumerAccessToken)
  timers = createMeetingTimers({
    session: wish.awaits === undefined ? session : { ...session, avatar: { identity: wish.awaits } },
    room,
    stop: (id) => equos.sessions.stop(id),
    onRemaining: (seconds) => remaining.push(seconds),
    onEnd: (why) => ends.push(why),
    ...(wish.patience !== undefined && { allowedJoinTimeInSeconds: wish.patience }),
  })
  return session.id
}

export async function hangUp(): Promise<void> {
  await timers.hangUp()
}

export async function noted(): Promise<Noted> {
  const others = [...room.remoteParticipants.keys()]
  return { remaining, ends, isConnected: room.state === 'connected', others }
}
