import type { RoomGuest } from '@parlor/core/session'
import type { Sound } from '../speech/index.ts'
import type { Frame, Manner } from './face.ts'

/** What is told to everybody in a room beside words and sound. */
export type RoomNotice =
  | { type: 'interrupted' }
  /** Something was said and is stored. */
  | { type: 'utterance'; author: 'user' | 'character'; content: string; at: number }
  | { type: 'expires_soon'; secondsRemaining: number }
  | { type: 'failed'; code: string; message: string }

/** Words as they are spoken: the same `segment` again replaces what it said before. */
export interface Caption {
  segment: string
  text: string
  isFinal: boolean
  /** Whose words: the avatar's own, or those of somebody it heard. */
  speaker: 'avatar' | { identity: string }
}

/** What became of an utterance that an agent of the customer's own lent: it is heard now, or it is over. */
export type LoanNews = { type: 'started' } | { type: 'finished'; playedMs: number; isInterrupted: boolean }

/**
 * The avatar's place in a media room, joined under its own identity. Everything sent is best effort, except that what was
 * spoken is heard in order. After `leave`, or once `lost` was told, every call is without effect.
 */
export interface RoomSeat {
  /** Whoever is there now, without the avatar. */
  people(): readonly RoomGuest[]
  /** Shows one picture; the newest wins. */
  show(frame: Frame): void
  /** Queues sound of one rate to be heard after what is queued; resolves as soon as less than a second waits. */
  play(sound: Sound): Promise<void>
  /** How much sound is queued and not heard yet, in milliseconds. */
  queuedMs(): number
  /** Forgets all queued sound. */
  hush(): void
  setManner(manner: Manner): void
  caption(caption: Caption): void
  /** A text message of the avatar to everybody. */
  say(text: string): void
  notify(notice: RoomNotice): void
  /** Tells the agent that lent an utterance what became of it; it waits for `finished` before it says more. */
  answerLoan(identity: string, news: LoanNews): void
  leave(): Promise<void>
}

/**
 * What the avatar meets in the room, from the moment the seat is there: whoever was in the room before is in `people()` and not
 * told as `joined`. LiveKit announces somebody who publishes nothing up to three seconds late, so words may come before `joined`.
 * None of these may throw.
 */
export interface RoomListener {
  joined(guest: RoomGuest): void
  left(identity: string): void
  /** Somebody wrote. */
  wrote(identity: string, text: string): void
  /** Somebody told the avatar something to know, not to answer. */
  remarked(identity: string, content: string): void
  /** Somebody asked the avatar to stop speaking. */
  interrupted(identity: string): void
  /** A stretch of somebody's microphone: 16,000 samples a second, about 20 ms. */
  heard(identity: string, sound: Sound): void
  /** Somebody's microphone was muted or taken away: no more comes of what they were saying. */
  fellSilent(identity: string): void
  /** An agent of the customer's own speaks through the avatar; null where its utterance is over. */
  lent(identity: string, sound: Sound | null): void
  /** The agent wants silence now; no more comes of the utterance it was lending, the null of its end neither. */
  lentInterrupted(identity: string): void
  /** The connection is over and does not come back by itself: put out, replaced, or the server is gone. */
  lost(reason: 'removed' | 'replaced' | 'failed'): void
}

export interface SeatWish {
  serverUrl: string
  token: string
  /** The avatar's identity, which names its tracks. */
  identity: string
  /** Samples a second of what will be played. */
  soundRate: number
  /** Width and height of what will be shown, in pixels. */
  pictureSize: number
}

/** Joins rooms. @throws ParlorError `unavailable` when the room cannot be joined in time. */
export interface RoomDoor {
  join(wish: SeatWish, listener: RoomListener, signal: AbortSignal): Promise<RoomSeat>
}
