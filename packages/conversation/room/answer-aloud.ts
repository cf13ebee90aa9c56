import { answerTurn, type Stage, type Turn, type VisitorPlace } from '../turn/index.ts'
import { briefRoom, type Remarks } from './brief-room.ts'
import { speakingBrain } from './speaking-brain.ts'
import type { Speech } from './speech.ts'
import type { TurnsPorts } from './talk-ports.ts'

/** How many times a brain that only waits for its voice says so before it would be given up. */
const signs = 3

export interface AnsweringAloud {
  place: VisitorPlace
  turn: Turn
  speech: Speech
  controller: AbortController
  remarks: Remarks
}

/**
 * Answers a stored question with face and voice. Resolves to what was stored, once it was heard; null where it was left for
 * later. @throws whatever the store throws.
 */
export async function answerAloud(
  ports: TurnsPorts,
  { place, turn, speech, controller, remarks }: AnsweringAloud,
): Promise<string | null> {
  const brain = speakingBrain(ports.brain, speech, ports.timers, ports.silenceMs / signs)
  const who = { brief: ports.brief, terms: ports.session.settings.room, remarks }
  const answer = await answerTurn({ ...ports, brain }, place, turn, stageOf(ports, place, speech), {
    controller,
    brief: () => briefRoom(ports.transcripts, place, turn, who),
  })
  return answer === null ? null : answer.text
}

function stageOf({ transcripts, logger, seat }: TurnsPorts, place: VisitorPlace, speech: Speech): Stage {
  return {
    exclusively: (work) => work(),
    hear: speech.hear,
    heard: speech.heard,
    async tell(events) {
      const last = events?.at(-1)
      // Nobody replays the log of a room: its messages are what is kept.
      if (last !== undefined) await transcripts.pruneEvents(place.visitorId, last.seq).catch(() => {})
    },
    failed(_turn, cause) {
      const error = cause instanceof Error ? cause.name : typeof cause
      logger.warn({ error, session: place.sessionId }, 'the brain failed')
      seat.notify({ type: 'failed', code: 'model_failed', message: 'The answer could not be made. Ask again.' })
    },
  }
}
