import type { RoomTerms, Session } from '@parlor/core/session'
import { newId } from '@parlor/core/time'
import { answerTurn, beginTurn, findUnanswered, type Stage, type Turn } from '../turn/index.ts'
import { briefRoom, takeRemarks } from './brief-room.ts'
import { cutGreeting, greetOnce } from './greet-once.ts'
import type { RoomSeat } from './room-seat.ts'
import type { RoomStage } from './room-stage.ts'
import type { RoomTalkHooks, RoomTalkPorts } from './room-talk.ts'
import { speakingBrain } from './speaking-brain.ts'
import { beginSpeech, type Speech } from './speech.ts'
import type { Speaker } from './who-speaks.ts'

/** Questions and answers of one talk, one after the other. */
export interface Turns {
  /** From here on the visitor's transcript is written. */
  meet(visitorId: string): void
  /** Somebody said this: whatever is being said stops, and it is answered. */
  take(text: string): void
  /** Something to know, which nobody answers. */
  note(content: string): void
  /** Stops what is being said or thought. */
  interrupt(): void
  /** Whether something is being said or thought. */
  isBusy(): boolean
  /** Stops for good; resolves once what was heard is stored. */
  close(reason: unknown): Promise<void>
}

export interface TurnsPorts extends RoomTalkPorts, RoomTalkHooks {
  stage: RoomStage
  seat: RoomSeat
  session: Session & { settings: { room: RoomTerms } }
  speaker: Speaker
  brief: NonNullable<Speaker['brief']>
}

/** What is being said, or thought about. */
interface Saying {
  /** `reason` is what the reply is aborted with; false when it was stopped before. */
  stop(reason?: unknown): boolean
  done: Promise<void>
}

/** What is heard when a session has had all it may have. */
export const limitSentence = 'We have reached the end of what this conversation may hold. Goodbye.'

/** In characters; of a longer message the beginning is taken. */
const longestQuestion = 4_000
/** Messages that may wait for the one before them; more are not taken. */
const mostWaiting = 20
/** How many times a silent brain that only waits for its voice says so before it would be given up. */
const signs = 3

export function takeTurns(ports: TurnsPorts): Turns {
  const { transcripts, clock, logger, seat, stage, session } = ports
  const sessionId = session.id
  const remarks = takeRemarks()
  const met = Promise.withResolvers<void>()
  let place = { sessionId, visitorId: '' }
  let isClosed = false
  let waiting = 0
  let saying: Saying | null = null
  let inbox = met.promise.then(resume).catch(tellFault)

  function tellFault(err: unknown): void {
    logger.error({ err, session: sessionId }, 'a talk in a room could not go on')
    seat.notify({ type: 'failed', code: 'unavailable', message: 'Parlor cannot do its work at the moment.' })
  }

  const mayGoOn = () => !isClosed && ports.mayUse()

  /** Whoever sat here before may have left a question, or a greeting. */
  async function resume(): Promise<void> {
    if (!mayGoOn()) return
    const messages = await transcripts.listMessages(place.visitorId)
    const owed = findUnanswered(messages, await transcripts.readTail(sessionId, place.visitorId))
    if (!mayGoOn()) return
    if (owed !== null) return answer(owed)
    const { greeting } = ports.speaker
    if (greeting !== null && (await greetOnce(transcripts, place, greeting, clock.now()))) greet(greeting)
  }

  function say(
    work: (speech: Speech, silence: AbortController) => Promise<void>,
    stop = (_reason: unknown) => {},
  ): void {
    const silence = new AbortController()
    const { brain: _, ...voices } = ports
    const speech = beginSpeech({ ...voices, mouthpiece: stage, wish: stage.wish }, silence.signal)
    const one: Saying = {
      stop(reason) {
        if (silence.signal.aborted) return false
        // First the ears, which is what tells how much was heard.
        silence.abort()
        stop(reason)
        return true
      },
      done: work(speech, silence)
        .catch(tellFault)
        .finally(() => {
          if (saying === one) saying = null
          stage.setManner('idle')
        }),
    }
    saying = one
    if (isClosed) one.stop()
  }

  function greet(text: string): void {
    say(async (speech, { signal }) => {
      speech.hear(text)
      await speech.finish()
      const heard = signal.aborted ? speech.heard() : text
      if (signal.aborted) await cutGreeting(transcripts, place, heard, clock.now())
      tell('character', heard)
    })
  }

  function answer(turn: Turn): void {
    const controller = new AbortController()
    stage.setManner('thinking')
    say(
      (speech) => run(turn, speech, controller),
      (reason) => controller.abort(reason),
    )
  }

  async function run(turn: Turn, speech: Speech, controller: AbortController): Promise<void> {
    const brain = speakingBrain(ports.brain, speech, ports.timers, ports.silenceMs / signs)
    const brief = () => briefRoom(transcripts, place, turn, { ...ports, terms: session.settings.room, remarks })
    const given = await answerTurn({ ...ports, brain }, place, turn, stageOf(speech), { controller, brief })
    if (given === null) return
    tell('character', given.text)
    if (given.text !== '') seat.say(given.text)
    // An answer that failed ends with a sentence that comes after all the rest.
    await speech.finish()
  }

  function stageOf(speech: Speech): Stage {
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
        logger.warn({ error, session: sessionId }, 'the brain failed')
        seat.notify({ type: 'failed', code: 'model_failed', message: 'The answer could not be made. Ask again.' })
      },
    }
  }

  function tell(author: 'user' | 'character', content: string): void {
    if (content !== '') seat.notify({ type: 'utterance', author, content, at: clock.now() })
  }

  async function begin(text: string): Promise<void> {
    interrupt()
    await saying?.done
    const question = { id: newId(clock), text }
    const rules = { ...ports.limits, maxConversationLength: null }
    while (mayGoOn()) {
      const { lastSeq: seenSeq } = await transcripts.readTail(sessionId, place.visitorId)
      const begun = await beginTurn(transcripts, place, { now: clock.now(), question, rules, seenSeq })
      if (begun.outcome === 'behind') continue
      if (begun.outcome === 'limit') return sayGoodbye()
      if (begun.outcome !== 'stored') return
      tell('user', text)
      return answer(begun.turn)
    }
  }

  function sayGoodbye(): void {
    say(async (speech) => {
      speech.hear(limitSentence)
      await speech.finish()
      ports.limitReached()
    })
  }

  function interrupt(): void {
    if (saying?.stop()) seat.notify({ type: 'interrupted' })
  }

  return {
    meet(visitorId) {
      if (place.visitorId !== '') return
      place = { sessionId, visitorId }
      met.resolve()
    },
    take(text) {
      const words = text.trim().slice(0, longestQuestion)
      if (words === '' || isClosed || waiting >= mostWaiting) return
      interrupt()
      waiting += 1
      inbox = inbox
        .then(() => begin(words))
        .catch(tellFault)
        .finally(() => {
          waiting -= 1
        })
    },
    note: remarks.add,
    interrupt,
    isBusy: () => saying !== null,
    async close(reason) {
      isClosed = true
      saying?.stop(reason)
      if (place.visitorId !== '') await inbox
      await saying?.done
    },
  }
}
