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
  for (;;) {
    const [before, messages] = await Promise.all([
      transcripts.readTail(place.sessionId, place.visitorId),
      transcripts.listMessages(place.visitorId),
    ])
    const canReplay = lastSeq !== null && lastSeq <= before.lastSeq
    const [events, tail] = await Promise.all([
      canReplay ? transcripts.listEvents(place.visitorId, lastSeq) : null,
      isUnheard(before, messages) ? before : transcripts.readTail(place.sessionId, place.visitorId),
    ])
    if (tail.lastSeq !== before.lastSeq) continue
    if (events === null) return { kind: 'snapshot', gap: lastSeq !== null, messages, tail }
    return { kind: 'replay', events, messages, tail }
  }
}

/** Nobody has spoken yet: there is nothing that could not belong together. */
function isUnheard(tail: Tail, messages: readonly TranscriptMessage[]): boolean {
  return tail.lastSeq === 0 && messages.length === 0
}
