import type { TranscriptStore } from '../transcript/index.ts'
import type { VisitorPlace } from '../turn/index.ts'

/** One visitor is greeted once, whoever sits there: the store decides who is first. */
const greetingId = 'greeting'

type Transcripts = Pick<TranscriptStore, 'append'>

/** Stores the greeting; false when the visitor was greeted, or spoke, before. */
export async function greetOnce(
  transcripts: Transcripts,
  place: VisitorPlace,
  text: string,
  now: number,
): Promise<boolean> {
  const appended = await transcripts.append(place.sessionId, place.visitorId, now, (tail, has) =>
    has(greetingId) || tail.lastResponse > 0 ? null : { events: [], messages: [greeting(text, now)] },
  )
  return appended !== null
}

/** What was heard of a greeting that somebody cut short takes its place. */
export async function cutGreeting(
  transcripts: Transcripts,
  place: VisitorPlace,
  heard: string,
  now: number,
): Promise<void> {
  await transcripts.append(place.sessionId, place.visitorId, now, (_, has) =>
    has(greetingId) ? { events: [], messages: [greeting(heard, now)] } : null,
  )
}

function greeting(text: string, now: number) {
  return { id: greetingId, role: 'agent' as const, text, at: new Date(now).toISOString() }
}
