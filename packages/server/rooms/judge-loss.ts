import { type RoomServer, roomNameOf } from '@parlor/core/room'
import type { RoomSession, RoomsPorts } from './rooms-ports.ts'

export type LossKind = 'removed' | 'replaced' | 'failed'

/** How the avatar lost its seat, or did not get one. */
export interface Loss {
  how: LossKind
  /** How many people were there then. */
  people: number
  /** How long it had the seat, in milliseconds; 0 for not at all. */
  seatedMs: number
  cause?: unknown
}

export type Verdict =
  | { type: 'rejoin' }
  /** Somebody else keeps the avatar there now, or shall look after it later. */
  | { type: 'drop' }
  | { type: 'end'; reason: 'stopped' | 'failed'; why: string }

/** What ends a session whose room is gone, as media servers drop one that is empty for a while. */
export function whyRoomless(hasMet: boolean): { reason: 'stopped' | 'failed'; why: string } {
  if (hasMet) return { reason: 'stopped', why: 'everybody left the room' }
  return { reason: 'failed', why: 'nobody came to the room in time' }
}

interface Judged extends Loss {
  /** It was tried often enough. */
  isLast: boolean
  /** Whether somebody met the avatar before. */
  hasMet: boolean
}

/** What is to be done about a loss. */
export async function judgeLoss(
  ports: Pick<RoomsPorts, 'server' | 'seats' | 'nodeId'>,
  { id, settings }: Pick<RoomSession, 'id' | 'settings'>,
  loss: Judged,
): Promise<Verdict> {
  const { host, avatarIdentity } = settings.room
  if (host !== null || ports.server === null) {
    return judgeElsewhere(loss, (await ports.seats.findSeats([id])).get(id) === ports.nodeId)
  }
  if (loss.how === 'replaced') return { type: 'drop' }
  try {
    return await judgeHere(ports.server, roomNameOf(id), avatarIdentity, loss)
  } catch {
    // The media server is silent. Whoever reaches it first looks after the session: the sweep here or on another node.
    return loss.isLast ? { type: 'drop' } : { type: 'rejoin' }
  }
}

async function judgeHere(
  server: RoomServer,
  room: string,
  identity: string,
  { how, people, isLast, hasMet }: Judged,
): Promise<Verdict> {
  const isThere = (await server.list()).some(({ name }) => name === room)
  if (!isThere && how === 'failed' && (people > 0 || !hasMet)) return failed('the media server lost the room')
  if (!isThere && people > 0) return { type: 'end', reason: 'stopped', why: 'the room was closed at the media server' }
  if (!isThere) return { type: 'end', ...whyRoomless(hasMet) }
  if (!isLast) return { type: 'rejoin' }
  if ((await server.listPeople(room)).includes(identity)) return { type: 'drop' }
  return failed('the avatar could not join the room')
}

/** On a customer's media server nothing can be asked but the door. */
function judgeElsewhere({ how, isLast }: Judged, hasSeat: boolean): Verdict {
  // Another node took it over, and goes on with it.
  if (how === 'replaced' && !hasSeat) return { type: 'drop' }
  if (how === 'replaced') return failed('somebody else joined the room under the identity of the avatar')
  if (how === 'removed') return { type: 'end', reason: 'stopped', why: 'the media server put the avatar out' }
  return isLast ? failed('the avatar could not join the media server named as host') : { type: 'rejoin' }
}

function failed(why: string): Verdict {
  return { type: 'end', reason: 'failed', why }
}
