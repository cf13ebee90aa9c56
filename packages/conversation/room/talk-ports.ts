import type { AgentStore } from '@parlor/core/agent'
import type { RoomTerms, Session } from '@parlor/core/session'
import type { Clock } from '@parlor/core/time'
import type { Brain } from '../brain/index.ts'
import type { KnowledgeStore } from '../knowledge/index.ts'
import type { Ears, Voice } from '../speech/index.ts'
import type { TranscriptStore } from '../transcript/index.ts'
import type { Timers } from '../turn/index.ts'
import type { FaceMaker } from './face.ts'
import type { RoomListener, RoomSeat } from './room-seat.ts'
import type { RoomStage } from './room-stage.ts'
import type { Speaker } from './who-speaks.ts'

/** One sitting of an avatar among people: what it hears goes in, what it does comes out at its seat. */
export interface RoomTalk extends Omit<RoomListener, 'joined' | 'lost'> {
  /** Samples a second of what will be played, and width and height of what will be shown. */
  readonly soundRate: number
  readonly pictureSize: number
  /** What is said and shown when the avatar has to go and nobody goes on for it. */
  readonly farewell: string
  /** The avatar has its seat: it shows its face. */
  begin(seat: RoomSeat): void
  /**
   * Somebody is there whose transcript is this visitor's: the avatar greets, unless it did before, and answers what was left
   * unanswered. Meeting again changes nothing.
   */
  meet(visitorId: string): void
  /** Leaves what is being said for the next sitting and says instead that it has to go. Resolves once that was heard. */
  excuse(): Promise<void>
  /** Ends the talk. What is being said is stored as far as it was heard, or `left` unanswered for the next sitting. */
  close(why: 'ended' | 'left'): Promise<void>
}

export interface RoomTalkPorts {
  agents: Pick<AgentStore, 'avatars' | 'brains'>
  knowledge: Pick<KnowledgeStore, 'findBase'>
  transcripts: TranscriptStore
  faces: FaceMaker
  brain: Brain
  /** Null: the words alone are shown. */
  voice: Voice | null
  /** Null: typed words alone are answered. */
  ears: Ears | null
  clock: Clock
  /** Milliseconds; only differences count. */
  monotonicMs(): number
  timers: Timers
  limits: { messagesPerSession: number | null; tokensPerSession: number | null }
  /** How long the brain may say nothing, in milliseconds. */
  silenceMs: number
  logger: RoomTalkLogger
}

/** A message is static; values go into the fields. Never what a person said. */
export interface RoomTalkLogger {
  warn(fields: object, message: string): void
  error(fields: object, message: string): void
}

export interface RoomTalkHooks {
  /** Whether anything may still be read from or written to the room. */
  mayUse(): boolean
  /** The session has had all it may have. */
  limitReached(): void
}

/** What turns of a talk are made of. */
export interface TurnsPorts extends RoomTalkPorts, RoomTalkHooks {
  stage: RoomStage
  seat: RoomSeat
  session: Session & { settings: { room: RoomTerms } }
  speaker: Speaker
  brief: NonNullable<Speaker['brief']>
}
