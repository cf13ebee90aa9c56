import { setTimeout as wait } from 'node:timers/promises'
import { checkSessions, checkTalk, checkTokens } from '../../crash/check.ts'
import { countPromises, noPromises } from '../../crash/promises.ts'
import type { ManyNodes } from '../../harness/start-nodes.ts'
import { museum } from '../museum.ts'
import { bringTalker, type Load, makeAndEnd, talkOn } from './load.ts'

export interface ChaosOutcome {
  counts: ReturnType<typeof countPromises>
  acknowledged: number
  nodeKills: number
  postgresKills: number
  failures: number
  unanswered: number
  /** What breaks a promise, in sentences. */
  broken: string[]
}

const backends = 32
const talkers = 8

/** Works on the nodes for so long while they and their Postgres are killed, and then looks for everything that was promised. */
export async function runChaos(nodes: ManyNodes, forMs: number): Promise<ChaosOutcome> {
  const settings = { max_conversation_length: 10_000 }
  const agentId = await nodes.node(0).createAgent({ documents: [museum], settings })
  const load: Load = {
    nodes,
    agentId,
    promises: noPromises(),
    isOver: false,
    failures: 0,
    unanswered: 0,
    odd: [],
  }
  const talking = await Promise.all(Array.from({ length: talkers }, () => bringTalker(load)))
  const work = [
    ...Array.from({ length: backends }, () => makeAndEnd(load)),
    ...talking.map((talker) => talkOn(load, talker)),
  ]
  const kills = await killAtRandom(nodes, forMs)
  load.isOver = true
  await Promise.all(work)
  const { promises } = load
  const broken = [...load.odd, ...(await findBroken(nodes, load))]
  const counts = countPromises(promises)
  const acknowledged = counts.creates + counts.ends + counts.messages + counts.answers
  return { counts, acknowledged, ...kills, failures: load.failures, unanswered: load.unanswered, broken }
}

/** One of the nodes or Postgres, 2 to 6 s apart; what was killed is started again at once. */
async function killAtRandom(nodes: ManyNodes, forMs: number): Promise<{ nodeKills: number; postgresKills: number }> {
  const until = performance.now() + forMs
  const down = new Set<number>()
  const restarts: Promise<void>[] = []
  const kills = { nodeKills: 0, postgresKills: 0 }
  for (let turn = 0; ; turn++) {
    const pauseMs = 2000 + Math.random() * 4000
    if (performance.now() + pauseMs > until) break
    await wait(pauseMs)
    if (turn % 3 === 1) {
      kills.postgresKills += 1
      await nodes.postgres.kill()
      await nodes.postgres.start()
      continue
    }
    const up = nodes.all.map((_, index) => index).filter((index) => !down.has(index))
    const chosen = up[Math.floor(Math.random() * up.length)]
    if (chosen === undefined) continue
    kills.nodeKills += 1
    down.add(chosen)
    restarts.push(restart(nodes, chosen).then(() => void down.delete(chosen)))
  }
  await Promise.all(restarts)
  await wait(Math.max(0, until - performance.now()))
  return kills
}

/** A node that is started while Postgres is away says so and ends; whoever runs it starts it again. */
async function restart(nodes: ManyNodes, index: number): Promise<void> {
  for (let tries = 0; ; tries++) {
    try {
      await nodes.node(index).restart()
      return
    } catch (error) {
      if (tries === 20) throw error
      await wait(200)
    }
  }
}

async function findBroken(nodes: ManyNodes, { promises }: Load): Promise<string[]> {
  const ended = promises.sessions.filter(({ end }) => end === 'acknowledged')
  const open = promises.sessions.filter(({ end }) => end === 'not_asked')
  const found: string[] = []
  // Each from another node than the last: they all tell the same.
  for (const [index, { parlor }] of nodes.all.entries()) {
    const share = promises.sessions.filter((_, at) => at % nodes.all.length === index)
    found.push(...(await checkSessions(parlor, share)))
    found.push(...(await checkTokens(parlor, [...spread(ended, 60), ...spread(open, 20)])))
  }
  for (const talker of promises.talkers) found.push(...(await checkTalk(nodes.node(0), talker)))
  return found
}

function spread<T>(items: readonly T[], count: number): T[] {
  const step = Math.max(1, Math.floor(items.length / count))
  return items.filter((_, index) => index % step === 0).slice(0, count)
}

export function describeChaos(outcome: ChaosOutcome): string {
  const { counts, nodeKills, postgresKills, acknowledged, failures, unanswered, broken } = outcome
  return (
    `${nodeKills} nodes and ${postgresKills} times Postgres killed. Acknowledged and found again: ${acknowledged} ` +
    `(${counts.creates} creates, ${counts.ends} ends, ${counts.messages} messages, ${counts.answers} answers). ` +
    `${failures} attempts failed and were made again, ${unanswered} creates were given up. Broken promises: ${broken.length}.`
  )
}
