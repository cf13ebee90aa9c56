import type { TranscriptMessage } from '@parlor/protocol'
import type { StoredEvent, Tail, TranscriptStore } from './transcript-store.ts'

/** What a visitor who comes (again) is to be told before anything new. */
export type Resume =
  /** It holds all but these events. */
  | { kind: 'replay'; events: StoredEvent[]; messages: TranscriptMessage[]; tail: Tail }
  /** It holds nothing, or (`gap`) something that cannot be continued: the whole conversation replaces it. */
  | { kind: 'snapshot'; gap: boolean; messages: TranscriptMessage[]; tail: Tail }

/** Reads how a visitor goes on after event `lastSeq`; null for one that has seen nothing. Nothing must be appended meanwhile. */
export async function readResume(
  transcripts: TranscriptStore,
  place: { sessionId: string; visitorId: string },
  lastSeq: number | null,
): Promise<Resume> {
  const [tail, messages] = await Promise.all([
    transcripts.readTail(place.sessionId, place.visitorId),
    transcripts.listMessages(place.visitorId),
  ])
  if (lastSeq === null) return { kind: 'snapshot', gap: false, messages, tail }
  const events = lastSeq > tail.lastSeq ? null : await transcripts.listEvents(place.visitorId, lastSeq)
  if (events === null) return { kind: 'snapshot', gap: true, messages, tail }
  return { kind: 'replay', events, messages, tail }
}
