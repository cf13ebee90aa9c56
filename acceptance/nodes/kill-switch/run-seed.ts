import { type ChildProcess, fork } from 'node:child_process'
import { once } from 'node:events'
import { setTimeout as wait } from 'node:timers/promises'
import { fileURLToPath } from 'node:url'
import type { ManyNodes } from '../../harness/start-nodes.ts'
import { museum } from '../museum.ts'
import { type Order, type Report, site } from './orders.ts'
import { type EndedOne, type Fault, type Planned, planRound, seeded } from './plan-round.ts'
import { type Figures, monotonicMs } from './watched-session.ts'

export interface Run {
  seed: number
  rounds: number
  endingsPerRound: number
  /** Lines at each node. */
  sockets: number
  /** Nodes that may be stopped or cut off; all unless given. */
  victims?: number[]
}

export interface Outcome extends Figures {
  /** Endings that were under way while one node was stopped and another was cut off. */
  underFaults: number
  /** Endings whose first call was not answered with success, and that were called again. */
  calledAgain: number
  slowestMs: number
  medianMs: number
}

const visitorsFile = fileURLToPath(new URL('./visitors.ts', import.meta.url))
/** Each session has this many lines at each node. */
const linesEach = 2
const chatEvery = 6

interface Made {
  id: string
  kind: 'widget' | 'chat'
  token: string
}

/** Ends sessions while nodes are stopped and cut off, and tells what their visitors saw. */
export async function runSeed(nodes: ManyNodes, run: Run): Promise<Outcome> {
  const random = seeded(run.seed)
  const ports = nodes.all.map(({ parlor }) => parlor.port)
  const visitors = fork(visitorsFile, ports.map(String), { stdio: 'inherit' })
  try {
    const agentId = await nodes.node(0).createAgent({ documents: [museum], knowledgeBase: `Seed ${run.seed}` })
    const open: Made[] = []
    const ended: EndedOne[] = []
    for (let round = 0; round < run.rounds; round++) {
      while (open.length < Math.ceil(run.sockets / linesEach))
        open.push(await make(nodes, agentId, visitors, open.length))
      await settle(visitors)
      const chosen = open.splice(0, run.endingsPerRound)
      const plan = planRound(random, { nodes: ports.length, endings: chosen.length, victims: run.victims })
      tell(visitors, { do: 'hurry', sessions: chosen.map(({ id }) => id) })
      ended.push(...(await playRound(nodes, visitors, plan, chosen)))
    }
    // The last round's tokens are tried for so long.
    await wait(6000)
    const report = await ask(visitors, { do: 'report' })
    if (!('figures' in report)) throw new Error('The visitors gave no report.')
    return { ...report.figures, ...summary(ended) }
  } finally {
    visitors.disconnect()
  }
}

async function playRound(nodes: ManyNodes, visitors: ChildProcess, plan: Planned, chosen: readonly Made[]) {
  const during = new Map<Fault, { from: number; to: number }>()
  const faults = plan.faults.map(async (fault) => {
    await wait(fault.atMs)
    const from = monotonicMs()
    const span = { from, to: Number.POSITIVE_INFINITY }
    begin(nodes, fault)
    during.set(fault, span)
    await wait(fault.forMs)
    span.to = monotonicMs()
    mend(nodes, fault)
  })
  const endings = chosen.map(async (session, index): Promise<EndedOne> => {
    const { atMs = 0, by = 0 } = plan.endings[index] ?? {}
    await wait(atMs)
    const from = monotonicMs()
    let tries = 1
    for (let at = by; !(await end(nodes, at, session, tries)); at = plan.healthy) {
      if (tries++ > 100) throw new Error(`Session ${session.id} could not be ended.`)
      await wait(100)
    }
    const to = monotonicMs()
    tell(visitors, { do: 'returned', session: session.id, at: to })
    const underFaults = [...during.values()].filter((span) => span.from < to && span.to > from).length === 2
    return { tookMs: to - from, tries, underFaults }
  })
  const done = await Promise.all(endings)
  await Promise.all(faults)
  return done
}

function begin(nodes: ManyNodes, { kind, node }: Fault): void {
  const { parlor, relay } = nodes.all[node] as ManyNodes['all'][number]
  if (kind === 'stop') parlor.signal('SIGSTOP')
  if (kind === 'cut') relay.cut()
  if (kind === 'silence') relay.silence()
}

function mend(nodes: ManyNodes, { kind, node }: Fault): void {
  const { parlor, relay } = nodes.all[node] as ManyNodes['all'][number]
  if (kind === 'stop') parlor.signal('SIGCONT')
  else relay.mend()
}

/** Whether the call that ends it has returned with success, or a later one with the word that it is over. */
async function end(nodes: ManyNodes, node: number, { id, kind, token }: Made, tries: number): Promise<boolean> {
  const parlor = nodes.node(node)
  const asked =
    kind === 'widget'
      ? parlor.endSession(id)
      : parlor.request('DELETE', `/rpc/chatSessions.revoke?token=${token}`, undefined, chatHeaders(parlor.key))
  return asked.then(
    // Revoking what is revoked is a bad request on the chat wire, and is said when nothing is served any more.
    ({ status }) => status === (kind === 'widget' ? 200 : 204) || (kind === 'chat' && tries > 1 && status === 400),
    () => false,
  )
}

const chatHeaders = (key: string) => ({ 'x-api-key': undefined, 'gram-key': key, 'gram-project': 'default' })

async function make(nodes: ManyNodes, agentId: string, visitors: ChildProcess, number: number): Promise<Made> {
  const parlor = nodes.node(number % nodes.all.length)
  if (number % chatEvery === chatEvery - 1) {
    const path = '/rpc/chatSessions.create'
    const { body, text } = await parlor.request<{ client_token?: string }>(
      'POST',
      path,
      { embed_origin: site },
      chatHeaders(parlor.key),
    )
    const token = body.client_token
    if (token === undefined) throw new Error(`No chat session was made: ${text}`)
    tell(visitors, { do: 'call', session: token.slice(-20), token })
    return { id: token.slice(-20), kind: 'chat', token }
  }
  const { session_id: id, session_token: token } = await parlor.createSession(agentId, { max_duration: 86_400 })
  const ports = nodes.all.flatMap((node) => Array.from({ length: linesEach }, () => node.parlor.port))
  tell(visitors, { do: 'come', session: id, token, ports })
  return { id, kind: 'widget', token }
}

/** Until nearly everybody is on a line again. */
async function settle(visitors: ChildProcess): Promise<void> {
  for (let tries = 0; tries < 1200; tries++) {
    const report = await ask(visitors, { do: 'count' })
    if ('open' in report && report.open >= report.wanted * 0.98) return
    await wait(100)
  }
  throw new Error('The visitors did not find back.')
}

function tell(visitors: ChildProcess, order: Order): void {
  visitors.send(order)
}

async function ask(visitors: ChildProcess, order: Order): Promise<Report> {
  const over = new AbortController()
  const answer = once(visitors, 'message', over) as Promise<[Report]>
  const died = once(visitors, 'exit', over).then(() => {
    throw new Error('The process with the visitors died.')
  })
  tell(visitors, order)
  try {
    const [report] = await Promise.race([answer, died])
    return report
  } finally {
    for (const one of [answer, died]) one.catch(() => {})
    over.abort()
  }
}

function summary(ended: readonly EndedOne[]) {
  const times = ended.map(({ tookMs }) => tookMs).sort((a, b) => a - b)
  return {
    underFaults: ended.filter(({ underFaults }) => underFaults).length,
    calledAgain: ended.filter(({ tries }) => tries > 1).length,
    slowestMs: Math.round(times.at(-1) ?? 0),
    medianMs: Math.round(times[times.length >> 1] ?? 0),
  }
}
