import type { LiveEvent } from '../harness/socket.ts'

type Check = (value: unknown) => boolean

const text: Check = (value) => typeof value === 'string'
const count: Check = (value) => Number.isSafeInteger(value) && (value as number) >= 0
const number: Check = (value) => typeof value === 'number'
const flag: Check = (value) => typeof value === 'boolean'
const list: Check = Array.isArray
const thing: Check = (value) => typeof value === 'object' && value !== null
const time: Check = (value) => typeof value === 'string' && !Number.isNaN(Date.parse(value))
const seq: Check = (value) => count(value) && (value as number) > 0
const oneOf =
  (...words: (string | null)[]): Check =>
  (value) =>
    words.includes(value as string)

/** What each event must hold, as docs/live.md says. */
const shapes: Record<string, Record<string, Check>> = {
  ready: {
    ...{ session: text, visitor: thing, conn: text, features: thing, agent: thing, avatar: thing, audio_only: flag },
    ...{ expires_at: time, now: time, heartbeat_ms: count, resume: thing },
  },
  snapshot: { seq: count, messages: list },
  state: { agent: oneOf('idle', 'listening', 'thinking', 'speaking') },
  'user.message': { seq, id: text, text, source: oneOf('text', 'voice'), at: time },
  'message.start': { seq, response: count, reply_to: (value) => value === null || text(value) },
  'message.delta': { response: count, i: count, text },
  'message.end': {
    ...{ seq, response: count, id: text, text, citations: list, grounded: flag, at: time },
    finish: oneOf('complete', 'interrupted', 'failed', 'limit'),
    answer_mode: oneOf('quotation', 'not_found', 'small_talk', 'model', 'notice'),
  },
  'message.truncated': { seq, response: count, heard_text: text },
  notice: { seq, code: oneOf('expires_soon', 'idle_soon', 'degraded', 'draining', 'conversation_reset') },
  error: { code: text, message: text, retryable: flag },
  ended: { reason: oneOf('revoked', 'stopped', 'expired', 'limit', 'failed', 'replaced'), code: count },
  pong: { t: number },
}

/** What is wrong with a frame of the server's; null when it is an event as the protocol has it. */
export function findMisshape(event: LiveEvent): string | null {
  if (!Object.hasOwn(shapes, event.type)) return `an unknown event ${JSON.stringify(event).slice(0, 300)}`
  for (const [field, fits] of Object.entries(shapes[event.type] ?? {})) {
    if (!fits(event[field])) return `${event.type} with ${field} ${JSON.stringify(event[field])?.slice(0, 200)}`
  }
  return null
}
