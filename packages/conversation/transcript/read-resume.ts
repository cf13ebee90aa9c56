import type { TranscriptMessage } from '@parlor/protocol'
import type { StoredEvent, Tail, TranscriptStore } from './transcript-store.ts'

/** What a visitor who comes (again) is to be told before anything new. */
export type Resume =
  /** It holds all but these events. */
  | { kind: 'replay'; events: StoredEvent[]; messages: TranscriptMessage[]; tail: Tail }
  /** It holds nothing, or (`gap`) something that cannot be continued: the whole conversation replaces it. */
  | { kind: 'snapshot'; gap: boolean; messages: TranscriptMessage[]; tail: Tail }

interface Place {
  sessionId: string
  visitorId: string
}

/**
 * Reads how a visitor goes on after event `lastSeq`; null for one that has seen nothing. What it gives belongs together, also
 * when another node appends to the log meanwhile: then it is read anew.
 */
export async function readResume(transcripts: TranscriptStore, place: Place, lastSeq: number | null): Promise<Resume> {
  const nothing = { events: [], messages: [] }
  for (;;) {
    // One after the other: only what is read between two readings of the same tail was there at that tail.
    const before = await transcripts.readTail(place.sessionId, place.visitorId)
    const canReplay = lastSeq !== null && lastSeq <= before.lastSeq
    const { events, messages } =
      before.lastSeq === 0 ? nothing : await readTogether(transcripts, place, canReplay ? lastSeq : null)
    const tail = before.lastSeq === 0 ? before : await transcripts.readTail(place.sessionId, place.visitorId)
    if (tail.lastSeq !== before.lastSeq) continue
    if (!canReplay || events === null) return { kind: 'snapshot', gap: lastSeq !== null, messages, tail }
    return { kind: 'replay', events, messages, tail }
  }
}

async function readTogether(transcripts: TranscriptStore, { visitorId }: Place, afterSeq: number | null) {
  const [events, messages] = await Promise.all([
    afterSeq === null ? null : transcripts.listEvents(visitorId, afterSeq),
    transcripts.listMessages(visitorId),
  ])
  return { events, messages }
}
