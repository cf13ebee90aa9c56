import { fork } from 'node:child_process'
import { once } from 'node:events'
import { setTimeout as wait } from 'node:timers/promises'
import { fileURLToPath } from 'node:url'
import type { Parlor } from '../../harness/start-parlor.ts'
import { museum } from '../museum.ts'

export interface UnreadOutcome {
  /** Lines that were open when all had come. */
  open: number
  /** Of the node, in MiB: before anybody came, and the most while they were there. */
  memoryBefore: number
  memoryMost: number
  /** How long others waited for a whole answer while that went on, in milliseconds. */
  answersMs: number[]
  /** How often they had none. */
  failed: number
  /** How long it took to end the session of a tenth of the lines. */
  endingMs: number
}

const readers = fileURLToPath(new URL('./readers.ts', import.meta.url))
const sessions = 10
const mib = 1024 * 1024

/** Visitors who read nothing, and one who does. */
export async function runUnread(parlor: Parlor, count: number, forMs: number): Promise<UnreadOutcome> {
  const agentId = await parlor.createAgent({ documents: [museum] })
  const made = await Promise.all(Array.from({ length: sessions }, () => parlor.createSession(agentId)))
  const memoryBefore = Math.round(parlor.memory() / mib)
  let memoryMost = memoryBefore
  const look = setInterval(() => {
    memoryMost = Math.max(memoryMost, Math.round(parlor.memory() / mib))
  }, 100)
  const args = [String(parlor.port), String(count), ...made.map(({ session_token }) => session_token)]
  const silent = fork(readers, args, { stdio: 'inherit' })
  try {
    const [{ open }] = (await once(silent, 'message')) as [{ open: number }]
    const answersMs: number[] = []
    let failed = 0
    const until = performance.now() + forMs
    while (performance.now() < until || answersMs.length + failed < 3) {
      await askOnce(parlor, agentId).then(
        (ms) => answersMs.push(ms),
        () => {
          failed += 1
        },
      )
      await wait(500)
    }
    const before = performance.now()
    const { status } = await parlor.endSession(made[0]?.session_id ?? '')
    if (status !== 200) throw new Error(`The ending answered ${status}.`)
    return { open, memoryBefore, memoryMost, answersMs, failed, endingMs: Math.round(performance.now() - before) }
  } finally {
    clearInterval(look)
    silent.disconnect()
  }
}

async function askOnce(parlor: Parlor, agentId: string): Promise<number> {
  const before = performance.now()
  const { session_token: token } = await parlor.createSession(agentId)
  const { socket } = await parlor.visit(token)
  socket.send({ type: 'user.text', id: 'm1', text: 'How much is a ticket?' })
  await socket.waitFor('message.end')
  socket.terminate()
  return Math.round(performance.now() - before)
}

export function describeUnread({ open, memoryBefore, memoryMost, answersMs, failed, endingMs }: UnreadOutcome): string {
  const sorted = [...answersMs].sort((a, b) => a - b)
  return (
    `${open} lines that read nothing: the node grew from ${memoryBefore} to ${memoryMost} MiB at most. Others had a session and a ` +
    `whole answer in ${sorted[0]} to ${sorted.at(-1)} ms (median ${sorted[sorted.length >> 1]}, ${sorted.length} times; ${failed} had none). ` +
    `Ending the session of a tenth of the lines took ${endingMs} ms.`
  )
}
