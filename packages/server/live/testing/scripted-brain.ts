import type { Brain, BrainContext, BrainPart } from '@parlor/conversation/brain'

/** A brain that does what the question says, so that a test can bring about each case. */
export function scriptedBrain() {
  const asked: BrainContext[] = []
  let open: (() => void)[] = []
  /** Resolves at the next `release`. */
  const gate = () => new Promise<void>((resolve) => open.push(resolve))

  async function* reply(context: BrainContext, signal: AbortSignal): AsyncGenerator<BrainPart> {
    asked.push(context)
    const { question } = context
    if (question === 'fail') throw new Error('a provider broke')
    if (question === 'fail late') yield { type: 'text', text: 'Well,' }
    if (question === 'fail late') throw new Error('a provider broke')
    if (question === 'hang') await new Promise(() => {})
    if (question === 'nothing') return
    if (question === 'wait') {
      yield { type: 'text', text: 'First half. ' }
      await gate()
      if (signal.aborted) return
      yield { type: 'text', text: 'Second half.' }
    } else if (question.startsWith('spend ')) {
      yield { type: 'usage', inputTokens: Number(question.slice(6)), outputTokens: 0 }
      yield { type: 'text', text: 'First half. ' }
      await gate()
      yield { type: 'text', text: 'Second half.' }
    } else if (question.startsWith('flood ')) {
      for (let left = Number(question.slice(6)); left > 0 && !signal.aborted; left -= 1) {
        yield { type: 'text', text: 'word '.repeat(200) }
        if (left % 8 === 0) await new Promise((resolve) => setImmediate(resolve))
      }
    } else if (question.startsWith('words ')) {
      for (let left = Number(question.slice(6)); left > 0; left -= 1) {
        yield { type: 'text', text: `w${left} ` }
        await new Promise((resolve) => setImmediate(resolve))
      }
    } else {
      yield { type: 'text', text: `You asked: ${question}` }
      yield { type: 'citation', citation: { n: 1, title: 'Handbook', heading: 'Start', source: 'handbook.md' } }
    }
    yield { type: 'done', answerMode: 'quotation', grounded: true }
  }
  const brain: Brain = { mode: 'scripted', reply }
  return {
    ...brain,
    asked,
    release: () => {
      for (const each of open) each()
      open = []
    },
  }
}
