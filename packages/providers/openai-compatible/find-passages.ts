import type { BrainContext } from '@parlor/conversation/brain'
import type { FoundPassage, Retriever } from '@parlor/conversation/knowledge'

const mostPassages = 6
/** In characters. */
const passagesBudget = 16_000

/**
 * What the knowledge base holds on the question, best first. A model is shown what an answer without a model would leave
 * out: it can tell for itself whether that helps.
 */
export async function findPassages(
  retriever: Retriever,
  { knowledgeBase, question, history }: BrainContext,
  signal: AbortSignal,
): Promise<FoundPassage[]> {
  if (knowledgeBase === null) return []
  const before = history.findLast(({ role }) => role === 'visitor')?.text ?? null
  const { passages } = await retriever.search(knowledgeBase.id, question, signal, { before })
  let left = passagesBudget
  return passages.slice(0, mostPassages).filter(({ chunk }) => {
    left -= chunk.text.length
    return left >= 0
  })
}
