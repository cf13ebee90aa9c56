import type { AgentStore } from '@parlor/core/agent'
import type { RoomTerms, Session } from '@parlor/core/session'
import type { Clock } from '@parlor/core/time'
import type { Brain } from '../brain/index.ts'
import type { KnowledgeStore } from '../knowledge/index.ts'
import type { Ears, Voice } from '../speech/index.ts'
import type { TranscriptStore } from '../transcript/index.ts'
import { leaveUnanswered, type Timers } from '../turn/index.ts'
import type { FaceMaker } from './face.ts'
import { hearPeople, type PeopleEars } from './hear-people.ts'
import type { RoomListener, RoomSeat } from './room-seat.ts'
import { openStage, type RoomStage } from './room-stage.ts'
import { type Turns, takeTurns } from './take-turns.ts'
import { findSpeaker } from './who-speaks.ts'

/** One sitting of an avatar among people: what it hears goes in, what it does comes out at its seat. */
export interface RoomTalk extends Omit<RoomListener, 'joined' | 'lost'> {
  /** Samples a second of what will be played, and width and height of what will be shown. */
  readonly soundRate: number
  readonly pictureSize: number
  /** The avatar has its seat: it shows its face. */
  begin(seat: RoomSeat): void
  /**
   * Somebody is there whose transcript is this visitor's: the avatar greets, unless it did before, and answers what was left
   * unanswered. Meeting again changes nothing.
   */
  meet(visitorId: string): void
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

/** Makes ready for one sitting. @throws Error where the session's terms name what is not there. */
export async function openRoomTalk(
  ports: RoomTalkPorts,
  session: Session & { settings: { room: RoomTerms } },
  hooks: RoomTalkHooks,
): Promise<RoomTalk> {
  const { features, room: terms } = session.settings
  const speaker = await findSpeaker(ports, terms, features.knowledgeBase)
  const face = await ports.faces.open(speaker.look)
  const over = new AbortController()
  let stage: RoomStage | null = null
  let turns: Turns | null = null
  let ears: PeopleEars | null = null

  return {
    soundRate: speakingRate,
    pictureSize: face.size,
    begin(seat) {
      stage = openStage({ ...ports, face, speaker, soundRate: speakingRate }, seat)
      if (speaker.brief === null) return
      turns = takeTurns({ ...ports, ...hooks, stage, seat, session, speaker, brief: speaker.brief })
      if (ports.ears !== null && features.voiceInput) {
        ears = hearPeople({ ...ports, ears: ports.ears, seat, stage, turns, signal: over.signal })
      }
    },
    meet: (visitorId) => turns?.meet(visitorId),
    left: (identity) => ears?.left(identity),
    wrote: (_identity, text) => {
      if (features.textInput) turns?.take(text)
    },
    remarked: (_identity, content) => turns?.note(content),
    interrupted: () => turns?.interrupt(),
    heard: (identity, sound) => ears?.heard(identity, sound),
    lent: (identity, sound) => {
      if (speaker.brief === null && identity === terms.remoteAgent?.identity) stage?.lend(identity, sound)
    },
    lentInterrupted: (identity) => {
      if (speaker.brief === null && identity === terms.remoteAgent?.identity) stage?.stopLending(identity)
    },
    async close(why) {
      over.abort()
      await turns?.close(why === 'left' ? leaveUnanswered : undefined)
      stage?.close()
    },
  }
}

/** Samples a second: what voices come in or can be brought to without loss. */
const speakingRate = 24_000
