import type {
  AnswerMode,
  Citation,
  Finish,
  MessageDelta,
  MessageEnd,
  MessageStart,
  MessageTruncated,
  Notice,
  Snapshot,
  TranscriptMessage,
  UserMessage,
} from '@parlor/protocol'

/** What the visitor said. `pending` until the server has stored it; `failed` when the server refused it for good. */
export interface VisitorEntry {
  kind: 'visitor'
  id: string
  text: string
  /** ISO 8601 UTC; the local clock's while pending. */
  at: string
  delivery: 'pending' | 'acknowledged' | 'failed'
  /** The error code, where `delivery` is `failed`. */
  failure?: string
}

/** What the agent says; `streaming` while more text is coming. */
export interface AgentEntry {
  kind: 'agent'
  /** Stays the same from the first word to the end. */
  key: string
  response: number | null
  replyTo: string | null
  text: string
  citations: readonly Citation[]
  answerMode: AnswerMode | null
  finish: Finish | null
  streaming: boolean
  at: string | null
  /** Number of the last delta in `text`; -1 before the first. */
  lastDelta: number
}

/** From here on the agent no longer knows what was said before. */
export interface ResetEntry {
  kind: 'reset'
  seq: number
}

export type TranscriptEntry = VisitorEntry | AgentEntry | ResetEntry

export interface Transcript {
  entries: readonly TranscriptEntry[]
  /** Number of the last durable event taken in; 0 before the first. */
  lastSeq: number
}

export type TranscriptEvent =
  | Snapshot
  | UserMessage
  | MessageStart
  | MessageDelta
  | MessageEnd
  | MessageTruncated
  | Notice
  | { type: 'local.typed'; id: string; text: string; at: string }
  | { type: 'local.rejected'; id: string; code: string }
  | { type: 'local.closed' }

export const emptyTranscript: Transcript = { entries: [], lastSeq: 0 }

/** The transcript after one event. Pure; a durable event that was taken in before changes nothing and returns the same object. */
export function reduceTranscript(transcript: Transcript, event: TranscriptEvent): Transcript {
  if (event.type === 'snapshot') return fromSnapshot(transcript, event)
  if (!('seq' in event)) return { ...transcript, entries: applyEvent(transcript.entries, event) }
  if (event.seq <= transcript.lastSeq) return transcript
  return { entries: applyEvent(transcript.entries, event), lastSeq: event.seq }
}

/** The visitor's messages the server has not stored yet, oldest first. */
export function pendingMessages(transcript: Transcript): VisitorEntry[] {
  return transcript.entries.filter((entry) => entry.kind === 'visitor').filter((entry) => entry.delivery === 'pending')
}

/** The answer that is being written now, if any. */
export function streamingAnswer(transcript: Transcript): AgentEntry | undefined {
  return transcript.entries.findLast((entry) => entry.kind === 'agent' && entry.streaming) as AgentEntry | undefined
}

type Entries = readonly TranscriptEntry[]

function applyEvent(entries: Entries, event: Exclude<TranscriptEvent, Snapshot>): Entries {
  switch (event.type) {
    case 'local.typed':
      return [...entries, { kind: 'visitor', id: event.id, text: event.text, at: event.at, delivery: 'pending' }]
    case 'local.rejected':
      return mapVisitor(entries, event.id, (entry) => ({ ...entry, delivery: 'failed', failure: event.code }))
    case 'local.closed':
      return entries.map((entry) =>
        isStreaming(entry) ? { ...entry, streaming: false, finish: 'interrupted' } : entry,
      )
    case 'user.message':
      return acknowledge(entries, event)
    case 'message.start':
      return withAnswer(entries, event.response, (answer) => ({
        ...answer,
        replyTo: event.reply_to,
        answerMode: event.answer_mode ?? answer.answerMode,
      }))
    case 'message.delta':
      return addDelta(entries, event)
    case 'message.end':
      return withAnswer(entries, event.response, (answer) => finished(answer, event))
    case 'message.truncated':
      return withAnswer(entries, event.response, (answer) => ({
        ...answer,
        text: event.heard_text,
        streaming: false,
        finish: 'interrupted',
      }))
    case 'notice':
      return event.code === 'conversation_reset' ? beforePending(entries, { kind: 'reset', seq: event.seq }) : entries
  }
}

function acknowledge(entries: Entries, event: UserMessage): Entries {
  const entry: VisitorEntry = {
    kind: 'visitor',
    id: event.id,
    text: event.text,
    at: event.at,
    delivery: 'acknowledged',
  }
  const known = entries.some((one) => one.kind === 'visitor' && one.id === event.id)
  return known ? mapVisitor(entries, event.id, () => entry) : beforePending(entries, entry)
}

function addDelta(entries: Entries, event: MessageDelta): Entries {
  return withAnswer(entries, event.response, (answer) => {
    if (answer.finish !== null) return answer
    // A replayed delta holds all text so far; the live ones after it count on from a number we cannot know.
    if (event.replay) return { ...answer, text: event.text, lastDelta: event.text === '' ? -1 : 0 }
    if (event.i <= answer.lastDelta) return answer
    return { ...answer, text: answer.text + event.text, lastDelta: event.i }
  })
}

function finished(answer: AgentEntry, event: MessageEnd): AgentEntry {
  return {
    ...answer,
    text: event.text,
    citations: event.citations,
    answerMode: event.answer_mode,
    finish: event.finish,
    streaming: false,
    at: event.at,
  }
}

/** Changes the answer of `response`, making it first where it is new. */
function withAnswer(entries: Entries, response: number, change: (answer: AgentEntry) => AgentEntry): Entries {
  const index = entries.findLastIndex((entry) => entry.kind === 'agent' && entry.response === response)
  const found = entries[index]
  if (found?.kind !== 'agent') return beforePending(entries, change(newAnswer(response)))
  const changed = change(found)
  return changed === found ? entries : entries.with(index, changed)
}

function newAnswer(response: number): AgentEntry {
  return {
    kind: 'agent',
    key: `r${response}`,
    response,
    replyTo: null,
    text: '',
    citations: [],
    answerMode: null,
    finish: null,
    streaming: true,
    at: null,
    lastDelta: -1,
  }
}

/** What the server says stands before what it has not yet heard. */
function beforePending(entries: Entries, entry: TranscriptEntry): Entries {
  const lastHeard = entries.findLastIndex((one) => one.kind !== 'visitor' || one.delivery !== 'pending')
  return entries.toSpliced(lastHeard + 1, 0, entry)
}

function mapVisitor(entries: Entries, id: string, change: (entry: VisitorEntry) => VisitorEntry): Entries {
  return entries.map((entry) => (entry.kind === 'visitor' && entry.id === id ? change(entry) : entry))
}

function isStreaming(entry: TranscriptEntry): entry is AgentEntry {
  return entry.kind === 'agent' && entry.streaming
}

function fromSnapshot(transcript: Transcript, snapshot: Snapshot): Transcript {
  const stored = new Set(snapshot.messages.map((message) => message.id))
  const unheard = transcript.entries.filter(
    (entry) => entry.kind === 'visitor' && entry.delivery !== 'acknowledged' && !stored.has(entry.id),
  )
  // The snapshot that says what is left after a reset takes nothing away from what a person is reading.
  const reset = transcript.entries.findLastIndex((entry) => entry.kind === 'reset' && entry.seq === snapshot.seq)
  const read = transcript.entries.slice(0, reset + 1)
  return {
    entries: [...read, ...snapshot.messages.map(fromStored), ...unheard.filter((entry) => !read.includes(entry))],
    lastSeq: snapshot.seq,
  }
}

function fromStored(message: TranscriptMessage): TranscriptEntry {
  if (message.role === 'visitor') {
    return { kind: 'visitor', id: message.id, text: message.text, at: message.at, delivery: 'acknowledged' }
  }
  return {
    kind: 'agent',
    key: message.response === undefined ? message.id : `r${message.response}`,
    response: message.response ?? null,
    replyTo: null,
    text: message.text,
    citations: message.citations ?? [],
    answerMode: message.answer_mode ?? null,
    finish: message.finish ?? 'complete',
    streaming: false,
    at: message.at,
    lastDelta: -1,
  }
}
