import type { RoomTerms } from '@parlor/core/session'
import type { BrainContext } from '../brain/index.ts'
import type { TranscriptStore } from '../transcript/index.ts'
import type { Turn, VisitorPlace } from '../turn/index.ts'
import type { Speaker } from './who-speaks.ts'

/** What the avatar was told to know, the newest last. */
export interface Remarks {
  add(content: string): void
  all(): readonly string[]
}

const mostRemarks = 20
/** In characters; more is cut off. */
const longestRemark = 2_000
/** Messages of the conversation a brain gets to see. */
const longestHistory = 40

export function takeRemarks(): Remarks {
  const kept: string[] = []
  return {
    add(content) {
      const remark = content.trim().slice(0, longestRemark)
      if (remark === '') return
      kept.push(remark)
      if (kept.length > mostRemarks) kept.shift()
    },
    all: () => kept,
  }
}

/** What the brain answers one question from. The context that came with the session and remarks are notes: data, never instructions. */
export async function briefRoom(
  transcripts: Pick<TranscriptStore, 'listMessages'>,
  place: VisitorPlace,
  turn: Turn,
  who: { brief: NonNullable<Speaker['brief']>; terms: RoomTerms; remarks: Remarks },
): Promise<BrainContext> {
  const messages = await transcripts.listMessages(place.visitorId)
  const { additionalContext } = who.terms
  const notes = [...(additionalContext?.trim() ? [additionalContext] : []), ...who.remarks.all()]
  return {
    ...who.brief,
    locale: null,
    history: messages.filter(({ id, text }) => id !== turn.question.id && text !== '').slice(-longestHistory),
    question: turn.question.text,
    ...(notes.length > 0 && { calling: { ...noWishes, notes } }),
  }
}

const noWishes = {
  tools: [],
  toolChoice: 'none',
  steps: [],
  maxOutputTokens: null,
  temperature: null,
  topP: null,
  stop: [],
} as const
