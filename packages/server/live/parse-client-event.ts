import { isAnswerId } from '@parlor/conversation/turn'
import { type ClientEvent, type Hello, liveLimits } from '@parlor/protocol'

export type ParsedEvent =
  | { kind: 'event'; event: ClientEvent }
  /** Something of voice, which this server does not do yet. */
  | { kind: 'voice'; ref?: string }
  /** A type nobody here knows: ignored, so that newer clients work. */
  | { kind: 'unknown' }
  /** A known type in the wrong shape. */
  | { kind: 'malformed'; fault: string; ref?: string }
  /** A message longer than a message may be. */
  | { kind: 'too_long'; ref: string }
  /** No JSON object with a type at all. */
  | { kind: 'garbage'; fault: string }

type Fields = Record<string, unknown>
type Reader = (fields: Fields) => ClientEvent | string

const longestId = 128
const voiceTypes = new Set(['user.audio.start', 'user.audio.stop', 'user.transcript', 'playback'])

/** Reads one text frame. Never throws; fields nobody asked for are left out. */
export function parseClientEvent(text: string): ParsedEvent {
  const fields = readObject(text)
  if (fields === null) return { kind: 'garbage', fault: 'Send one JSON object per text frame.' }
  const { type } = fields
  if (typeof type !== 'string') return { kind: 'garbage', fault: 'Every event has a "type".' }
  const ref = isId(fields.id) ? { ref: fields.id } : {}
  if (voiceTypes.has(type)) return { kind: 'voice', ...ref }
  if (!Object.hasOwn(readers, type)) return { kind: 'unknown' }
  if (type === 'user.text' && isId(fields.id) && isTooLong(fields.text)) return { kind: 'too_long', ref: fields.id }
  const event = readers[type as ClientEvent['type']](fields)
  return typeof event === 'string'
    ? { kind: 'malformed', fault: `${type}: ${event}`, ...ref }
    : { kind: 'event', event }
}

const readers: Record<ClientEvent['type'], Reader> = {
  hello: readHello,
  'user.text': ({ id, text }) => {
    if (!isId(id)) return badId
    if (isAnswerId(id)) return 'id must not be one that answers have'
    if (typeof text !== 'string' || text.trim() === '') return 'text must hold something'
    return { type: 'user.text', id, text: text.toWellFormed() }
  },
  interrupt: ({ response }) => {
    if (response !== undefined && !isCount(response)) return 'response must be a whole number'
    return { type: 'interrupt', ...(response === undefined ? {} : { response }) }
  },
  'user.activity': ({ kind }) =>
    kind === 'typing' || kind === 'speaking' ? { type: 'user.activity', kind } : 'kind must be typing or speaking',
  action: ({ id, name }) => {
    if (!isId(id)) return badId
    return isId(name) ? { type: 'action', id, name } : 'name must be a short text'
  },
  ack: ({ seq }) => (isCount(seq) ? { type: 'ack', seq } : 'seq must be a whole number'),
  // JSON reads 1e400 as Infinity, which it cannot write.
  ping: ({ t }) => (typeof t === 'number' && Number.isFinite(t) ? { type: 'ping', t } : 't must be a number'),
  bye: () => ({ type: 'bye' }),
}

const badId = `id must be a text of 1 to ${longestId} characters`

function readHello(fields: Fields): Hello | string {
  const { v, token, session, visitor, resume, locale } = fields
  if (v !== 1) return 'v must be 1'
  if (typeof token !== 'string' || token === '') return 'token is missing'
  if (session !== undefined && !isId(session)) return 'session must be a session id'
  const who = visitor === undefined ? undefined : readVisitor(visitor)
  if (who === null) return 'visitor must be { id, resume_key }'
  const lastSeq = resume === undefined ? undefined : isObject(resume) ? resume.last_seq : null
  if (lastSeq !== undefined && !isCount(lastSeq)) return 'resume must be { last_seq }, a whole number'
  if (locale !== undefined && !isId(locale)) return 'locale must be a language tag'
  return {
    type: 'hello',
    v,
    token,
    ...(session === undefined ? {} : { session }),
    ...(who === undefined ? {} : { visitor: who }),
    ...(lastSeq === undefined ? {} : { resume: { last_seq: lastSeq } }),
    ...(locale === undefined ? {} : { locale }),
  }
}

function readVisitor(visitor: unknown): NonNullable<Hello['visitor']> | null {
  if (!isObject(visitor) || !isId(visitor.id) || !isId(visitor.resume_key)) return null
  return { id: visitor.id, resume_key: visitor.resume_key }
}

function readObject(text: string): Fields | null {
  try {
    const value: unknown = JSON.parse(text)
    return isObject(value) ? value : null
  } catch {
    return null
  }
}

function isObject(value: unknown): value is Fields {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

function isId(value: unknown): value is string {
  return (
    typeof value === 'string' &&
    value.length > 0 &&
    value.length <= longestId &&
    value.isWellFormed() &&
    !/\p{Cc}/u.test(value)
  )
}

function isCount(value: unknown): value is number {
  return Number.isSafeInteger(value) && (value as number) >= 0
}

function isTooLong(text: unknown): boolean {
  return typeof text === 'string' && Buffer.byteLength(text) > liveLimits.textBytes
}
