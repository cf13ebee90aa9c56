import type { ChildProcess } from 'node:child_process'
import { askProcess } from '../ask-process.ts'
import { readProcessorSeconds } from '../floor/processor-time.ts'
import type { Heard, Target } from './caller.ts'
import type { Told } from './endpoint.ts'
import type { Chat } from './start-chats.ts'

export interface Hearing {
  endpoint: ChildProcess
  caller: ChildProcess
  pace: { leastMs: number; mostMs: number }
  /** Null to hear the endpoint directly. */
  chat: Chat | null
  direct: Target
  streams: number
  forMs: number
}

const wordsPerAnswer = 200
const settleMs = 3000

/** A line of what so many streams at once cost each process, and whether the words come as fast as the endpoint would say them. */
export async function hearStreams(hearing: Hearing): Promise<string> {
  const { endpoint, caller, pace, chat, direct, streams, forMs } = hearing
  await askProcess(endpoint, { do: 'speak', pace: { ...pace, words: wordsPerAnswer } })
  const target = chat?.target ?? direct
  const listening = askProcess<Heard>(caller, { do: 'listen', target, streams, settleMs, forMs })
  await new Promise((resolve) => setTimeout(resolve, settleMs))
  const before = await read(endpoint, chat)
  const heard = await listening
  const after = await read(endpoint, chat)
  const seconds = (after.at - before.at) / 1000
  const wanted = (streams * 1000) / ((pace.leastMs + pace.mostMs) / 2)
  const perSecond = heard.words / heard.seconds
  const busy = (used: number) => `${((100 * used) / seconds).toFixed(0).padStart(4)} %`
  const perWord = (used: number) => `${((1e6 * used) / seconds / perSecond).toFixed(0)} µs`
  const [ends, parlors] = [after.endpoint - before.endpoint, after.parlor - before.parlor]
  const columns = [
    `${pace.leastMs}-${pace.mostMs} ms`.padEnd(9),
    target.name.padEnd(28),
    `${perSecond.toFixed(0).padStart(6)} words/s (${((100 * perSecond) / wanted).toFixed(0)} % of what is said at this pace)`,
    `endpoint${busy(ends)}, ${perWord(ends)} a word`,
    chat === null ? '' : `Parlor${busy(parlors)}, ${perWord(parlors)} a word`,
    `caller${busy((heard.busySeconds / heard.seconds) * seconds)}`,
  ]
  return columns.filter((column) => column !== '').join('  ')
}

async function read(endpoint: ChildProcess, chat: Chat | null) {
  const told = await askProcess<Told>(endpoint, { do: 'tell' })
  const parlor = chat === null ? 0 : (readProcessorSeconds(chat.server.pid) ?? Number.NaN)
  return { at: performance.now(), endpoint: told.busySeconds, parlor }
}
