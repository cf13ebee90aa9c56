import { type BrainContext, type BrainPart, type Calling, citePassage } from '@parlor/conversation/brain'
import type { FoundPassage } from '@parlor/conversation/knowledge'
import { type Checked, checkMarks } from './check-marks.ts'
import type { CostMeter } from './meter-cost.ts'
import { ModelFault } from './model-fault.ts'
import type { Word } from './stream-words.ts'

/** An answer as it grows, word by word. */
export interface Draft {
  /** What the answer cost so far. */
  cost(): BrainPart
  /** What the word brings: nothing yet, text and citations, or with the last word the calls of tools. */
  take(word: Word): BrainPart[]
  /** The end of an answer that said something. @throws ModelFault when it did not. */
  finish(isCut: boolean): BrainPart
  /** What is left to tell when the endpoint fails. */
  breakOff(): BrainPart[]
}

const nothing: BrainPart[] = []

/** Checks what a model says, against the passages it was shown and the tools it was offered. */
export function draftAnswer(passages: readonly FoundPassage[], context: BrainContext, meter: CostMeter): Draft {
  const marks = checkMarks(passages.length)
  const offered = offeredNames(context.calling)
  const calls: BrainPart[] = []
  let saidText = false
  let cited = false
  const cost = (): BrainPart => ({ type: 'usage', ...meter.soFar() })

  function show(checked: readonly Checked[]): BrainPart[] {
    const parts: BrainPart[] = []
    for (const part of checked) {
      const passage = part.type === 'cited' ? passages[part.n - 1] : undefined
      if (part.type === 'text') parts.push(part)
      else if (passage !== undefined) parts.push({ type: 'citation', citation: citePassage(passage, part.n) })
      saidText ||= part.type === 'text' && part.text.trim() !== ''
      cited ||= passage !== undefined
    }
    return parts
  }

  function read(word: Word): BrainPart[] {
    if (word.type === 'text') return show(marks.take(word.text))
    if (word.type === 'end') return [...show(marks.end()), ...calls]
    if (word.type === 'call' && offered.has(word.call.name)) calls.push({ type: 'tool_call', call: word.call })
    return nothing
  }

  return {
    cost,
    take(word) {
      const parts = read(word)
      return meter.count(word) ? [...parts, cost()] : parts
    },
    finish(isCut) {
      if (!saidText && calls.length === 0) throw new ModelFault('silent')
      const grounded = context.knowledgeBase !== null && cited
      return { type: 'done', answerMode: 'model', grounded, ...(isCut && { isCut }) }
    },
    breakOff() {
      // An endpoint that never answered asked for nothing.
      const free: BrainPart = { type: 'usage', inputTokens: 0, outputTokens: 0 }
      return [...show(marks.end()), ...(meter.hasAnswer() ? [] : [free])]
    },
  }
}

/** What the model may call. Some endpoints let it call what nobody offered, or what it was told to leave alone. */
function offeredNames(calling: Calling | undefined): ReadonlySet<string> {
  const tools = calling === undefined || calling.toolChoice === 'none' ? [] : calling.tools
  return new Set(tools.map(({ name }) => name))
}
