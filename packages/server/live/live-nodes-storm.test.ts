import type { TranscriptStore } from '@parlor/conversation/transcript'
import type { ServerEvent } from '@parlor/protocol'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type Nodes, openNodes } from './testing/open-nodes.ts'
import { answered, durable, transcriptOf, until } from './testing/read-talk.ts'
import { openVisit, type Visit } from './testing/visit.ts'

let nodes: Nodes

const questions = 6

/** A store at the end of a network: a node may lose its lease, and the visitor, while a call is on its way or on its way back. */
function slowDown(transcripts: TranscriptStore): void {
  let calls = 0
  const pause = () => {
    calls += 1
    return new Promise((resolve) => setTimeout(resolve, (calls * 5) % 4))
  }
  const { append, readTail, listEvents, listMessages } = transcripts
  const late = <A extends unknown[], R>(call: (...args: A) => Promise<R>) => {
    return async (...args: A): Promise<R> => {
      await pause()
      const result = await call.apply(transcripts, args)
      await pause()
      return result
    }
  }
  Object.assign(transcripts, {
    append: late(append),
    readTail: late(readTail),
    listEvents: late(listEvents),
    listMessages: late(listMessages),
  })
}

/** A browser's tab: one connection at a time, to whichever node takes it, until all its questions are answered. */
async function openTab(index: number, line: 'fails' | 'stays') {
  const { token } = await nodes.house.session()
  const told: ServerEvent[] = []
  const codes: number[] = []
  let visitor: { id: string; resume_key: string } | undefined
  let tries = index

  async function connect(): Promise<Visit> {
    for (;;) {
      tries += 1
      const visit = openVisit(nodes.all[tries % 2]?.url ?? '', { onEvent: (event) => told.push(event) })
      const last = durable(told).at(-1)?.seq ?? 0
      try {
        await visit.opened
        const who = visitor === undefined ? {} : { visitor, resume: { last_seq: last } }
        visit.send({ type: 'hello', v: 1, token, ...who })
        visitor = (await visit.next('ready')).visitor
        visit.closed.then((code) => codes.push(code))
        return visit
      } catch {
        visit.socket.terminate()
        await new Promise((resolve) => setTimeout(resolve, 1))
      }
    }
  }

  /** Resolves to whether the question was answered before the connection was lost. */
  async function ask(visit: Visit, id: string): Promise<boolean> {
    const isAcknowledged = told.some((event) => event.type === 'user.message' && event.id === id)
    if (!isAcknowledged) visit.send({ type: 'user.text', id, text: 'words 6' })
    // A network that fails: the node may go on answering for a while.
    if (line === 'fails' && tries % 4 !== 0) setTimeout(() => visit.socket.terminate(), (tries * 5) % 17)
    let isClosed = false
    visit.closed.then(() => {
      isClosed = true
    })
    await until(() => isClosed || isAnswered(told, id))
    return isAnswered(told, id)
  }

  let visit = await connect()
  for (let n = 0; n < questions; n += 1) {
    while (!(await ask(visit, `m${n}`))) visit = await connect()
  }
  visit.send({ type: 'bye' })
  await visit.closed
  return { told, codes, visitorId: visitor?.id ?? '' }
}

function isAnswered(told: readonly ServerEvent[], id: string): boolean {
  const starts = told.flatMap((event) => (event.type === 'message.start' && event.reply_to === id ? [event] : []))
  return told.some(
    (event) => event.type === 'message.end' && starts.some(({ response }) => response === event.response),
  )
}

/** Takes the lease from one node after the other, and lets news come, wait or be lost. */
async function storm(losses: number): Promise<void> {
  const modes = ['prompt', 'held', 'lost'] as const
  for (let turn = 0; turn < losses; turn += 1) {
    const node = nodes.all[turn % 2] ?? nodes.a
    nodes.news.mode = modes[turn % 3] ?? 'prompt'
    await new Promise((resolve) => setTimeout(resolve, 15 + ((turn * 7) % 30)))
    node.lease.lose()
    // Like the beat of the real one, when nothing is used.
    await new Promise((resolve) => setTimeout(resolve, 5))
    node.lease.regain()
    nodes.news.deliver()
  }
}

/** What a tab was told is what is stored: every event once and in order, every question with one answer. */
async function expectWhole({ told, visitorId }: Awaited<ReturnType<typeof openTab>>): Promise<void> {
  const fresh = durable(told)
  expect(fresh.map(({ seq }) => seq)).toEqual(fresh.map((_, n) => n + 1))
  expect(answered(fresh)).toEqual(Array.from({ length: questions }, (_, n) => n + 1))
  const stored = await nodes.house.stores.transcripts.listMessages(visitorId)
  expect(stored.map(({ role }) => role)).toEqual(Array.from({ length: questions }, () => ['visitor', 'agent']).flat())
  expect(transcriptOf(fresh)).toEqual(stored.map(({ role, text }) => ({ role, text })))
}

describe.each(['sqlite', 'postgres'] as const)('over %s', (database) => {
  beforeAll(async () => {
    nodes = await openNodes(4408, { timing: { tickMs: 20, deltaEveryMs: 1 } }, database)
    for (const { ports } of nodes.all) slowDown(ports.transcripts)
  })
  afterAll(() => nodes.close())

  it('visitors have every answer once, in order, whatever nodes lose their leases', async () => {
    const [tabs] = await Promise.all([
      Promise.all(Array.from({ length: 10 }, (_, n) => openTab(n, 'fails'))),
      storm(40),
    ])
    let moves = 0
    for (const tab of tabs) {
      await expectWhole(tab)
      // Who has one connection at a time is never replaced.
      expect(tab.codes.filter((code) => code !== 1006 && code !== 1000)).toEqual([])
      moves += tab.codes.filter((code) => code === 1006).length
    }
    // Or nothing was shown.
    expect(moves).toBeGreaterThan(3)
  }, 60_000)

  it('a node that leaves in the middle of many talks takes nothing with it', async () => {
    nodes.news.mode = 'prompt'
    const tabs = Array.from({ length: 16 }, (_, n) => openTab(n, 'stays'))
    await until(() => nodes.a.live.counts().replies > 2)
    await nodes.a.live.drain()
    const all = await Promise.all(tabs)
    for (const tab of all) await expectWhole(tab)
    expect(new Set(all.flatMap(({ codes }) => codes))).toEqual(new Set([1000, 1001]))
    await until(() => nodes.a.live.counts().sockets === 0)
  })
})
