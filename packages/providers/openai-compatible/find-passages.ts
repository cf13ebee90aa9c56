import type { BrainContext } from '@parlor/conversation/brain'
import type { FoundPassage, Retriever } from '@parlor/conversation/knowledge'

const mostPassages = 6
/** In characters. */
const passagesBudget = 16_000
/** Below this the question alone says little: "and for children?". */
const leansOnTheTalk = 0.4

/** What the knowledge base holds on the question, best first; the question before helps one that leans on it. */
export async function findPassages(
  retriever: Retriever,
  { knowledgeBase, question, history }: BrainContext,
  signal: AbortSignal,
): Promise<FoundPassage[]> {
  if (knowledgeBase === null) return []
  const found = await retriever.search(knowledgeBase.id, question, signal)
  const before = history.findLast(({ role }) => role === 'visitor')?.text
  if (found.answerability.confidence >= leansOnTheTalk || before === undefined) return fitting(found.passages)
  const wider = await retriever.search(knowledgeBase.id, `${before}\n${question}`, signal)
  const isBetter = wider.answerability.confidence > found.answerability.confidence
  return fitting((isBetter ? wider : found).passages)
}

function fitting(passages: readonly FoundPassage[]): FoundPassage[] {
  let left = passagesBudget
  return passages.slice(0, mostPassages).filter(({ chunk }) => {
    left -= chunk.text.length
    return left >= 0
  })
}
