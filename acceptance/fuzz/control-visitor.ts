import { setTimeout as wait } from 'node:timers/promises'
import type { FuzzStage } from './fuzz-stage.ts'
import { openLine } from './live-line.ts'

/** A visitor who does nothing wrong, and is answered all the while. */
export interface ControlVisitor {
  /** Ends its talk. Resolves to how many questions were answered. */
  leave(): Promise<number>
}

export async function sendControlVisitor(stage: FuzzStage): Promise<ControlVisitor> {
  const { session_token: token } = await stage.parlor.createSession(stage.agentId)
  const line = await openLine(stage, new Map())
  line.send(Buffer.from(JSON.stringify({ type: 'hello', v: 1, token })), false)
  await line.until('ready')
  let isLeaving = false
  let answered = 0
  const talk = async () => {
    while (!isLeaving) {
      const id = `q${answered}`
      line.send(Buffer.from(JSON.stringify({ type: 'user.text', id, text: 'When does the museum open?' })), false)
      const start = await line.until('message.start', ({ reply_to }) => reply_to === id)
      const end = await line.until('message.end', ({ response }) => response === start?.response)
      if (!String(end?.text).includes('nine in the morning')) throw new Error(`it heard ${JSON.stringify(end)}`)
      answered += 1
      await wait(250)
    }
  }
  const done = talk().catch((error: unknown) => stage.fault(`the control visitor was not served: ${error}`))
  return {
    leave: async () => {
      isLeaving = true
      await done
      line.close()
      return answered
    },
  }
}
