import type { UserMessage } from '@parlor/protocol'
import type { Append, Appended, Tail, TranscriptStore } from '../transcript/index.ts'
import type { Question, Turn, VisitorPlace } from './turn.ts'

export interface TurnRules {
  /** Messages after which a conversation begins anew; null for never. */
  maxConversationLength: number | null
  /** Messages visitors may send in one session; null for no limit. */
  messagesPerSession: number | null
  /** Tokens models may use in one session; the message after the last of them is refused. Null for no limit. */
  tokensPerSession: number | null
}

export type Begun =
  | { outcome: 'stored'; appended: Appended; turn: Turn }
  /** A message of this id is stored already. */
  | { outcome: 'known' }
  /** The session has had all its messages or tokens; nothing is stored. */
  | { outcome: 'limit' }
  /** Somebody else wrote to the log; nothing is stored before that is read. */
  | { outcome: 'behind' }

export interface Beginning {
  now: number
  question: Question
  rules: TurnRules
  /** The last event the caller has seen. A question is stored only on top of what its node knows to be answered or answers. */
  seenSeq: number
}

/**
 * Stores a visitor's message together with the beginning of its response, in one transaction: whoever finds a message
 * without an answer later knows which response it still owes.
 */
export async function beginTurn(
  transcripts: TranscriptStore,
  place: VisitorPlace,
  { now, question, rules, seenSeq }: Beginning,
): Promise<Begun> {
  let refused: WhyNot | null = null
  let response = 0
  const appended = await transcripts.append(place.sessionId, place.visitorId, now, (tail, has) => {
    refused = whyNot(tail, has(question.id), rules, seenSeq)
    if (refused !== null) return null
    response = tail.lastResponse + 1
    return describeBeginning(question, response, now, isFull(tail, rules))
  })
  if (appended === null) return { outcome: refused ?? 'behind' }
  return { outcome: 'stored', appended, turn: { response, question } }
}

type WhyNot = Exclude<Begun['outcome'], 'stored'>

function whyNot(tail: Tail, isKnown: boolean, rules: TurnRules, seenSeq: number): WhyNot | null {
  if (tail.lastSeq !== seenSeq) return 'behind'
  if (isKnown) return 'known'
  return isUsedUp(tail, rules) ? 'limit' : null
}

function isUsedUp({ sessionMessages, sessionTokens }: Tail, rules: TurnRules): boolean {
  const { messagesPerSession, tokensPerSession } = rules
  if (messagesPerSession !== null && sessionMessages >= messagesPerSession) return true
  return tokensPerSession !== null && sessionTokens >= tokensPerSession
}

function isFull(tail: Tail, rules: TurnRules): boolean {
  return rules.maxConversationLength !== null && tail.messages >= rules.maxConversationLength
}

function describeBeginning(question: Question, response: number, now: number, resets: boolean): Append {
  const at = new Date(now).toISOString()
  return {
    events: [
      ...(resets ? [{ type: 'notice', code: 'conversation_reset' }] : []),
      tellMessage(question, at),
      { type: 'message.start', response, reply_to: question.id },
    ],
    messages: [{ id: question.id, role: 'visitor', text: question.text, at }],
    beginsResponse: true,
    ...(resets ? { resets: true as const } : {}),
  }
}

/** The event that acknowledges a message. */
export function tellMessage(question: Question, at: string): Omit<UserMessage, 'seq'> {
  return { type: 'user.message', id: question.id, text: question.text, source: 'text', final: true, at }
}
