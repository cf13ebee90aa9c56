import { newId } from '@parlor/core/time'
import { beginTurn, findUnanswered, leaveUnanswered, type Turn } from '../turn/index.ts'
import { answerAloud } from './answer-aloud.ts'
import { takeRemarks } from './brief-room.ts'
import { storeGreeting, wasGreeted } from './greet-once.ts'
import { sayThings } from './say-things.ts'
import type { TurnsPorts } from './talk-ports.ts'

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
  /** Takes nothing more, leaves what is being said unanswered, and says this instead; resolves once it was heard. */
  part(sentence: string): Promise<void>
  /** Stops for good; resolves once what was heard is stored. */
  close(reason: unknown): Promise<void>
}

/** What is heard when a session has had all it may have. */
export const limitSentence = 'We have reached the end of what this conversation may hold. Goodbye.'

/** In characters; of a longer message the beginning is taken. */
const longestQuestion = 4_000
/** Messages that may wait for the one before them; more are not taken. */
const mostWaiting = 20

export function takeTurns(ports: TurnsPorts): Turns {
  const { transcripts, clock, seat, stage, session } = ports
  const sessionId = session.id
  const remarks = takeRemarks()
  const met = Promise.withResolvers<void>()
  const tellFault = (err: unknown): void => {
    ports.logger.error({ err, session: sessionId }, 'a talk in a room could not go on')
    seat.notify({ type: 'failed', code: 'unavailable', message: 'Parlor cannot do its work at the moment.' })
  }
  const sayings = sayThings({ ...ports, tellFault })
  let place = { sessionId, visitorId: '' }
  let isClosed = false
  let waiting = 0
  let interruptions = 0
  let inbox = met.promise.then(resume).catch(tellFault)

  const mayGoOn = () => !isClosed && ports.mayUse()
  const tell = (author: 'user' | 'character', content: string): void => {
    if (content !== '') seat.notify({ type: 'utterance', author, content, at: clock.now() })
  }

  /** Whoever sat here before may have left a question, or a greeting. */
  async function resume(): Promise<void> {
    if (!mayGoOn()) return
    const messages = await transcripts.listMessages(place.visitorId)
    const tail = await transcripts.readTail(sessionId, place.visitorId)
    const owed = findUnanswered(messages, tail)
    if (!mayGoOn()) return
    if (owed !== null) return answer(owed)
    const { greeting } = ports.speaker
    if (greeting !== null && !wasGreeted(messages, tail)) greet(greeting)
  }

  function greet(text: string): void {
    let isLeft = false
    sayings.say(
      async (speech, silenced) => {
        speech.hear(text)
        await speech.finish()
        if (isLeft) return
        const heard = silenced.aborted ? speech.heard() : text
        if (heard === '') return
        await storeGreeting(transcripts, place, heard, clock.now())
        tell('character', heard)
      },
      (reason) => {
        isLeft = reason === leaveUnanswered
      },
    )
  }

  function answer(turn: Turn): void {
    const controller = new AbortController()
    stage.setManner('thinking')
    sayings.say(
      async (speech) => {
        const text = await answerAloud(ports, { place, turn, speech, controller, remarks })
        if (text !== null) tell('character', text)
        if (text) seat.say(text)
        // An answer that failed ends with a sentence that comes after all the rest.
        await speech.finish()
      },
      (reason) => controller.abort(reason),
    )
  }

  /** Whoever interrupts means all that was asked before, also what is not begun yet. */
  function interrupt(): void {
    interruptions += 1
    sayings.interrupt()
  }

  async function begin(text: string, seenInterruptions: number): Promise<void> {
    sayings.interrupt()
    await sayings.over()
    const question = { id: newId(clock), text }
    const rules = { ...ports.limits, maxConversationLength: null }
    while (mayGoOn()) {
      const { lastSeq: seenSeq } = await transcripts.readTail(sessionId, place.visitorId)
      const begun = await beginTurn(transcripts, place, { now: clock.now(), question, rules, seenSeq })
      if (begun.outcome === 'behind') continue
      if (begun.outcome === 'limit') return sayGoodbye()
      if (begun.outcome !== 'stored') return
      tell('user', text)
      answer(begun.turn)
      if (interruptions > seenInterruptions) sayings.interrupt()
      return
    }
  }

  function sayGoodbye(): void {
    sayings.say(async (speech) => {
      speech.hear(limitSentence)
      await speech.finish()
      ports.limitReached()
    })
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
      const seen = interruptions
      inbox = inbox
        .then(() => begin(words, seen))
        .catch(tellFault)
        .finally(() => {
          waiting -= 1
        })
    },
    note: remarks.add,
    interrupt,
    isBusy: sayings.isBusy,
    async part(sentence) {
      isClosed = true
      sayings.leave(leaveUnanswered)
      await sayings.over()
      sayings.say(async (speech) => {
        speech.hear(sentence)
        await speech.finish()
      })
      await sayings.over()
    },
    async close(reason) {
      isClosed = true
      sayings.close(reason)
      if (place.visitorId !== '') await inbox
      await sayings.over()
    },
  }
}
