import type { LiveEvent, LiveSocket } from '../harness/socket.ts'
import type { Parlor } from '../harness/start-parlor.ts'
import type { MadeSession, Promises, SentMessage, Talker } from './promises.ts'

/** What is on its way to the server, and whoever wants to know when something sets off. */
export interface Traffic {
  inFlight: number
  isOver: boolean
  onSent(what: 'create' | 'end' | 'message'): void
}

/** The server lets a client send this many events at once; nothing here is about its rate limit. */
const messagesPerLife = 40

const questions = ['When does the museum open?', 'How much is a ticket?', 'Where is the cloakroom?']

/** One backend connection: makes sessions and ends most of them, some at once and some later, until the server is gone. */
export async function makeAndEnd(parlor: Parlor, agentId: string, promises: Promises, traffic: Traffic): Promise<void> {
  const waiting: MadeSession[] = []
  for (let round = 0; !traffic.isOver; round++) {
    const number = promises.sessions.length
    const made = await create(parlor, agentId, number, traffic)
    if (made === null) return
    promises.sessions.push(made)
    if (round % 4 !== 3) waiting.push(made)
    const due = round % 3 === 0 ? waiting.pop() : waiting.length > 3 ? waiting.shift() : undefined
    if (due !== undefined && !(await end(parlor, due, traffic))) return
  }
}

async function create(parlor: Parlor, agentId: string, number: number, traffic: Traffic): Promise<MadeSession | null> {
  const wish = {
    user_metadata: { number, words: 'ä\u0000"—' },
    allowed_domains: [`n${number}.example`],
    features: { voice_input: number % 2 === 0, text_input: true, knowledge_base: number % 3 !== 0 },
    audio_only: number % 5 === 0,
  }
  const body = { agentic_avatar_id: agentId, max_duration: 3600 + (number % 1000), ...wish }
  const answer = await send(traffic, 'create', () =>
    parlor.request<Record<string, string>>('POST', '/v1/widget/sessions', body),
  )
  if (answer === null) return null
  if (answer.status !== 200) throw new Error(`A create under load answered ${answer.status}: ${answer.text}`)
  const { session_id: id = '', session_token: token = '', expires_at } = answer.body
  return { id, token, fields: { ...wish, agentic_avatar_id: agentId, expires_at }, end: 'not_asked', settled: null }
}

async function end(parlor: Parlor, session: MadeSession, traffic: Traffic): Promise<boolean> {
  session.end = 'asked'
  const answer = await send(traffic, 'end', () => parlor.endSession(session.id))
  if (answer === null) return false
  if (answer.status !== 200) throw new Error(`An end under load answered ${answer.status}: ${answer.text}`)
  session.end = 'acknowledged'
  return true
}

/** Null when the server was gone before its answer. */
async function send<T>(traffic: Traffic, what: 'create' | 'end', ask: () => Promise<T>): Promise<T | null> {
  traffic.inFlight += 1
  const asked = ask()
  traffic.onSent(what)
  try {
    const answer = await asked
    traffic.inFlight -= 1
    return answer
  } catch (error) {
    if (!traffic.isOver) throw error
    return null
  }
}

/** One visitor: asks, waits for the acknowledgement and the answer, asks again. */
export async function talk(socket: LiveSocket, talker: Talker, traffic: Traffic): Promise<void> {
  for (let round = 0; round < messagesPerLife && !traffic.isOver; round++) {
    const number = talker.messages.length
    const text = `${questions[number % questions.length]} (${number})`
    const message: SentMessage = { id: `m${number}`, text, isStored: false, answer: null }
    talker.messages.push(message)
    traffic.inFlight += 1
    if (!(await sayAndHear(socket, talker, message, traffic))) return
    traffic.inFlight -= 1
  }
}

async function sayAndHear(socket: LiveSocket, talker: Talker, message: SentMessage, traffic: Traffic) {
  try {
    socket.send({ type: 'user.text', id: message.id, text: message.text })
    traffic.onSent('message')
    await hearAnswer(socket, talker, message)
    return true
  } catch (error) {
    if (!traffic.isOver) throw error
    return false
  }
}

/** Writes down each thing the server acknowledges of a message, as it comes. */
export async function hearAnswer(socket: LiveSocket, talker: Talker, message: SentMessage): Promise<void> {
  await socket.waitFor((event) => event.type === 'user.message' && event.id === message.id)
  message.isStored = true
  const start = await socket.waitFor((event) => event.type === 'message.start' && event.reply_to === message.id)
  const ended = await socket.waitFor((event) => event.type === 'message.end' && event.response === start.response)
  message.answer = { id: String(ended.id), text: String(ended.text) }
  talker.lastSeq = lastSeqOf(socket.events, talker.lastSeq)
}

export function lastSeqOf(events: readonly LiveEvent[], fallback: number): number {
  return events.reduce((last, { seq }) => Math.max(last, seq ?? 0), fallback)
}
