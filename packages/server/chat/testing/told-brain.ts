import type { Brain, BrainContext, BrainPart } from '@parlor/conversation/brain'

/** A brain whose parts a test gives it, one by one or all at once. */
export interface ToldBrain extends Brain {
  /** What it was asked, and whether somebody stopped it. */
  readonly asked: { context: BrainContext; signal: AbortSignal }[]
  /** It answers the next question with these, then with `done`. */
  says(...parts: BrainPart[]): void
  /** It answers the next question with what is put into the returned script, as it is put. */
  waits(): Script
}

export interface Script {
  say(...parts: BrainPart[]): void
  fail(error: Error): void
}

export const text = (words: string): BrainPart => ({ type: 'text', text: words })
export const done: BrainPart = { type: 'done', answerMode: 'model', grounded: false }
export const handbook = { n: 1, title: 'Handbook', heading: 'Start', source: 'handbook.md', passage: 'Here.' }

export function toldBrain(): ToldBrain {
  const asked: ToldBrain['asked'] = []
  const scripts: Queue[] = []
  return {
    mode: 'llm',
    asked,
    says(...parts) {
      const queue = newQueue()
      queue.say(...parts, done)
      scripts.push(queue)
    },
    waits() {
      const queue = newQueue()
      scripts.push(queue)
      return queue
    },
    async *reply(context, signal) {
      asked.push({ context, signal })
      const queue = scripts.shift()
      if (queue === undefined) {
        yield text(`You asked: ${context.question}`)
        yield done
        return
      }
      for (;;) {
        const step = await queue.next()
        if (step instanceof Error) throw step
        yield step
      }
    },
  }
}

interface Queue extends Script {
  next(): Promise<BrainPart | Error>
}

function newQueue(): Queue {
  const steps: (BrainPart | Error)[] = []
  let wake = () => {}
  const push = (...more: (BrainPart | Error)[]) => {
    steps.push(...more)
    wake()
  }
  return {
    say: (...parts) => push(...parts),
    fail: (error) => push(error),
    async next() {
      for (;;) {
        const step = steps.shift()
        if (step !== undefined) return step
        await new Promise<void>((resolve) => {
          wake = resolve
        })
      }
    },
  }
}
