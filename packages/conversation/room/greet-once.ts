import type { TranscriptMessage } from '@parlor/protocol'
import type { Tail, TranscriptStore } from '../transcript/index.ts'
import type { VisitorPlace } from '../turn/index.ts'

/** One visitor is greeted once, whoever sits there: the store holds it under this id. */
const greetingId = 'greeting'

/** Whether the visitor was greeted before, or asked before anybody could. */
export function wasGreeted(messages: readonly TranscriptMessage[], tail: Tail): boolean {
  return tail.lastResponse > 0 || messages.some(({ id }) => id === greetingId)
}

/** Stores as much of the greeting as was heard, like any answer; a greeting that a crash cuts short is said again. */
export async function storeGreeting(
  transcripts: Pick<TranscriptStore, 'append'>,
  place: VisitorPlace,
  heard: string,
  now: number,
): Promise<void> {
  const at = new Date(now).toISOString()
  await transcripts.append(place.sessionId, place.visitorId, now, (_, has) =>
    has(greetingId) ? null : { events: [], messages: [{ id: greetingId, role: 'agent', text: heard, at }] },
  )
}
