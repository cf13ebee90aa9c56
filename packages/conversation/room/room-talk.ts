import type { RoomTerms, Session } from '@parlor/core/session'
import { leaveUnanswered } from '../turn/index.ts'
import { hearPeople, type PeopleEars } from './hear-people.ts'
import type { RoomSeat } from './room-seat.ts'
import { openStage, type RoomStage } from './room-stage.ts'
import { type Turns, takeTurns } from './take-turns.ts'
import type { RoomTalk, RoomTalkHooks, RoomTalkPorts } from './talk-ports.ts'
import { findSpeaker } from './who-speaks.ts'

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
  let place: RoomSeat | null = null

  return {
    soundRate: speakingRate,
    pictureSize: face.size,
    farewell,
    begin(seat) {
      place = seat
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
    fellSilent: (identity) => ears?.left(identity),
    lent: (identity, sound) => {
      if (speaker.brief === null && identity === terms.remoteAgent?.identity) stage?.lend(identity, sound)
    },
    lentInterrupted: (identity) => {
      if (speaker.brief === null && identity === terms.remoteAgent?.identity) stage?.stopLending(identity)
    },
    async excuse() {
      place?.notify({ type: 'failed', code: 'unavailable', message: farewell })
      place?.say(farewell)
      await turns?.part(farewell)
    },
    async close(why) {
      over.abort()
      await turns?.close(why === 'left' ? leaveUnanswered : undefined)
      stage?.close()
    },
  }
}

const farewell = 'I have to leave for a moment, so please wait or come back later.'

/** Samples a second: what voices come in or can be brought to without loss. */
const speakingRate = 24_000
